import 'server-only'
import { and, desc, eq, exists, gte, ilike, isNotNull, isNull, min, or, type SQL, sql } from 'drizzle-orm'
import type { SyncCell, SyncJob } from '../../contract/console/sync'
import { cellStates, type JobState } from '../../contract/console/sync-vocabulary'
import { ProblemError } from '../../contract/problem'
import { jobs, syncCells } from '../../db/job-tables'
import type { Db } from '../../db/schema'
import { countCells, listCells, type SyncCellRow } from '../../db/sync-cells'
import type { Job } from '../../jobs/job'
import { listJobs, showJob } from '../../jobs/store'
import type { ConsoleHandlers, ConsoleRequest } from '../handler'
import { type SyncJobData, syncJobType } from './job-type'

const stateOf = ({ endedAt, stop, paused }: Job<SyncJobData>): JobState => {
  if (endedAt) return stop ? 'canceled' : 'done'
  return paused ? 'paused' : 'running'
}

/** Jobs as people see them, with how many of their cells are in each state. */
export async function toSyncJobs(db: Db, rows: readonly Job<SyncJobData>[]): Promise<SyncJob[]> {
  const counts = await countCells(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map((job) => ({
    id: job.id,
    at: job.at.toISOString(),
    endedAt: job.endedAt?.toISOString() ?? null,
    actorId: job.actorId,
    actorName: job.actorName,
    reason: job.reason,
    state: stateOf(job),
    stopped: job.stop && { ...job.stop, at: job.stop.at.toISOString() },
    throttledUntil: job.data.throttledUntil,
    throttledBy: job.data.throttledBy,
    targets: job.data.targets,
    repositories: job.data.repositories,
    tags: job.data.tags,
    bytes: job.data.bytes,
    counts: Object.fromEntries(
      cellStates.map((state) => [state, counts.get(job.id)?.[state] ?? 0]),
    ) as SyncJob['counts'],
    version: job.version,
  }))
}

export const toSyncCell = ({
  job: _,
  version: _version,
  reportedAt: _reported,
  at,
  ...cell
}: SyncCellRow): SyncCell => ({
  ...cell,
  at: at.toISOString(),
})

/** Throws `job_unknown` when there is no such job of this connection. */
export async function jobOf(db: Db, params: { connection: string; sync_job_id: string }): Promise<Job<SyncJobData>> {
  const job = await showJob(db, syncJobType, Number(params.sync_job_id))
  if (job?.connection !== params.connection) throw new ProblemError({ status: 404, code: 'job_unknown' })
  return job
}

const states: Readonly<Record<JobState, SQL | undefined>> = {
  running: and(isNull(jobs.endedAt), eq(jobs.paused, false)),
  paused: and(isNull(jobs.endedAt), eq(jobs.paused, true)),
  done: and(isNotNull(jobs.endedAt), isNull(jobs.stopReason)),
  canceled: and(isNotNull(jobs.endedAt), isNotNull(jobs.stopReason)),
}

/** A part of a text, with the signs that SQL reads as patterns taken for themselves. */
const part = (text: string) => `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`

/** Texts of cells are searched one by one: only those of so many jobs of a connection, the newest. */
const searchedJobs = 1_000

/** A text in a repository or tag of one of the newest jobs of a connection. */
function holds(db: Db, connection: string, search: string): SQL | undefined {
  const newest = db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.kind, syncJobType.kind), eq(jobs.connection, connection)))
    .orderBy(desc(jobs.id))
    .limit(searchedJobs)
    .as('newest')
  const found = db
    .select({ one: sql`1` })
    .from(syncCells)
    .where(
      and(
        eq(syncCells.job, jobs.id),
        or(ilike(syncCells.repository, part(search)), ilike(syncCells.tag, part(search))),
      ),
    )
  // The bound is worked out once, and the list of jobs begins at it: no cell of an older one is looked at.
  return and(gte(jobs.id, db.select({ first: min(newest.id) }).from(newest)), exists(found))
}

function narrowed(
  db: Db,
  connection: string,
  { state, person, region, search }: ConsoleRequest<'syncJobList'>['query'],
): SQL | undefined {
  return and(
    state && states[state],
    person === undefined ? undefined : ilike(jobs.actorName, part(person)),
    region === undefined ? undefined : sql`${jobs.data} @> ${JSON.stringify({ targets: [{ region }] })}::jsonb`,
    search === undefined ? undefined : holds(db, connection, search),
  )
}

export const showHandlers: ConsoleHandlers<'syncJobList' | 'syncJobShow'> = {
  async syncJobList({ known, params: { connection }, query }) {
    const { offset, limit } = query
    const where = narrowed(known.db, connection, query)
    const { jobs: rows, total } = await listJobs(known.db, syncJobType, { connection, where, offset, limit })
    return { jobs: await toSyncJobs(known.db, rows), total }
  },

  async syncJobShow({ known, params, query: { since } }) {
    // The job first: what changes in between comes again with the next look.
    const job = await jobOf(known.db, params)
    const cells = await listCells(known.db, job.id, { since })
    const [shown] = await toSyncJobs(known.db, [job])
    if (!shown) throw new Error('a job that is there is not shown')
    return { job: shown, cells: cells.map(toSyncCell) }
  },
}
