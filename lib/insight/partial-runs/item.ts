import 'server-only'
import type { PartialRunItem } from '../../contract/console/partial-runs'
import { type Problem, problemOf } from '../../contract/problem'
import type { Execution } from '../../contract/swr/replication'
import { Interrupted, Later, Paused, Stopped } from '../../jobs/job'
import { outcomeOf } from '../../policy/runs/status'
import { fetchResults, startExecution, stopRun, waitForEnd } from './execution'
import type { PartialRunContext } from './retry'
import { deleteTemporaryPolicy, ensureTemporaryPolicy } from './temporary-policy'

type Keep = (known: Partial<PartialRunItem>) => Promise<void>

/** Nothing becomes of it any more. */
export const isFinished = ({ state }: Pick<PartialRunItem, 'state'>): boolean =>
  state !== 'waiting' && state !== 'running'

const textOf = ({ swr, code }: Problem) => swr?.message || code

/** SWR's counters count repositories, and a part is one: of its tags some may have been copied all the same. */
function stateOf(run: Execution, results: PartialRunItem['results']): PartialRunItem['state'] {
  const outcome = outcomeOf(run)
  if (outcome === 'unknown' || outcome === 'running') return 'unclear'
  return outcome === 'failed' && results.some(({ phase }) => phase === 'succeeded') ? 'partly_failed' : outcome
}

/** Copies: whatever becomes of it is kept with the part. */
async function copy(context: PartialRunContext, part: PartialRunItem, index: number, keep: Keep) {
  const policy = part.policy ?? (await ensureTemporaryPolicy(context, part, index))
  await keep({ policy })
  const execution = part.execution ?? (await startExecution(context, policy))
  await keep({ execution, state: 'running' })
  const run = await waitForEnd(context, policy, execution)
  // Kept before the policy goes: then nobody could ask any more.
  const results = await fetchResults(context, execution)
  await keep({ state: run ? stateOf(run, results) : 'unclear', text: run?.status_text ?? '', results })
}

/** Milliseconds for which a run that was asked to stop is waited for: its results are worth keeping. */
const stopMs = 30_000

/** Ends a part at the step where it stands, on behalf of the console. */
async function stop(context: PartialRunContext, part: PartialRunItem, { reason }: Stopped, keep: Keep) {
  const text = reason === 'cancelled' ? 'scope_cancelled' : 'scope_right_lost'
  const { policy, execution } = part
  if (policy === null || execution === null) return await keep({ state: givenUp(part), text })
  await stopRun(context, execution)
  const run = await waitForEnd(context, policy, execution, { until: Date.now() + stopMs, permit: async () => {} })
  const results = await fetchResults(context, execution)
  await keep({ state: run ? stateOf(run, results) : 'unclear', text, results })
}

/** What is said of a part about which nobody can learn more. */
const givenUp = (part: PartialRunItem | undefined): PartialRunItem['state'] =>
  part?.execution == null ? 'not_started' : 'unclear'

/**
 * Carries out one part from wherever it stands: make, start, wait, keep the results, remove. Throws only when the part has
 * to be taken up again: SWR cannot be asked, the policy could not be removed, the run is paused, or somebody else carries it out.
 */
export async function runItem(context: PartialRunContext, parts: PartialRunItem[], index: number): Promise<void> {
  const now = () => parts[index]
  const keep: Keep = async (known) => {
    context.check()
    const part = now()
    if (part) parts[index] = { ...part, ...known }
    await context.save()
  }
  const remove = async () => {
    // Who may not do it any more does not remove it either: then the console does.
    await context.permit().catch((error: unknown) => {
      if (!(error instanceof Stopped)) throw error
    })
    await deleteTemporaryPolicy(context, index, now()?.policy ?? null)
    await keep({ removed: true })
  }
  const part = now()
  if (!part || (isFinished(part) && part.removed)) return
  if (isFinished(part)) return await remove()
  try {
    if (Date.now() >= context.deadline) await keep({ state: givenUp(part) })
    else
      return await context.inSlot(async () => {
        await copy(context, part, index, keep)
        // Its place is free when its policy is gone.
        await remove()
      })
  } catch (error) {
    if (error instanceof Interrupted || error instanceof Later || error instanceof Paused) throw error
    const reached = now()
    if (error instanceof Stopped && reached && !isFinished(reached)) await stop(context, reached, error, keep)
    else if (reached && !isFinished(reached)) await keep({ state: givenUp(reached), text: textOf(problemOf(error)) })
    else if (!(error instanceof Stopped)) throw error
  }
  await remove()
}
