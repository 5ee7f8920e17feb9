import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import { consoleRoutes } from '../../../contract/console/operations'
import { problemOf } from '../../../contract/problem'
import type { RetentionExecution } from '../../../contract/swr/retention-runs'
import { jobs } from '../../../db/job-tables'
import { toPgJson } from '../../../db/pg-text'
import type { Db } from '../../../db/schema'
import { config } from '../../../env/config'
import { Interrupted, type JobKind, Later, Stopped, type WorkResult } from '../../../jobs/job'
import { startJob } from '../../../jobs/runner'
import { insertJob, nextVersion, showJob, tellJob } from '../../../jobs/store'
import { readStatus } from '../../../policy/runs/status'
import { outdateInventory } from '../../inventory/inventory'
import { withRetry } from '../../partial-runs/retry'
import { newestExecutions } from '../execution'
import { type RunContext, type RunJob, runType, type WatchContext, type WatchData, watchType } from '../job-types'
import { endingOf } from './ending'
import { placeOfRun } from './prepare'
import { readAndKeep, type Write } from './told'

/*
 * A run of SWR that hangs may still delete. The console's run ends meanwhile, so that its images can be brought back and nobody is
 * locked out; a job of its own goes on looking, and corrects what the run says once SWR has ended.
 */

/** A run hangs for days at times (docs/swr-api.md section 17). What has not ended by then is left as it is known. */
const patienceMs = 7 * 24 * 3_600_000
const longestPauseSeconds = 300
const looksInHang = 2

const secondsBetweenLooks = () => Math.min((config().retentionHangMinutes * 60) / looksInHang, longestPauseSeconds)

/** Goes on looking at the run after this job has ended. */
export async function watchOn({ store, job }: RunContext): Promise<void> {
  const { connection, instance, subject, actorId, actorName, role } = job
  const data: WatchData = { run: job.id }
  const who = { actorId, actorName, role }
  startJob(store, await insertJob(store.db, watchType, { connection, instance, subject, ...who, size: 1, data }))
}

const isHanging = ({ data }: RunJob) => data.failure === 'retention_hanging'

/** Images belong to the run, so it is the run that people see change. */
function writerOf(context: WatchContext, run: number): Write {
  return async (change) => {
    await context.change(async (tx) => change(tx, await nextVersion(tx, run)))
    tellJob(run)
  }
}

/** The run ends when SWR has ended it: what was read of the namespace before says too little. */
async function endRun(tx: Db, run: RunJob, ending: ReturnType<typeof endingOf>): Promise<void> {
  await tx
    .update(jobs)
    .set({ data: sql`${jobs.data} || ${toPgJson(ending)}::jsonb`, endedAt: sql`now()` })
    .where(and(eq(jobs.id, run.id), sql`${jobs.data}->>'failure' = 'retention_hanging'`))
}

async function settle(context: WatchContext, run: RunJob, row: RetentionExecution, execution: number): Promise<void> {
  const place = placeOfRun(run)
  const succeeded = readStatus(row.status).phase === 'succeeded'
  const write = writerOf(context, run.id)
  const verdicts = await readAndKeep(context, place, { id: run.id, execution, write }, { succeeded, ended: row })
  await write((tx) => endRun(tx, run, endingOf(row, succeeded, verdicts)))
  outdateInventory(place)
}

async function look(context: WatchContext): Promise<WorkResult> {
  const { store, job } = context
  const again = { again: secondsBetweenLooks() }
  const run = await showJob(store.db, runType, job.data.run)
  if (!run || run.data.execution === null) return 'ended'
  // It is entered a moment before the run ends.
  if (run.endedAt === null) return again
  if (!isHanging(run)) return 'ended'
  const { execution } = run.data
  const all = await withRetry(context, () => newestExecutions(context.actor, placeOfRun(run)))
  const row = all.find(({ id }) => id === execution)
  const { phase } = readStatus(row?.status)
  if (!row || phase === 'running' || phase === 'unknown') return again
  await settle(context, run, row, execution)
  return 'ended'
}

async function work(context: WatchContext): Promise<WorkResult> {
  // SWR goes on whether or not who started it may still run policies: then the console itself looks.
  await context.permit().catch((error: unknown) => {
    if (!(error instanceof Stopped)) throw error
  })
  const isOver = Date.now() - context.job.at.getTime() >= patienceMs
  try {
    const result = await look(context)
    return isOver ? 'ended' : result
  } catch (error) {
    if (error instanceof Interrupted) throw error
    if (isOver) return 'ended'
    // What cannot be read now may be readable later.
    if (error instanceof Later || problemOf(error).code !== 'unexpected') return { again: secondsBetweenLooks() }
    throw error
  }
}

export const watchKind: JobKind<WatchData> = { ...watchType, role: consoleRoutes.retentionRunStart, work }
