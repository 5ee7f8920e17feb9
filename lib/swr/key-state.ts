import 'server-only'
import { invalidate } from '../cache'
import type { Actor } from '../contract/actor'
import type { ConnectionState } from '../contract/console/schemas'
import { type ProblemCode, problemOf } from '../contract/problem'
import { findRefusals, grantTry } from '../db/key-refusals'
import type { Db } from '../db/schema'
import { config } from '../env/config'
import type { Connection } from '../env/connections'
import { requestSwr } from './client'
import { connection } from './connection'
import { blockOf, keyIdOf } from './key-budget'

async function stateOf(db: Db, { id, name, region, credential }: Connection): Promise<ConnectionState> {
  const refusals = await findRefusals(db, keyIdOf(credential))
  const block = blockOf(refusals, id, new Date())
  const isOver = !refusals || refusals.spent + refusals.inRow === 0
  return {
    id,
    name,
    region,
    key: block?.key?.stopped ? 'stopped' : block || !isOver ? 'waiting' : 'accepted',
    refusals: refusals ? Math.max(refusals.spent, refusals.inRow) : 0,
    retryAt: block && !block.key?.stopped ? (refusals?.retryAt.toISOString() ?? null) : null,
    code: block || !isOver ? (refusals?.problem.code ?? null) : null,
  }
}

/** Every connection, and whether SWR accepts its key as far as is known. */
export const connectionStates = (db: Db): Promise<ConnectionState[]> =>
  Promise.all(config().connections.map(({ id }) => stateOf(db, connection(id))))

/** With these SWR was not asked, or refused the key: whoever tries again has to know. */
const inVain: readonly ProblemCode[] = [
  'swr_unreachable',
  'swr_broke_off',
  'swr_timeout',
  'swr_throttled',
  'connection_busy',
]

/** Sends one request with the key, whatever was refused before. Throws what SWR says of the key, or why it cannot be asked. */
export async function tryAgain(db: Db, actor: Actor, id: string): Promise<ConnectionState> {
  const target = connection(id)
  await grantTry(db, keyIdOf(target.credential), { status: 502, code: 'swr_unauthorized' })
  try {
    await requestSwr(actor, id, 'instanceList', { params: {}, query: { offset: 0, limit: 1 } })
  } catch (error) {
    const { code, key } = problemOf(error)
    // Any other answer is one to an accepted key.
    if (key || inVain.includes(code)) throw error
  } finally {
    invalidate(`work/${id}/`)
  }
  return await stateOf(db, target)
}
