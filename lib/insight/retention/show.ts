import 'server-only'
import type { DryRun, RetentionImage, RetentionRun } from '../../contract/console/retention-runs'
import { ProblemError } from '../../contract/problem'
import { countImages, type ImageCounts } from '../../db/retention-counts'
import { listImages, type RetentionImageRow } from '../../db/retention-images'
import { limitsOf } from '../../db/retention-settings'
import type { Db } from '../../db/schema'
import type { Job, JobType } from '../../jobs/job'
import { showJob } from '../../jobs/store'
import type { ConsoleRequest } from '../handler'
import { type Amount, type DryRunJob, dryRunType, type RunData, type RunJob } from './job-types'
import type { RetentionPlace } from './place'

/* Dry runs and real runs as people see them. */

const hourMs = 3_600_000
const dayMs = 24 * hourMs

const sum = (...amounts: readonly Amount[]): Amount => ({
  images: amounts.reduce((all, { images }) => all + images, 0),
  tags: amounts.reduce((all, { tags }) => all + tags, 0),
  bytes: amounts.reduce((all, { bytes }) => all + bytes, 0),
})

const less = (all: Amount, part: Amount): Amount => ({
  images: all.images - part.images,
  tags: all.tags - part.tags,
  bytes: all.bytes - part.bytes,
})

/** Kept is what SWR keeps and the console is sure of. */
export const totalsOf = ({ swr, doubtful, differences }: ImageCounts) => ({
  keep: less(sum(swr.keep, swr.immutable), doubtful),
  delete: sum(swr.delete),
  unknown: sum(swr.unknown, swr.error, doubtful),
  differences,
})

async function countsOf(db: Db, job: number): Promise<ImageCounts> {
  const counts = (await countImages(db, [job])).get(job)
  if (!counts) throw new Error(`the images of job ${job} were not counted`)
  return counts
}

/** When a dry run's verdicts are of. */
export const takenAt = ({ at, data }: DryRunJob): Date => (data.mark ? new Date(data.mark.at) : at)

/** Until when a finished one opens the lock. */
export const opensUntil = (job: DryRunJob, hours: number): Date => new Date(takenAt(job).getTime() + hours * hourMs)

/** One that was stopped before it came to an end has failed. */
export function dryRunState({ data, endedAt }: DryRunJob) {
  if (data.state !== 'running' || !endedAt) return { state: data.state, failure: data.failure }
  return { state: 'failed' as const, failure: 'scope_right_lost' }
}

const startedOf = (job: DryRunJob | RunJob) => ({
  id: job.id,
  at: job.at.toISOString(),
  endedAt: job.endedAt?.toISOString() ?? null,
  actorId: job.actorId,
  actorName: job.actorName,
  reason: job.reason,
  content: job.data.content,
  execution: job.data.execution,
  text: job.data.text,
  version: job.version,
})

export async function toDryRun(db: Db, job: DryRunJob): Promise<DryRun> {
  const { dryRunHours } = await limitsOf(db, job.connection, job.instance ?? '')
  const { seen, repositories, warnings } = job.data
  const { state, failure } = dryRunState(job)
  return {
    ...startedOf(job),
    state,
    failure,
    totals: totalsOf(await countsOf(db, job.id)),
    warnings,
    repositories,
    seen: seen && { name: seen.name, at: seen.at },
    until: state === 'done' ? opensUntil(job, dryRunHours).toISOString() : null,
  }
}

const started: readonly RunData['state'][] = ['deleting', 'done', 'failed', 'unknown']

export async function toRun(db: Db, job: RunJob): Promise<RetentionRun> {
  const { data, stop } = job
  const counts = await countsOf(db, job.id)
  const isStarted = started.includes(data.state)
  const { copy, restore } = counts
  const copied = (copy.seen ?? 0) + (copy.unseen ?? 0) + (copy.removed ?? 0)
  return {
    ...startedOf(job),
    state: data.state,
    block: data.block,
    failure: data.failure,
    dryRun: data.dryRun,
    stopped: stop && { ...stop, at: stop.at.toISOString() },
    confirmed: data.confirmed && { name: data.confirmed.name, at: data.confirmed.at },
    aboveCeiling: data.aboveCeiling,
    archive: data.archive && {
      registry: data.archive.registry,
      name: data.archive.name,
      namespace: data.archive.namespace,
      until: new Date((job.endedAt ?? job.at).getTime() + data.archive.days * dayMs).toISOString(),
    },
    agreed: { ...data.agreed, withoutCopy: data.withoutCopy },
    planned: data.planned,
    deleted: isStarted ? sum(counts.swr.delete) : sum(),
    left: {
      kept: isStarted ? sum(counts.swr.keep, counts.swr.immutable) : sum(),
      failed: isStarted ? sum(counts.swr.error) : sum(),
      unknown: isStarted ? sum(counts.swr.unknown) : sum(),
    },
    copies: {
      done: copied,
      failed: copy.failed ?? 0,
      total: copied + (copy.failed ?? 0) + (copy.waiting ?? 0) + (copy.copying ?? 0),
    },
    restores: {
      done: (restore.restored ?? 0) + (restore.unseen ?? 0),
      failed: restore.failed ?? 0,
      waiting: (restore.waiting ?? 0) + (restore.copying ?? 0),
    },
  }
}

const timeOf = (time: Date | null) => time?.toISOString() ?? null

const toImage = ({
  job: _job,
  version: _version,
  copiedAt: _at,
  place: _place,
  pushed,
  pulled,
  tags,
  inUse,
  ...image
}: RetentionImageRow): RetentionImage => ({
  ...image,
  tags: [...tags],
  inUse: [...inUse],
  pushed: timeOf(pushed),
  pulled: timeOf(pulled),
})

export async function imagePage(
  db: Db,
  job: number,
  query: ConsoleRequest<'retentionRunImageList'>['query'],
  { foretold = false }: { readonly foretold?: boolean } = {},
) {
  const { rows, total } = await listImages(db, job, { ...query, foretold })
  return { rows: rows.map(toImage), total }
}

/** Throws `job_unknown` when it is no job of this policy. */
export async function jobOfPolicy<Data extends { readonly namespace: string }>(
  db: Db,
  type: JobType<Data>,
  { connection, instance, namespace, policy }: RetentionPlace,
  id: number,
): Promise<Job<Data>> {
  const job = await showJob(db, type, id)
  const isOfPolicy =
    job?.connection === connection &&
    job.instance === instance &&
    job.subject === String(policy) &&
    job.data.namespace === namespace
  if (!job || !isOfPolicy) throw new ProblemError({ status: 404, code: 'job_unknown' })
  return job
}

export const dryRunOf = (db: Db, place: RetentionPlace, id: number): Promise<DryRunJob> =>
  jobOfPolicy(db, dryRunType, place, id)
