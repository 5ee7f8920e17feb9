import 'server-only'
import { eq } from 'drizzle-orm'
import pMap from 'p-map'
import { consoleRoutes } from '../../contract/console/operations'
import { jobs } from '../../db/job-tables'
import { changeCells, listCells } from '../../db/sync-cells'
import { type JobKind, Paused, Stopped, type WorkResult } from '../../jobs/job'
import { toCalls } from '../../policy/sync/calls'
import { type SyncJobData, syncJobType } from './job-type'
import { type SyncContext, sendCall, waitOutThrottle } from './send'
import { Source } from './source'
import { type Progress, takeUpInFlight, verifyCells } from './verify'

/** Calls under way for one connection, of all jobs together. */
export const maxParallelCalls = 4

/** Sends what waits, and what begins to wait meanwhile. Throws what `permit` throws, after the calls that are under way. */
async function sendWaiting(context: SyncContext): Promise<void> {
  const { store, job } = context
  for (;;) {
    const calls = toCalls(await listCells(store.db, job.id, { states: ['waiting'] }))
    if (calls.length === 0) return
    const source = new Source(context, calls)
    let failure: unknown
    await pMap(
      calls,
      async (call) => {
        if (failure !== undefined) return
        try {
          await waitOutThrottle(context)
          await context.inSlot(`sync/${job.connection}`, maxParallelCalls, async () => {
            // Somebody else's call may have been throttled while this one waited for its place, or was compared.
            const isFree = () => job.data.throttledUntil === null
            const ready = isFree() ? await source.compare(call) : []
            await context.permit()
            if (ready.length > 0 && isFree()) await sendCall(context, ready)
          })
        } catch (error) {
          failure ??= error
        }
      },
      { concurrency: maxParallelCalls },
    )
    if (failure !== undefined) throw failure
  }
}

/** Sends as long as something waits, also what somebody sends again while the rest is looked for. */
async function send(context: SyncContext, progress: Progress): Promise<void> {
  try {
    for (;;) {
      progress.sending = true
      await sendWaiting(context)
      // What was sent is looked for from now on; the other half finds out whether there is anything.
      progress.looking = true
      progress.sending = false
      while (progress.looking && !(await hasWaiting(context))) await context.sleep(1)
      if (!progress.looking) return
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error
    const { reason } = error
    await context.change(async (tx, version) => {
      // Somebody may have sent cells again since, which takes the stop back.
      const [row] = await tx.select({ stop: jobs.stopReason }).from(jobs).where(eq(jobs.id, context.job.id))
      if (row?.stop == null) return
      await changeCells(tx, context.job.id, 'all', ['waiting'], version, { state: 'canceled', reason })
    })
  } finally {
    progress.sending = false
  }
}

async function hasWaiting({ store, job }: SyncContext): Promise<boolean> {
  return (await listCells(store.db, job.id, { states: ['waiting'] })).length > 0
}

async function work(context: SyncContext): Promise<WorkResult> {
  await takeUpInFlight(context)
  const progress: Progress = { sending: true, looking: true }
  // Whichever half ends, by whatever, the other does not wait for it.
  const looking = verifyCells(context, progress).finally(() => {
    progress.looking = false
  })
  const halves = await Promise.allSettled([send(context, progress), looking])
  const failures = halves.flatMap((half): unknown[] => (half.status === 'rejected' ? [half.reason] : []))
  const failure = failures.find((each) => !(each instanceof Paused)) ?? failures[0]
  if (failure !== undefined) throw failure
  return 'ended'
}

/** Sends and verifies one job after another, from wherever it stands. */
export const syncJobKind: JobKind<SyncJobData> = { ...syncJobType, role: consoleRoutes.syncJobStart, work }
