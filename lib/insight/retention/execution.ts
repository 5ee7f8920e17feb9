import 'server-only'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Actor } from '../../contract/actor'
import type { RetentionExecution } from '../../contract/swr/retention-runs'
import { maxPageSize } from '../../contract/vocabulary'
import { jobs } from '../../db/job-tables'
import { config } from '../../env/config'
import { type JobContext, Stopped } from '../../jobs/job'
import { readStatus } from '../../policy/runs/status'
import { requestSwr, requestSwrAsSystem } from '../../swr/client'
import { isOutcomeUnknown, retryWhenThrottled, withRetry } from '../partial-runs/retry'
import type { ExecutionData } from './job-types'
import { paramsOf, type RetentionPlace } from './place'
import { tasksOf } from './verdicts'

/* SWR's own run of a policy: begun once, whatever happens to this console, and watched to its end. */

type Context = Pick<JobContext<ExecutionData>, 'job' | 'actor' | 'check' | 'permit' | 'sleep' | 'save' | 'change'>

export async function executionPage(
  actor: Actor,
  place: RetentionPlace,
  query: { readonly offset: number; readonly limit: number },
) {
  const { executions, total } = await requestSwr(actor, place.connection, 'retentionExecutionList', {
    params: paramsOf(place),
    query,
  })
  return { executions: executions.filter(({ policy_id: id }) => id === undefined || id === place.policy), total }
}

/** The newest first. Nobody says in which order SWR has them: of a long list both ends are read. */
export async function newestExecutions(actor: Actor, place: RetentionPlace): Promise<RetentionExecution[]> {
  const first = await executionPage(actor, place, { offset: 0, limit: maxPageSize })
  const { total = 0 } = first
  const last = total - 1 - ((total - 1) % maxPageSize)
  const end = last > 0 ? await executionPage(actor, place, { offset: last, limit: maxPageSize }) : null
  return [...first.executions, ...(end?.executions ?? [])].sort((a, b) => (b.id ?? 0) - (a.id ?? 0))
}

/** One that nothing but this job's request can have begun since the mark, as far as its row says. */
const isOurs = ({ id, dry_run: dry, trigger }: RetentionExecution, before: number, dryRun: boolean) =>
  id !== undefined && id > before && dry !== !dryRun && (trigger === undefined || /manual/i.test(trigger))

const maxLooks = 5
const secondsBetweenLooks = 2

/** Looks for what was begun although its answer is lost; null when there is none, or nobody can tell which it is. */
async function findBegun(context: Context, place: RetentionPlace, before: number, dryRun: boolean) {
  for (let look = 0; look < maxLooks; look += 1) {
    const all = await withRetry(context, () => newestExecutions(context.actor, place))
    const ours = all.filter((each) => isOurs(each, before, dryRun))
    const [only, another] = ours
    // Two dry runs say the same. Of two real ones nobody knows which was this job's.
    if (only?.id !== undefined && (dryRun || !another)) return only.id
    if (another) return null
    await context.sleep(secondsBetweenLooks)
    context.check()
  }
  return null
}

/** Saves that SWR is about to be told, unless somebody has stopped the job: who stops it later is told that it has begun. */
async function mark(context: Context, marked: Pick<ExecutionData, 'mark'>): Promise<void> {
  const { job } = context
  const saved = await context.change((tx) =>
    tx
      .update(jobs)
      .set({ data: sql`${jobs.data} || ${JSON.stringify(marked)}::jsonb` })
      .where(and(eq(jobs.id, job.id), isNull(jobs.stopReason)))
      .returning({ id: jobs.id }),
  )
  // Throws what has stopped it.
  if (saved.length === 0) await context.permit()
  if (saved.length === 0) throw new Stopped('cancelled')
  Object.assign(job.data, marked)
}

interface Beginning {
  readonly dryRun: boolean
  /** What has to hold at the last moment before SWR is told. */
  readonly check?: () => Promise<unknown>
  /** Saved with the mark. */
  readonly state?: 'deleting'
}

/**
 * Tells SWR to begin, once: the mark is saved before. After a crash, or when the answer is lost, it is looked up and never
 * begun again; null when nobody can tell whether it was begun. Throws SWR's refusal.
 */
export async function beginExecution(
  context: Context,
  place: RetentionPlace,
  { dryRun, check = async () => {}, state }: Beginning,
): Promise<number | null> {
  const { job } = context
  const { data } = job
  if (data.execution !== null) return data.execution
  const keep = async (id: number | null) => {
    data.execution = id
    await context.save()
    return id
  }
  if (data.mark) return await keep(await findBegun(context, place, data.mark.before, dryRun))
  const [newest] = await withRetry(context, () => newestExecutions(context.actor, place))
  await check()
  await context.permit()
  const before = newest?.id ?? 0
  await mark(context, { mark: { at: new Date().toISOString(), before }, ...(state && { state }) })
  const asked = { params: paramsOf(place), body: { dry_run: dryRun }, reason: reasonOf(job.id, dryRun) }
  try {
    const { id } = await retryWhenThrottled(context, () =>
      requestSwrAsSystem(context.actor, place.connection, 'retentionExecutionStart', asked),
    )
    if (id !== undefined) return await keep(id)
  } catch (error) {
    // A refusal is one. After anything else it may run.
    if (!isOutcomeUnknown(error)) throw error
  }
  return await keep(await findBegun(context, place, before, dryRun))
}

const reasonOf = (job: number, dryRun: boolean) => `Part of ${dryRun ? 'dry run' : 'retention run'} ${job}`

export type ExecutionEnd =
  | { readonly kind: 'ended'; readonly row: RetentionExecution; readonly succeeded: boolean }
  /** Nothing has moved for too long, or it is no longer listed. */
  | { readonly kind: 'hanging'; readonly row: RetentionExecution | null }

const soonMs = 10_000
/** How often it is looked whether its tasks move: each look may take many calls. */
const looksInHang = 6

/**
 * Waits until SWR says how it ended. One that is not listed is waited for as one in which nothing moves: SWR may show it late. A
 * run that deletes goes on whether or not somebody stops the job.
 */
export async function waitForEnd(
  context: Context,
  place: RetentionPlace,
  execution: number,
  { stoppable }: { readonly stoppable: boolean },
): Promise<ExecutionEnd> {
  const hangMs = config().retentionHangMinutes * 60_000
  const begun = Date.now()
  let movedAt = begun
  let lookedAt = begun
  let seen = ''
  let row: RetentionExecution | null = null
  for (;;) {
    await context.sleep(Date.now() - begun < soonMs ? 0.5 : 3)
    await context.permit().catch((error: unknown) => {
      if (stoppable || !(error instanceof Stopped)) throw error
    })
    const all = await withRetry(context, () => newestExecutions(context.actor, place))
    const found = all.find(({ id }) => id === execution)
    row = found ?? row
    const { phase } = readStatus(found?.status)
    if (found && (phase === 'succeeded' || phase === 'failed' || phase === 'stopped'))
      return { kind: 'ended', row: found, succeeded: phase === 'succeeded' }
    const now = Date.now()
    if (found && now - lookedAt >= hangMs / looksInHang) {
      lookedAt = now
      const moves = `${found.status} ${await progressOf(context, place, execution)}`
      if (moves !== seen) movedAt = now
      seen = moves
    }
    if (now - movedAt >= hangMs) return { kind: 'hanging', row }
  }
}

async function progressOf(context: Context, place: RetentionPlace, execution: number): Promise<string> {
  const { rows } = await withRetry(context, () => tasksOf(context.actor, place, execution))
  return rows.map(({ id, status, total, retained }) => `${id} ${status} ${total} ${retained}`).join()
}
