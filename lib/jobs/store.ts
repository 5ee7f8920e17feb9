import 'server-only'
import { randomUUID } from 'node:crypto'
import { and, count, desc, eq, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import type { StopReason } from '../contract/console/partial-runs'
import { type Role, roles } from '../contract/roles'
import { jobs } from '../db/job-tables'
import type { Db } from '../db/schema'
import { due, jobEvents, tellWorker } from './events'
import type { Job, JobType, Stop } from './job'
import { tellWatchers } from './watch'

/* What handlers do with jobs. How they are carried out is in `runner.ts`. All times are the database's. */

/** For how long who carries a job out holds it, without saying that it goes on. */
export const leaseSeconds = 30

export type JobRow = typeof jobs.$inferSelect

/** A moment from now by the database's clock, which consoles on several machines share. */
export const fromNow = (seconds: number) => sql`now() + make_interval(secs => ${seconds})`

// Only this folder writes these columns.
const reasonOf = (text: string): StopReason => (text === 'cancelled' ? 'cancelled' : 'right_lost')
export const roleFrom = (text: string): Role => roles.find((role) => role === text) ?? 'viewer'

const stopOf = ({ stopReason, stopName, stoppedAt }: JobRow): Stop | null =>
  stopReason && stoppedAt ? { reason: reasonOf(stopReason), name: stopName ?? '', at: stoppedAt } : null

/** Throws when the data is not of this kind. */
export function toJob<Data>(type: JobType<Data>, row: JobRow): Job<Data> {
  const { until: _, once: _once, stopReason: _reason, stopName: _name, stoppedAt: _at, ...rest } = row
  return { ...rest, role: roleFrom(row.role), stop: stopOf(row), data: type.data.parse(row.data) }
}

const toJobs = <Data>(type: JobType<Data>, rows: readonly JobRow[]) => rows.map((row) => toJob(type, row))

export interface NewJob<Data> {
  readonly connection: string
  readonly instance?: string | null
  readonly subject?: string | null
  readonly actorId: string
  readonly actorName: string
  readonly role: Role
  readonly reason?: string | null
  readonly size: number
  readonly data: Data
}

/** Enters a job, held by this process from the start: `startJob` is to be called once it is committed. */
export async function insertJob<Data>(db: Db, type: JobType<Data>, job: NewJob<Data>): Promise<Job<Data>> {
  return (await insertJobOnce(db, type, null, job)).job
}

/** For how long a job that has ended is still the answer to what made it. */
const onceSeconds = 10 * 60

/** The same, unless there is a job with this `once` that goes on or has just ended: then that one is answered, and nothing is entered. */
export async function insertJobOnce<Data>(
  db: Db,
  type: JobType<Data>,
  once: string | null,
  job: NewJob<Data>,
): Promise<{ readonly job: Job<Data>; readonly isNew: boolean }> {
  const holder = randomUUID()
  if (once !== null)
    await db
      .update(jobs)
      .set({ once: null })
      .where(and(eq(jobs.once, once), eq(jobs.kind, type.kind), lt(jobs.endedAt, fromNow(-onceSeconds))))
  const [made] = await db
    .insert(jobs)
    .values({ ...job, once, kind: type.kind, at: sql`now()`, holder, until: fromNow(leaseSeconds) })
    // One that is about to be entered by somebody else is waited for.
    .onConflictDoNothing({ target: jobs.once })
    .returning()
  if (made) return { job: toJob(type, made), isNew: true }
  const [known] = await db
    .select()
    .from(jobs)
    .where(and(eq(jobs.once, once ?? ''), eq(jobs.kind, type.kind)))
  if (!known) throw new Error('the database answered nothing')
  return { job: toJob(type, known), isNew: false }
}

const isJob = (type: JobType<unknown>, id: number) => and(eq(jobs.id, id), eq(jobs.kind, type.kind))

export async function showJob<Data>(db: Db, type: JobType<Data>, id: number): Promise<Job<Data> | null> {
  const [row] = await db.select().from(jobs).where(isJob(type, id))
  return row ? toJob(type, row) : null
}

export interface JobPlace {
  readonly connection: string
  readonly instance?: string | undefined
  readonly subject?: string | undefined
  /** More conditions on the table `jobs`. */
  readonly where?: SQL | undefined
}

interface JobPage extends JobPlace {
  readonly offset: number
  readonly limit: number
}

/** Newest first. */
export async function listJobs<Data>(
  db: Db,
  type: JobType<Data>,
  { connection, instance, subject, where, offset, limit }: JobPage,
): Promise<{ readonly jobs: Job<Data>[]; readonly total: number }> {
  const wanted = and(
    eq(jobs.kind, type.kind),
    eq(jobs.connection, connection),
    instance === undefined ? undefined : eq(jobs.instance, instance),
    subject === undefined ? undefined : eq(jobs.subject, subject),
    where,
  )
  const rows = await db.select().from(jobs).where(wanted).orderBy(desc(jobs.id)).limit(limit).offset(offset)
  const [total] = await db.select({ count: count() }).from(jobs).where(wanted)
  return { jobs: toJobs(type, rows), total: total?.count ?? 0 }
}

/**
 * Says in this process that a job has been changed: to who watches it, to its worker, and to the runner. `stopJob`, `pauseJob`
 * and `resumeJob` do so themselves; to be called after the transaction of `reopenJob` or `nextVersion`.
 */
export function tellJob(id: number): void {
  tellWatchers(id)
  tellWorker(id)
  jobEvents().emit(due)
}

const nextOf = sql`${jobs.version} + 1`
/** Due at once when nobody works at it; who does sees the change at the next step. */
const soon = sql`case when ${jobs.holder} = '' then now() else ${jobs.until} end`

async function changeJob<Data>(
  db: Db,
  type: JobType<Data>,
  { id, set, when }: { id: number; set: PgUpdateSetSource<typeof jobs>; when: SQL | undefined },
): Promise<Job<Data> | null> {
  await db
    .update(jobs)
    .set({ ...set, version: nextOf, until: soon })
    .where(and(isJob(type, id), when))
  tellJob(id)
  return await showJob(db, type, id)
}

/**
 * Says that no further step is to be taken; the first reason stays. Answers the job, null when there is none. Whoever carries it
 * out sees it at the next step; one that nobody works at is taken up to be tidied. With `actorId` only while it is carried out
 * for that one: somebody else may have taken it over; with `where` only where that holds of its row as well.
 */
export const stopJob = <Data>(
  db: Db,
  type: JobType<Data>,
  id: number,
  { reason, name, actorId, where }: Omit<Stop, 'at'> & { readonly actorId?: string; readonly where?: SQL },
): Promise<Job<Data> | null> =>
  changeJob(db, type, {
    id,
    set: { stopReason: reason, stopName: name, stoppedAt: sql`now()` },
    when: and(
      isNull(jobs.endedAt),
      isNull(jobs.stopReason),
      actorId === undefined ? undefined : eq(jobs.actorId, actorId),
      where,
    ),
  })

/** Says that no further step is to be taken for now. What is under way goes on to its end. */
export const pauseJob = <Data>(db: Db, type: JobType<Data>, id: number): Promise<Job<Data> | null> =>
  changeJob(db, type, { id, set: { paused: true }, when: and(isNull(jobs.endedAt), eq(jobs.paused, false)) })

/** Takes the pause back: it goes on at once. */
export const resumeJob = <Data>(db: Db, type: JobType<Data>, id: number): Promise<Job<Data> | null> =>
  changeJob(db, type, { id, set: { paused: false }, when: and(isNull(jobs.endedAt), eq(jobs.paused, true)) })

/** Who it is carried out for from now on, and how large it is. */
export type Reopened = Partial<Pick<NewJob<unknown>, 'actorId' | 'actorName' | 'role' | 'reason' | 'size'>>

const isOver = isNotNull(jobs.endedAt)
/** Neither ended nor stopped: who has paused it lets it go on. */
const staysPaused = and(jobs.paused, isNull(jobs.endedAt), isNull(jobs.stopReason))

/**
 * There is more to do, in the name of who wants it now. One that has ended is due again; one that still goes on looks again
 * before it ends. Neither is stopped any more, and only one that was merely paused stays so. Answers the job's new version, null
 * when there is none. For the transaction that stores what there is to do: until that is committed, the job cannot end. Call
 * `tellJob` afterwards.
 */
export async function reopenJob(db: Db, id: number, by: Reopened = {}): Promise<number | null> {
  // One statement: its worker may end the job at any moment before.
  const [again] = await db
    .update(jobs)
    .set({
      ...by,
      endedAt: null,
      holder: sql`case when ${isOver} then '' else ${jobs.holder} end`,
      until: sql`case when ${isOver} then now() else ${soon} end`,
      paused: sql`${staysPaused}`,
      stopReason: null,
      stopName: null,
      stoppedAt: null,
      version: nextOf,
    })
    .where(eq(jobs.id, id))
    .returning({ version: jobs.version })
  return again?.version ?? null
}

async function bump(db: Db, id: number): Promise<number | null> {
  const [row] = await db
    .update(jobs)
    .set({ version: nextOf, until: soon })
    .where(eq(jobs.id, id))
    .returning({ version: jobs.version })
  return row?.version ?? null
}

/**
 * The version of a change that was made beside the worker; the job stays locked until the transaction ends. Call `tellJob` after
 * it is committed.
 */
export async function nextVersion(db: Db, id: number): Promise<number> {
  const version = await bump(db, id)
  if (version === null) throw new Error(`there is no job ${id}`)
  return version
}
