import 'server-only'
import type { ScopedPart } from '../../contract/console/partial-runs'
import { type Problem, problemOf } from '../../contract/problem'
import type { Execution } from '../../contract/swr/replication'
import { outcomeOf } from '../../policy/runs/status'
import { ended, resultsOf, runOf, stopRun } from './execution'
import { Interrupted, Later, type Scoped, Stopped } from './retry'
import { policyFor, removePolicy } from './temporary-policy'

type Keep = (known: Partial<ScopedPart>) => Promise<void>

/** Nothing becomes of it any more. */
export const isOver = ({ state }: Pick<ScopedPart, 'state'>): boolean => state !== 'waiting' && state !== 'running'

const textOf = ({ swr, code }: Problem) => swr?.message || code

/** SWR's counters count repositories, and a part is one: of its tags some may have been copied all the same. */
function stateOf(run: Execution, results: ScopedPart['results']): ScopedPart['state'] {
  const outcome = outcomeOf(run)
  if (outcome === 'unknown' || outcome === 'running') return 'unclear'
  return outcome === 'failed' && results.some(({ phase }) => phase === 'succeeded') ? 'partly_failed' : outcome
}

/** Copies: whatever becomes of it is kept with the part. */
async function copy(of: Scoped, part: ScopedPart, index: number, keep: Keep) {
  const policy = part.policy ?? (await policyFor(of, part, index))
  await keep({ policy })
  const execution = part.execution ?? (await runOf(of, policy))
  await keep({ execution, state: 'running' })
  const run = await ended(of, policy, execution)
  // Kept before the policy goes: then nobody could ask any more.
  const results = await resultsOf(of, execution)
  await keep({ state: run ? stateOf(run, results) : 'unclear', text: run?.status_text ?? '', results })
}

/** Milliseconds for which a run that was asked to stop is waited for: its results are worth keeping. */
const stopMs = 30_000

/** Ends a part at the step where it stands, on behalf of the console. */
async function stop(of: Scoped, part: ScopedPart, { reason }: Stopped, keep: Keep) {
  const text = reason === 'cancelled' ? 'scope_cancelled' : 'scope_right_lost'
  const { policy, execution } = part
  if (policy === null || execution === null) return await keep({ state: givenUp(part), text })
  await stopRun(of, execution)
  const run = await ended(of, policy, execution, { until: Date.now() + stopMs, permit: async () => {} })
  const results = await resultsOf(of, execution)
  await keep({ state: run ? stateOf(run, results) : 'unclear', text, results })
}

/** What is said of a part about which nobody can learn more. */
const givenUp = (part: ScopedPart | undefined): ScopedPart['state'] =>
  part?.execution == null ? 'not_started' : 'unclear'

/**
 * Carries out one part from wherever it stands: make, start, wait, keep the results, remove. Throws only when the part has
 * to be taken up again: SWR cannot be asked, the policy could not be removed, or somebody else carries the run out.
 */
export async function carryOutPart(of: Scoped, parts: ScopedPart[], index: number): Promise<void> {
  const now = () => parts[index]
  const keep: Keep = async (known) => {
    of.check()
    const part = now()
    if (part) parts[index] = { ...part, ...known }
    await of.save()
  }
  const remove = async () => {
    // Who may not do it any more does not remove it either: then the console does.
    await of.permit().catch((error: unknown) => {
      if (!(error instanceof Stopped)) throw error
    })
    await removePolicy(of, index, now()?.policy ?? null)
    await keep({ removed: true })
  }
  const part = now()
  if (!part || (isOver(part) && part.removed)) return
  if (isOver(part)) return await remove()
  try {
    if (Date.now() >= of.deadline) await keep({ state: givenUp(part) })
    else
      return await of.inSlot(async () => {
        await copy(of, part, index, keep)
        // Its place is free when its policy is gone.
        await remove()
      })
  } catch (error) {
    if (error instanceof Interrupted || error instanceof Later) throw error
    const reached = now()
    if (error instanceof Stopped && reached && !isOver(reached)) await stop(of, reached, error, keep)
    else if (reached && !isOver(reached)) await keep({ state: givenUp(reached), text: textOf(problemOf(error)) })
    else if (!(error instanceof Stopped)) throw error
  }
  await remove()
}
