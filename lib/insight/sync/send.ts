import 'server-only'
import { invalidate } from '../../cache'
import type { SyncCell } from '../../contract/console/sync'
import { type Problem, type ProblemCode, problemOf, turnedBack } from '../../contract/problem'
import { changeCells, type SyncCellRow } from '../../db/sync-cells'
import type { JobContext } from '../../jobs/job'
import { splitPath } from '../../policy/sync/reference'
import { requestSwrAsSystem } from '../../swr/client'
import { pauseLeftMs } from '../../swr/pause'
import type { SyncJobData } from './job-type'
import { pathAt } from './plan'

/*
 * One `sync_images` call. It is saved before it is sent, so that a console that dies in between never sends it twice: what was
 * under way then is looked up at the target (verify.ts). A refusal that was turned back before it was carried out alone lets
 * the cells wait again.
 */

export type SyncContext = JobContext<SyncJobData>

/** The console's own credential is refused. Nothing can be sent until somebody mends that, and each attempt counts. */
const shutOut: readonly ProblemCode[] = [
  'swr_wrong_secret',
  'swr_unknown_key',
  'swr_key_locked',
  'swr_token',
  'swr_clock',
]
/** After these SWR may have done what it was asked. */
const unclear: readonly ProblemCode[] = [
  'unexpected',
  'swr_timeout',
  'swr_broke_off',
  'swr_unreadable',
  'swr_failed',
  'swr_tags_failed',
]

const secondsShutOut = 600
const secondsThrottled = 10

export const saidBy = ({ swr, requestId }: Problem): SyncCell['swr'] =>
  swr ? { status: swr.status, code: swr.code, message: swr.message, requestId } : null

const indexesOf = (cells: readonly Pick<SyncCellRow, 'index'>[]) => cells.map(({ index }) => index)

interface Wait {
  readonly ms: number
  /** What is wrong with the key; null: SWR asks for fewer requests. */
  readonly by: ProblemCode | null
}

/** How long SWR, or the state of the key, asks this connection to wait; null: it was no such refusal. */
function waitOf({ code, key, retryAfter }: Problem): Wait | null {
  if (turnedBack.includes(code)) return { ms: (retryAfter ?? secondsThrottled) * 1000, by: null }
  if (key || shutOut.includes(code)) return { ms: (retryAfter ?? secondsShutOut) * 1000, by: code }
  return null
}

async function throttle(context: SyncContext, cells: readonly SyncCellRow[], { ms, by }: Wait): Promise<void> {
  const until = new Date(Date.now() + ms).toISOString()
  const { data, id } = context.job
  if (data.throttledUntil === null || data.throttledUntil < until)
    Object.assign(data, { throttledUntil: until, throttledBy: by })
  // Saves that time as well: neither is known without the other.
  await context.change((tx, version) =>
    changeCells(tx, id, indexesOf(cells), ['sending'], version, { state: 'waiting', reason: null }),
  )
}

/** Waits as long as SWR asks for before anything was sent; false: that is not what it has said. */
export async function holdBack(context: SyncContext, error: unknown): Promise<boolean> {
  const waitMs = waitOf(problemOf(error))
  if (waitMs !== null) await throttle(context, [], waitMs)
  return waitMs !== null
}

/** What SWR's no, or no answer at all, means for the cells of a call. */
async function settleFailure(context: SyncContext, cells: readonly SyncCellRow[], error: unknown): Promise<void> {
  const problem = problemOf(error)
  const wait = waitOf(problem)
  if (wait) return await throttle(context, cells, wait)
  const { job } = context
  const swr = saidBy(problem)
  const named = new Set(problem.tags)
  const isUnclear = unclear.includes(problem.code)
  const failed = cells.filter(({ tag }) => !isUnclear || named.has(tag))
  const open = cells.filter(({ tag }) => isUnclear && !named.has(tag))
  const seen = open.filter(({ target }) => job.data.targets[target]?.connection != null)
  const unseen = open.filter(({ target }) => job.data.targets[target]?.connection == null)
  const told = { reason: problem.code, swr }
  await context.change(async (tx, version) => {
    await changeCells(tx, job.id, indexesOf(failed), ['sending'], version, { state: 'failed', ...told })
    // Nobody knows whether the call took place: what the target shows decides.
    await changeCells(tx, job.id, indexesOf(seen), ['sending'], version, { ...told, reported: 'now' })
    await changeCells(tx, job.id, indexesOf(unseen), ['sending'], version, { state: 'unknown', ...told })
  })
}

/** Sends tags of one repository to one target. Throws `Interrupted` when somebody else carries the job out by now. */
export async function sendCall(context: SyncContext, call: readonly SyncCellRow[]): Promise<void> {
  const { job } = context
  const [first] = call
  const target = first && job.data.targets[first.target]
  const source = first && splitPath(first.repository)
  if (!first || !target || !source) return
  // Another job may have been throttled while this one waited for its place: the cells wait on.
  if ((await pauseLeftMs(job.connection)) > 0) return
  // What somebody has canceled since is left out.
  const taken = new Set(
    await context.change((tx, version) =>
      changeCells(tx, job.id, indexesOf(call), ['waiting'], version, {
        state: 'sending',
        isSent: true,
        reason: null,
        swr: null,
        reported: null,
      }),
    ),
  )
  const cells = call.filter(({ index }) => taken.has(index))
  if (cells.length === 0) return
  try {
    const named = await requestSwrAsSystem(context.actor, job.connection, 'manualSync', {
      params: { namespace: source.organization, repository: source.repository },
      body: {
        imageTag: cells.map(({ tag }) => tag),
        override: first.overwrite,
        remoteNamespace: target.organization,
        remoteRegionId: target.region,
      },
      reason: `Part of sync job ${job.id}`,
    })
    const names = new Set(named)
    const state = target.connection === null ? 'unverifiable' : 'reported'
    await context.change(async (tx, version) => {
      const plain = cells.filter(({ tag }) => !names.has(tag))
      const odd = cells.filter(({ tag }) => names.has(tag))
      const reported = target.connection === null ? null : 'now'
      await changeCells(tx, job.id, indexesOf(plain), ['sending'], version, { state, reported })
      // Documents call tags in the answer both copied and failed (docs/swr-api.md section 11).
      await changeCells(tx, job.id, indexesOf(odd), ['sending'], version, { state, reported, reason: 'named' })
    })
  } catch (error) {
    await settleFailure(context, cells, error)
  } finally {
    if (target.connection !== null)
      invalidate(`basic/${target.connection}/tags/${pathAt(target.organization, first.repository)}`)
  }
}

/** A pause that others have noted is shown when it is longer by so much than what is shown. */
const shownFromMs = 1_000

/** Waits as long as SWR has asked this job, or any request of the connection, and says until when. Throws what `permit` throws meanwhile. */
export async function waitOutThrottle(context: SyncContext): Promise<void> {
  const { connection } = context.job
  for (;;) {
    const pausedMs = await pauseLeftMs(connection)
    const { data } = context.job
    const toldMs = data.throttledUntil === null ? 0 : Date.parse(data.throttledUntil) - Date.now()
    const leftMs = Math.max(pausedMs, toldMs)
    if (leftMs <= 0) {
      if (data.throttledUntil === null) return
      Object.assign(data, { throttledUntil: null, throttledBy: null })
      await context.save()
    } else {
      if (pausedMs - toldMs >= shownFromMs) {
        const throttledUntil = new Date(Date.now() + pausedMs).toISOString()
        Object.assign(data, { throttledUntil, throttledBy: null })
        await context.save()
      }
      await context.permit()
      await context.sleep(Math.min(leftMs / 1000, 5))
    }
  }
}
