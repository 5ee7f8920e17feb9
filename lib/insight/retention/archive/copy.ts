import 'server-only'
import { randomBytes } from 'node:crypto'
import { and, eq, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm'
import { jobs } from '../../../db/job-tables'
import { withLease } from '../../../db/lease'
import { changeImages, imagesOf, type RetentionImageRow } from '../../../db/retention-images'
import { retentionImages } from '../../../db/retention-tables'
import { Later } from '../../../jobs/job'
import type { InstanceLocation } from '../../../routes'
import { withRetry } from '../../partial-runs/retry'
import { runParts } from '../../partial-runs/run-parts'
import { type Archive, type RunContext, runType } from '../job-types'
import { canBeNamed, parentOf, partsOf } from './parts'
import { digestsAt, settle, settleLeft } from './settle'
import { archiveEndpoint, archiveLease, archiveSide, placeIn, wasThere } from './side'

/*
 * Copies of what a run is about to delete. They go by the machinery of partial runs: pushed by temporary policies to the
 * archive's registry, and looked up there by digest where one of the console's connections can list it.
 */

/** Milliseconds after which nobody waits for a copy any more. */
const giveUpMs = 12 * 3_600_000
const deadlineOf = ({ job }: RunContext) => new Date(job.data.confirmed?.at ?? job.at).getTime() + giveUpMs
/** A run that begins in the same archive looks through it first. */
const [leaseSeconds, patienceSeconds] = [60, 600]

/** Codes for what SWR does not say; the screen has a text for each. */
export type CopyFailure = 'untagged' | 'odd_name' | 'archive_collision' | 'archive_taken' | 'archive_missing'

const instanceOf = ({ job }: RunContext): InstanceLocation => ({
  connection: job.connection,
  instance: job.instance ?? '',
})

const isCopy = inArray(retentionImages.copy, ['seen', 'unseen'])
const isToCome = inArray(retentionImages.copy, ['waiting', 'copying'])

/** Copies that exist, or are about to: of a run that has ended nothing is on its way. */
export const isClaim = or(isCopy, and(isToCome, isNull(jobs.endedAt)))

/** Of a run that has ended before anybody knew what became of this copy: if it is there, it is the console's. */
const isLate = and(isToCome, isNotNull(jobs.endedAt), ne(retentionImages.place, ''))

/** Digests under each name of the archive, by images of this run and copies of others; and which of these are the console's. */
async function claimed(context: RunContext, archive: Archive, endpoint: string, waiting: readonly RetentionImageRow[]) {
  const { db } = context.store
  const places = [...new Set(waiting.map(({ repository }) => placeIn(archive, repository)))]
  const names = new Map<string, Set<string>>()
  const add = (place: string, tags: readonly string[], digest: string) => {
    for (const tag of tags) names.set(`${place}:${tag}`, (names.get(`${place}:${tag}`) ?? new Set()).add(digest))
  }
  const own = new Set<string>()
  const earlier = await db
    .select({
      place: retentionImages.place,
      tags: retentionImages.tags,
      digest: retentionImages.digest,
      copyText: retentionImages.copyText,
      late: sql<boolean>`${isLate}`,
    })
    .from(retentionImages)
    .innerJoin(jobs, eq(jobs.id, retentionImages.job))
    .where(
      and(
        eq(jobs.kind, runType.kind),
        sql`${jobs.data}->>'endpoint' = ${endpoint}`,
        ne(jobs.id, context.job.id),
        inArray(retentionImages.place, places),
        or(isClaim, isLate),
      ),
    )
  for (const { place, tags, digest, copyText, late } of earlier) {
    if (!late) add(place, tags as string[], digest)
    if (copyText !== wasThere) for (const tag of tags as string[]) own.add(`${place}:${tag}@${digest}`)
  }
  for (const { repository, place, tags, digest, copyText } of waiting) {
    add(placeIn(archive, repository), tags, digest)
    // This run has copied it before, under other tags perhaps.
    if (place !== '' && copyText !== wasThere) for (const tag of tags) own.add(`${place}:${tag}@${digest}`)
  }
  return { names, own }
}

/** What cannot be copied without losing another copy, or cannot be named; and what stands there without the console's doing. */
async function look(
  context: RunContext,
  archive: Archive,
  waiting: readonly RetentionImageRow[],
  { side, endpoint }: { readonly side: InstanceLocation | null; readonly endpoint: string },
): Promise<{ readonly failures: Map<number, CopyFailure>; readonly standing: Set<number> }> {
  const failures = new Map<number, CopyFailure>()
  const standing = new Set<number>()
  const { names, own } = await claimed(context, archive, endpoint, waiting)
  const there = side && (await digestsAt(context, side, archive, waiting))
  for (const image of waiting) {
    const place = placeIn(archive, image.repository)
    if (!canBeNamed(image)) failures.set(image.index, image.tags.length === 0 ? 'untagged' : 'odd_name')
    else if (image.tags.some((tag) => (names.get(`${place}:${tag}`)?.size ?? 0) > 1))
      failures.set(image.index, 'archive_collision')
    else if (image.tags.some((tag) => (there?.get(`${place}:${tag}`) ?? image.digest) !== image.digest))
      failures.set(image.index, 'archive_taken')
    const isForeign = (name: string) => there?.get(name) === image.digest && !own.has(`${name}@${image.digest}`)
    if (image.tags.some((tag) => isForeign(`${place}:${tag}`))) standing.add(image.index)
  }
  return { failures, standing }
}

/** Makes ready what waits: what cannot be copied fails at once, and then nothing is begun. False then. */
async function begin(context: RunContext, archive: Archive): Promise<boolean> {
  const { store } = context
  const here = instanceOf(context)
  const side = await withRetry(context, () => archiveSide(context.actor, here, archive.registry))
  const endpoint = await withRetry(context, () => archiveEndpoint(context.actor, here, archive.registry, side))
  // Two runs that look at the same time would not see what the other is about to copy.
  const turn = (hold: () => Promise<void>) => beginAt(context, archive, { side, endpoint, hold })
  return await withLease(store.db, archiveLease(endpoint), leaseSeconds, turn, patienceSeconds)
}

async function beginAt(
  context: RunContext,
  archive: Archive,
  { side, endpoint, hold }: { side: InstanceLocation | null; endpoint: string; hold: () => Promise<void> },
): Promise<boolean> {
  const { store, job } = context
  const waiting = await imagesOf(store.db, job.id, { copy: ['waiting'] })
  if (waiting.length === 0) return true
  const { failures, standing } = await look(context, archive, waiting, { side, endpoint })
  await context.permit()
  await hold()
  if (failures.size > 0) {
    const failed = [...failures].map(([index, copyText]) => ({ index, copy: 'failed' as const, copyText }))
    await context.change((tx, version) => changeImages(tx, job.id, version, failed))
    return false
  }
  job.data.state = 'copying'
  job.data.endpoint = endpoint
  job.data.copying.push({
    token: randomBytes(6).toString('hex'),
    namespace: archive.namespace,
    // Where nobody can see what stands there, nothing of it is overwritten.
    override: side !== null,
    parts: partsOf(waiting),
  })
  const copying = waiting.map(({ index, repository }) => ({
    index,
    copy: 'copying' as const,
    copyText: standing.has(index) ? wasThere : '',
    place: placeIn(archive, repository),
  }))
  await context.change((tx, version) => changeImages(tx, job.id, version, copying))
  return true
}

/** Copies what waits to be copied, from wherever that stands. False: not each could be. */
export async function copyToArchive(context: RunContext, archive: Archive): Promise<boolean> {
  const { store, job } = context
  const underWay = await imagesOf(store.db, job.id, { copy: ['copying'] })
  if (underWay.length === 0 && !(await begin(context, archive))) return false
  await removeLeftovers(context, archive)
  await context.permit()
  await settle(context, archive)
  return (await imagesOf(store.db, job.id, { copy: ['failed', 'waiting', 'copying'] })).length === 0
}

/** Carries out the newest parts and removes temporary policies, also after somebody has stopped the run. */
async function removeLeftovers(context: RunContext, archive: Archive): Promise<void> {
  const { job } = context
  const last = job.data.copying.at(-1)
  if (!last) return
  const again = await runParts(context, {
    token: last.token,
    parent: parentOf('push', archive.registry, {
      name: job.data.name,
      namespace: last.namespace,
      override: last.override,
    }),
    parts: last.parts,
    reason: `Part of retention run ${job.id} of ${job.data.name}`,
    deadline: deadlineOf(context),
  })
  if (again !== null) throw new Later(again)
}

/** After a run that has ended before it deleted: its policies go, and what has arrived of its copies is entered as such. */
export async function tidyUpCopies(context: RunContext, archive: Archive): Promise<void> {
  await removeLeftovers(context, archive)
  await settleLeft(context, archive, deadlineOf(context))
}
