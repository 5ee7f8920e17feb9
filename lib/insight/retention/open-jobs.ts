import 'server-only'
import { and, isNull, notInArray, sql } from 'drizzle-orm'
import { jobs } from '../../db/job-tables'
import type { Db } from '../../db/schema'
import type { Job, JobType } from '../../jobs/job'
import { listJobs } from '../../jobs/store'
import { overStates, type RunJob, runType, watchType } from './job-types'
import type { NamespacePlace, RetentionPlace } from './place'

/** Who only tidies up may wait long for an archive that cannot be asked: nobody is locked out for that. */
const isOpen = and(isNull(jobs.endedAt), notInArray(sql<string>`${jobs.data}->>'state'`, [...overStates]))

/** Of a run whose copies are counted on: it has not ended, or SWR goes on with it, which is watched. */
export const isCountedOn = sql<boolean>`(${jobs.endedAt} is null or (${jobs.data}->>'failure' = 'retention_hanging' and exists (
  select 1 from jobs as watch
  where watch.kind = ${watchType.kind} and watch.connection = ${jobs.connection} and watch.ended_at is null
    and watch.data->>'run' = ${jobs.id}::text
)))`

interface Wanted {
  /** Only those that go on. */
  readonly open?: boolean
  /** Only those of which SWR was told, or may have been. */
  readonly told?: boolean
  readonly content?: string
  readonly limit?: number
}

/** Newest first. */
export async function jobsOfPolicy<Data>(
  db: Db,
  type: JobType<Data>,
  { connection, instance, namespace, policy }: RetentionPlace,
  { open = false, told = false, limit = 100, content }: Wanted = {},
): Promise<Job<Data>[]> {
  const where = and(
    sql`${jobs.data}->>'namespace' = ${namespace}`,
    open ? isOpen : undefined,
    told ? sql`${jobs.data}->>'mark' is not null` : undefined,
    content === undefined ? undefined : sql`${jobs.data}->>'content' = ${content}`,
  )
  const place = { connection, instance, subject: String(policy), where }
  return (await listJobs(db, type, { ...place, offset: 0, limit })).jobs
}

/** A real run of a namespace, by whichever policy, that goes on. */
export async function openRunIn(
  db: Db,
  { connection, instance, namespace }: NamespacePlace,
): Promise<RunJob | undefined> {
  const where = and(isOpen, sql`${jobs.data}->>'namespace' = ${namespace}`)
  const { jobs: open } = await listJobs(db, runType, { connection, instance, where, offset: 0, limit: 1 })
  return open[0]
}

/** Two that start something of the same namespace at once take turns; for a transaction. */
export async function takeTurns(tx: Db, { connection, instance, namespace }: NamespacePlace): Promise<void> {
  const key = ['retention', connection, instance, namespace].join('/')
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`)
}
