import 'server-only'
import { sharedTurns } from '../concurrency'
import { type Actor, mayUse } from '../contract/actor'
import type { Problem } from '../contract/problem'
import { globalSlot } from '../global-slot'

/** What was read, or why it was not. */
interface Answer {
  readonly problem: Problem | null
}

interface Told {
  readonly reader: Actor
  readonly answer: Answer
}

const turns = globalSlot('read-together', () => sharedTurns<Told>())

/**
 * What SWR says now, read once for all who ask for it at a time: nobody gets what was asked of SWR before they came. SWR's
 * key is the connection's, so that all who may use it see the same. One key has one kind of answer.
 */
export async function readTogether<Value extends Answer>(
  actor: Actor,
  connection: string,
  key: string,
  read: () => Promise<Value>,
): Promise<Value> {
  // The read itself says what stands against it.
  if (!mayUse(actor, connection)) return await read()
  const work = async () => ({ reader: actor, answer: await read() })
  const { reader, answer } = await turns()(`${connection}/${key}`, work)
  // How much one person may ask of SWR is no matter of the others.
  if (reader !== actor && answer.problem?.code === 'too_many_requests') return await read()
  return answer as Value
}
