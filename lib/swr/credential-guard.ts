import 'server-only'
import { type Problem, type ProblemCode, ProblemError, problemOf } from '../contract/problem'

/** Refusals of the credential itself; more than five in a row lock the key for everybody (NOTES section 1, rule 13). */
const refusals: readonly ProblemCode[] = [
  'swr_wrong_secret',
  'swr_unknown_key',
  'swr_key_locked',
  'swr_token',
  'swr_clock',
]

/** For so long a refusal is answered again without asking SWR. */
export const quietTime = 60_000

interface Trust {
  /** SWR has accepted the credential, or could not be asked: nothing needs to wait. */
  proven: boolean
  probe: Promise<unknown> | undefined
  refused: { readonly problem: Problem; readonly until: number } | undefined
}

const slot = Symbol.for('console.credentials')

function trustIn(connection: string): Trust {
  const shared = globalThis as typeof globalThis & { [slot]?: Map<string, Trust> }
  shared[slot] ??= new Map()
  const known = shared[slot].get(connection) ?? { proven: false, probe: undefined, refused: undefined }
  shared[slot].set(connection, known)
  return known
}

/**
 * Sends for a connection, but never lets one bad credential be tried many times over: until SWR has accepted it once,
 * requests go one at a time, and after a refusal none goes for a while. A page asks several things at once, and all of
 * them would count.
 */
export async function guarded<Answer>(connection: string, send: () => Promise<Answer>): Promise<Answer> {
  const trust = trustIn(connection)
  while (!trust.proven && trust.probe) await trust.probe.catch(() => {})
  if (trust.refused && Date.now() < trust.refused.until) throw new ProblemError(trust.refused.problem)
  const sending = send()
  if (!trust.proven) trust.probe = sending
  try {
    const answer = await sending
    trust.proven = true
    return answer
  } catch (error) {
    const problem = problemOf(error)
    trust.proven = !refusals.includes(problem.code)
    trust.refused = trust.proven ? undefined : { problem, until: Date.now() + quietTime }
    throw error
  } finally {
    trust.probe = undefined
  }
}
