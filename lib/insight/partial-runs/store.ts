import 'server-only'
import { isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type PartialRun, type PartialRunItem, partialRun } from '../../contract/console/partial-runs'
import type { Replication } from '../../contract/swr/replication'
import { swrSchemas } from '../../contract/swr/schemas'
import { jobs } from '../../db/job-tables'
import type { Db } from '../../db/schema'
import type { Job, JobType } from '../../jobs/job'
import { insertJob, listJobs, type NewJob, showJob } from '../../jobs/store'
import type { InstanceLocation } from '../../routes'

/* Partial runs as jobs: the subject is the policy's id. */

const data = z.object({
  /** The run whose failures are copied again. */
  executionId: z.number().nullable(),
  /** Part of the names of the temporary policies. */
  token: z.string(),
  /** The policy as it was, without secrets. */
  policy: swrSchemas.replicationShow.response,
  parts: partialRun.shape.parts,
})
export type PartialRunData = z.output<typeof data>
export type PartialRunJob = Job<PartialRunData>

export const partialRunType: JobType<PartialRunData> = { kind: 'partial_run', data }

/** A policy of an instance. */
export interface PartialRunKey extends InstanceLocation {
  readonly policyId: number
}

export const isOfPolicy = (job: PartialRunJob, { connection, instance, policyId }: PartialRunKey): boolean =>
  job.connection === connection && job.instance === instance && job.subject === String(policyId)

export const toPartialRun = ({ id, subject, at, endedAt, actorName, stop, data }: PartialRunJob): PartialRun => ({
  id,
  policy: Number(subject),
  execution: data.executionId,
  at: at.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
  actorName,
  stopped: stop && { ...stop, at: stop.at.toISOString() },
  parts: data.parts,
})

const moves = ({ data }: PartialRunJob) => data.parts.some(({ state }) => state === 'waiting' || state === 'running')

/** Runs that one person may have in an instance at a time. */
export const maxRunsPerPerson = 3
/** More than can be open: with so many people somebody would have been refused. */
const maxOpenRuns = 1_000

interface NewPartialRun extends PartialRunKey, Pick<NewJob<never>, 'actorId' | 'actorName' | 'role'> {
  readonly executionId: number | null
  readonly token: string
  readonly policy: Omit<Replication, 'content_hash'>
  readonly parts: PartialRunItem[]
}

/**
 * Enters a run, held by this process from the start. Refused with a word when another run of the same policy goes on, or too
 * many of the same person in the instance: two people who press at the same moment take turns here.
 */
export async function insertPartialRun(
  db: Db,
  { connection, instance, policyId, executionId, token, policy, parts, ...person }: NewPartialRun,
): Promise<PartialRunJob | 'policy_busy' | 'person_busy'> {
  return await db.transaction(async (tx) => {
    const key = ['scoped', connection, instance].join('/')
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`)
    const place = { connection, instance, where: isNull(jobs.endedAt) }
    const open = await listJobs(tx, partialRunType, { ...place, offset: 0, limit: maxOpenRuns })
    // One that only waits for its leftovers to be removed is in nobody's way.
    const others = open.jobs.filter(moves)
    if (others.some(({ subject }) => subject === String(policyId))) return 'policy_busy'
    if (others.filter(({ actorId }) => actorId === person.actorId).length >= maxRunsPerPerson) return 'person_busy'
    return await insertJob(tx, partialRunType, {
      ...person,
      connection,
      instance,
      subject: String(policyId),
      size: parts.length,
      data: data.parse({ executionId, token, policy, parts }),
    })
  })
}

interface Listed {
  readonly offset: number
  readonly limit: number
  /** Those that copy the failures of this run. */
  readonly execution?: number | undefined
}

export const listPartialRuns = (
  db: Db,
  { connection, instance, policyId }: PartialRunKey,
  { execution, ...page }: Listed,
) =>
  listJobs(db, partialRunType, {
    connection,
    instance,
    subject: String(policyId),
    where:
      execution === undefined ? undefined : sql`${jobs.data} @> ${JSON.stringify({ executionId: execution })}::jsonb`,
    ...page,
  })

/** The policy and the run of which a temporary policy copies a part; null for any other policy. */
export async function parentOfTemporaryPolicy(db: Db, { connection, instance, policyId }: PartialRunKey) {
  const made = JSON.stringify({ parts: [{ policy: policyId }] })
  const { jobs: runs } = await listJobs(db, partialRunType, {
    connection,
    instance,
    where: sql`${jobs.data} @> ${made}::jsonb`,
    offset: 0,
    limit: 1,
  })
  const [run] = runs
  return run ? { policy: Number(run.subject), execution: run.data.executionId } : null
}

/** One run by its number, whatever policy of the instance it is of. */
export async function findPartialRun(
  db: Db,
  { connection, instance, id }: InstanceLocation & { readonly id: number },
): Promise<PartialRunJob | null> {
  const job = await showJob(db, partialRunType, id)
  return job?.connection === connection && job.instance === instance ? job : null
}
