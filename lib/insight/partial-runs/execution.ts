import 'server-only'
import type { PartialRunItem } from '../../contract/console/partial-runs'
import { ProblemError } from '../../contract/problem'
import type { Execution } from '../../contract/swr/replication'
import { Interrupted, Later } from '../../jobs/job'
import { readStatus } from '../../policy/runs/status'
import { requestSwr, requestSwrAsSystem } from '../../swr/client'
import { allSubtasksOf } from '../runs/subtasks'
import { instanceOf, isOutcomeUnknown, type PartialRunContext, retryWhenThrottled, sleep, withRetry } from './retry'

/* The run of a part: started once, waited for, its results read. */

/** Newest first, whatever order SWR has them in. */
async function executionsOf(context: PartialRunContext, policy: number): Promise<Execution[]> {
  const asked = { params: instanceOf(context), query: { offset: 0, limit: 100, policy_id: policy } }
  const { executions } = await requestSwr(context.actor, context.connection, 'executionList', asked)
  return executions.filter((run) => run.policy_id === policy).sort((a, b) => (b.id ?? 0) - (a.id ?? 0))
}

/** Starts it, once: a run that is there already was started before. */
export async function startExecution(context: PartialRunContext, policy: number): Promise<number> {
  const [before] = await withRetry(context, () => executionsOf(context, policy))
  if (before?.id !== undefined) return before.id
  await context.permit()
  const asked = { params: instanceOf(context), body: { policy_id: policy }, reason: context.reason }
  try {
    const { id } = await retryWhenThrottled(context, () =>
      requestSwrAsSystem(context.actor, context.connection, 'executionStart', asked),
    )
    if (id !== undefined) return id
  } catch (error) {
    // A refusal is one. After anything else it may run: that is looked up, now or when SWR can be asked again.
    if (!isOutcomeUnknown(error)) throw error
    const [started] = await withRetry(context, () => executionsOf(context, policy))
    if (started?.id === undefined) throw error
    return started.id
  }
  const [started] = await withRetry(context, () => executionsOf(context, policy))
  if (started?.id === undefined) throw new ProblemError({ status: 502, code: 'swr_unreadable' })
  return started.id
}

/** Looks in a row that do not find the run, after which it is taken for gone. */
const maxMissingReads = 5
const soonMs = 10_000

/** Seconds for which a failed run may move again: the service tries what failed once more by itself (docs/swr-api.md section 17). */
const secondsToReturn = 6

/** Asks SWR to stop it. One that has ended meanwhile needs no stopping. */
export async function stopRun(context: PartialRunContext, execution: number): Promise<void> {
  const asked = { params: { ...instanceOf(context), execution_id: String(execution) }, reason: context.reason }
  await retryWhenThrottled(context, () =>
    requestSwrAsSystem(context.actor, context.connection, 'executionStop', asked),
  ).catch((error: unknown) => {
    if (error instanceof Interrupted) throw error
  })
}

interface Waiting {
  /** Milliseconds after which nobody waits any longer. */
  readonly until: number
  /** Asked before each look. */
  readonly permit: () => Promise<void>
}

/** Waits until SWR says how it ended; null when it is gone, or nobody waits any longer. */
export async function waitForEnd(
  context: PartialRunContext,
  policy: number,
  execution: number,
  { until, permit }: Waiting = { until: context.deadline, permit: context.permit },
): Promise<Execution | null> {
  const begun = Date.now()
  let failedAt: number | null = null
  for (let missing = 0; missing < maxMissingReads && Date.now() < until; ) {
    await sleep(Date.now() - begun < soonMs ? 1 : 3)
    await permit()
    const run = (await withRetry(context, () => executionsOf(context, policy))).find(({ id }) => id === execution)
    missing = run ? 0 : missing + 1
    if (!run) continue
    const { phase } = readStatus(run.status)
    if (phase === 'succeeded' || phase === 'stopped') return run
    if (phase !== 'failed') failedAt = null
    else if (failedAt !== null && Date.now() - failedAt >= secondsToReturn * 1000) return run
    else failedAt ??= Date.now()
  }
  return null
}

/** How each tag went; SWR may forget it with the policy. Empty where SWR does not know it any more. */
export async function fetchResults(context: PartialRunContext, execution: number): Promise<PartialRunItem['results']> {
  const rows = await withRetry(context, () => allSubtasksOf(context.actor, { ...context, execution })).catch(
    (error: unknown) => {
      if (error instanceof Later && Date.now() < context.deadline) throw error
      return []
    },
  )
  return rows.map(({ tag, status, status_text }) => ({
    tag: tag ?? '',
    phase: readStatus(status).phase,
    text: status_text ?? '',
  }))
}
