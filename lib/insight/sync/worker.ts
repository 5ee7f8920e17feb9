import 'server-only'
import pMap from 'p-map'
import { consoleRoutes } from '../../contract/console/operations'
import { changeCells, listCells } from '../../db/sync-cells'
import { type JobKind, Paused, Stopped, type WorkResult } from '../../jobs/job'
import { toCalls } from '../../policy/sync/calls'
import { type SyncJobData, syncJobType } from './job-type'
import { type SyncContext, sendCall, waitOutThrottle } from './send'
import { takeUpInFlight, verifyCells } from './verify'

/** Calls under way for one connection, of all jobs together. */
const maxParallelCalls = 4

/** Sends what waits, and what begins to wait meanwhile. Throws what `permit` throws, after the calls that are under way. */
async function sendWaiting(context: SyncContext): Promise<void> {
  const { store, job } = context
  for (;;) {
    const calls = toCalls(await listCells(store.db, job.id, { states: ['waiting'] }))
    if (calls.length === 0) return
    let failure: unknown
    await pMap(
      calls,
      async (call) => {
        if (failure !== undefined) return
        try {
          await waitOutThrottle(context)
          await context.inSlot(`sync/${job.connection}`, maxParallelCalls, async () => {
            await context.permit()
            // Somebody else's call may have been throttled while this one waited for its place.
            if (job.data.throttledUntil === null) await sendCall(context, call)
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

async function send(context: SyncContext): Promise<void> {
  try {
    await sendWaiting(context)
  } catch (error) {
    if (!(error instanceof Stopped)) throw error
    const { reason } = error
    await context.change((tx, version) =>
      changeCells(tx, context.job.id, 'all', ['waiting'], version, { state: 'canceled', reason }),
    )
  }
}

async function work(context: SyncContext): Promise<WorkResult> {
  await takeUpInFlight(context)
  let sending = true
  const [sent, verified] = await Promise.allSettled([
    send(context).finally(() => {
      sending = false
    }),
    verifyCells(context, () => sending),
  ])
  for (const part of [sent, verified])
    if (part.status === 'rejected' && !(part.reason instanceof Paused)) throw part.reason
  const isPaused = [sent, verified].some(({ status }) => status === 'rejected')
  if (isPaused) throw new Paused()
  return 'ended'
}

/** Sends and verifies one job after another, from wherever it stands. */
export const syncJobKind: JobKind<SyncJobData> = { ...syncJobType, role: consoleRoutes.syncJobStart, work }
