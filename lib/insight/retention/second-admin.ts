import 'server-only'
import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type AuditEvent, addFinishedEntry } from '../../audit/store'
import type { Actor } from '../../contract/actor'
import { type RequestState, requestStates } from '../../contract/console/retention-vocabulary'
import { moment } from '../../contract/freshness'
import { ProblemError } from '../../contract/problem'
import { allows } from '../../contract/roles'
import { systemActor } from '../../contract/system-actor'
import { jobs } from '../../db/job-tables'
import { type Db, users } from '../../db/schema'
import { isTokenActorId } from '../../env/tokens'
import { currentRole } from '../../jobs/actor-role'
import { type Job, type JobKind, type JobType, Stopped } from '../../jobs/job'
import { type JobPlace, listJobs, nextVersion, tellJob } from '../../jobs/store'

/*
 * What one admin may not do alone waits for another one, as a job: it outlives the console, ends by itself, and can be
 * withdrawn. A real run that waits is a job of its own kind (real-run/worker.ts); who may confirm is the same for all.
 */

/**
 * Whether somebody is a second person. A token acts as its owner; one of the tokens file has none, and may be in anybody's
 * hands.
 */
export const isSecond = ({ id }: Pick<Actor, 'id'>, first: string): boolean => id !== first && !isTokenActorId(id)

/** Admins who could confirm what somebody asks for. */
export async function countOtherAdmins(db: Db, { id }: Pick<Actor, 'id'>): Promise<number> {
  const isOther = and(eq(users.role, 'admin'), ne(users.id, id), sql`coalesce(${users.banned}, false) = false`)
  return await db.$count(users, isOther)
}

/** What each request says besides what it asks for. */
export const requestFields = {
  state: z.enum(requestStates),
  until: moment,
  /** Who ended it; null while it waits, and where nobody did. */
  settled: z.object({ name: z.string(), at: moment }).nullable(),
}
interface RequestData {
  readonly state: RequestState
  readonly until: string
  readonly settled: { readonly name: string; readonly at: string } | null
}

export const newRequest = (seconds: number) => ({
  state: 'waiting' as const,
  until: new Date(Date.now() + seconds * 1000).toISOString(),
  settled: null,
})

/** Ends a request that waits; false when it does not any more. Call `tellJob` once it is committed. */
export async function settleRequest(
  db: Db,
  id: number,
  state: Exclude<RequestState, 'waiting'>,
  by: Pick<Actor, 'email'> | null,
): Promise<boolean> {
  const settled = by && { name: by.email, at: new Date().toISOString() }
  const isWaiting = and(eq(jobs.id, id), isNull(jobs.endedAt), sql`${jobs.data} @> '{"state": "waiting"}'::jsonb`)
  const ended = await db
    .update(jobs)
    .set({ data: sql`${jobs.data} || ${JSON.stringify({ state, settled })}::jsonb` })
    .where(isWaiting)
    .returning({ id: jobs.id })
  if (ended.length === 0) return false
  await nextVersion(db, id)
  return true
}

/** What the audit log says of a request that somebody settles. */
export const requestAudit = ({ id, actorName }: Pick<Job<unknown>, 'id' | 'actorName'>) => ({
  request: id,
  askedBy: actorName,
})

/** The newest of a place. */
export async function newestRequest<Data>(db: Db, type: JobType<Data>, place: JobPlace): Promise<Job<Data> | null> {
  const [newest] = (await listJobs(db, type, { ...place, offset: 0, limit: 1 })).jobs
  return newest ?? null
}

export const isWaiting = ({ data: { state, until } }: Pick<Job<RequestData>, 'data'>): boolean =>
  state === 'waiting' && new Date(until) > new Date()

/** Throws unless this admin may confirm what another one asks for. */
export async function requireSecond(db: Db, actor: Actor, request: Job<RequestData>): Promise<void> {
  if (!isSecond(actor, request.actorId)) throw new ProblemError({ status: 409, code: 'retention_same_person' })
  const role = await currentRole(db, request.actorId, request.connection)
  // Who is no admin any more asks for nothing.
  if (!isWaiting(request) || !role || !allows(role, { role: 'admin' }))
    throw new ProblemError({ status: 409, code: 'retention_not_waiting' })
}

/** How often a request looks whether who asked is still an admin. */
const secondsBetweenLooks = 600

/** How the audit log names what a request is about, and what ends it without anybody's doing. */
interface Told<Data> {
  readonly subject: (job: Job<Data>) => Pick<AuditEvent, 'kind' | 'connection' | 'instance' | 'objectId' | 'objectName'>
  readonly operations: { readonly withdrawn: string; readonly expired: string }
  readonly asked: (data: Data) => object
}

/** Waits until somebody settles the request, its time is over, or who asked is no admin any more. */
export const requestKind = <Data extends RequestData>(
  type: JobType<Data>,
  { subject, operations, asked }: Told<Data>,
): JobKind<Data> => ({
  ...type,
  role: { role: 'admin' },
  async work({ job, store, permit }) {
    if (job.data.state !== 'waiting') return 'ended'
    const end = async (state: 'withdrawn' | 'expired') => {
      const { id, email, role } = systemActor
      const entry = { actor: { id, email, role }, operation: operations[state], ...subject(job) }
      const before = { ...asked(job.data), ...requestAudit(job) }
      const isEnded = await store.db.transaction(async (tx) => {
        if (!(await settleRequest(tx, job.id, state, null))) return false
        await addFinishedEntry(tx, store.redact, { ...entry, outcome: 'done', before })
        return true
      })
      if (isEnded) tellJob(job.id)
      return 'ended' as const
    }
    try {
      await permit()
    } catch (error) {
      if (error instanceof Stopped) return await end('withdrawn')
      throw error
    }
    const left = (new Date(job.data.until).getTime() - Date.now()) / 1000
    return left <= 0 ? await end('expired') : { again: Math.min(secondsBetweenLooks, left + 1) }
  },
})
