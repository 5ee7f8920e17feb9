import 'server-only'
import { randomBytes } from 'node:crypto'
import { and, eq, inArray, ne } from 'drizzle-orm'
import { jobs } from '../../../db/job-tables'
import { changeImages, imagesOf, type RetentionImageRow } from '../../../db/retention-images'
import { retentionImages } from '../../../db/retention-tables'
import { Later } from '../../../jobs/job'
import { destinationOf } from '../../../policy/replication/destination'
import type { InstanceLocation } from '../../../routes'
import { withRetry } from '../../partial-runs/retry'
import { runParts } from '../../partial-runs/run-parts'
import { type Archive, type RunContext, runType } from '../job-types'
import { canBeNamed, failuresIn, parentOf, partsOf } from './parts'
import { archiveSide, imagesAt } from './side'

/*
 * Copies of what a run is about to delete. They go by the machinery of partial runs: pushed by temporary policies to the
 * archive's registry, and looked up there by digest where one of the console's connections can list it.
 */

/** Milliseconds after which nobody waits for a copy any more. */
const giveUpMs = 12 * 3_600_000
const looks = 5
const secondsBetweenLooks = 2

/** Codes for what SWR does not say; the screen has a text for each. */
export type CopyFailure = 'untagged' | 'odd_name' | 'archive_collision' | 'archive_taken' | 'archive_missing'

const instanceOf = ({ job }: RunContext): InstanceLocation => ({
  connection: job.connection,
  instance: job.instance ?? '',
})

export const placeIn = ({ namespace }: Pick<Archive, 'namespace'>, repository: string): string =>
  destinationOf({ dest_namespace: namespace }, repository)

/** Digests under each name of the archive, by images of this run and copies of others. */
async function claimed(context: RunContext, archive: Archive, waiting: readonly RetentionImageRow[]) {
  const { db } = context.store
  const places = [...new Set(waiting.map(({ repository }) => placeIn(archive, repository)))]
  const names = new Map<string, Set<string>>()
  const add = (place: string, tags: readonly string[], digest: string) => {
    for (const tag of tags) names.set(`${place}:${tag}`, (names.get(`${place}:${tag}`) ?? new Set()).add(digest))
  }
  const { connection, instance } = instanceOf(context)
  const earlier = await db
    .select({ place: retentionImages.place, tags: retentionImages.tags, digest: retentionImages.digest })
    .from(retentionImages)
    .innerJoin(jobs, eq(jobs.id, retentionImages.job))
    .where(
      and(
        eq(jobs.kind, runType.kind),
        eq(jobs.connection, connection),
        eq(jobs.instance, instance),
        ne(jobs.id, context.job.id),
        inArray(retentionImages.place, places),
        inArray(retentionImages.copy, ['seen', 'unseen']),
      ),
    )
  for (const { place, tags, digest } of earlier) add(place, tags as string[], digest)
  for (const { repository, tags, digest } of waiting) add(placeIn(archive, repository), tags, digest)
  return names
}

/** What cannot be copied without losing another copy, or cannot be named. */
async function impossible(
  context: RunContext,
  archive: Archive,
  waiting: readonly RetentionImageRow[],
  side: InstanceLocation | null,
): Promise<Map<number, CopyFailure>> {
  const failures = new Map<number, CopyFailure>()
  const names = await claimed(context, archive, waiting)
  const there = await listed(context, side, archive, waiting)
  for (const image of waiting) {
    const place = placeIn(archive, image.repository)
    if (!canBeNamed(image)) failures.set(image.index, image.tags.length === 0 ? 'untagged' : 'odd_name')
    else if (image.tags.some((tag) => (names.get(`${place}:${tag}`)?.size ?? 0) > 1))
      failures.set(image.index, 'archive_collision')
    else if (image.tags.some((tag) => (there?.get(`${place}:${tag}`) ?? image.digest) !== image.digest))
      failures.set(image.index, 'archive_taken')
  }
  return failures
}

/** Digests of the archive's tags, of the places that are concerned; null where it cannot be listed. */
async function listed(
  context: RunContext,
  side: InstanceLocation | null,
  archive: Archive,
  images: readonly RetentionImageRow[],
): Promise<Map<string, string> | null> {
  if (!side) return null
  const digests = new Map<string, string>()
  for (const place of new Set(images.map(({ repository }) => placeIn(archive, repository)))) {
    await context.permit()
    const found = await withRetry(context, () => imagesAt(context.actor, side, place))
    for (const { digest, tags } of found) for (const tag of tags) digests.set(`${place}:${tag}`, digest)
  }
  return digests
}

/** Makes ready what waits: what cannot be copied fails at once, and then nothing is begun. False then. */
async function begin(context: RunContext, archive: Archive): Promise<boolean> {
  const { store, job } = context
  const waiting = await imagesOf(store.db, job.id, { copy: ['waiting'] })
  if (waiting.length === 0) return true
  const side = await withRetry(context, () => archiveSide(context.actor, instanceOf(context), archive.registry))
  const failures = await impossible(context, archive, waiting, side)
  await context.permit()
  if (failures.size > 0) {
    const failed = [...failures].map(([index, copyText]) => ({ index, copy: 'failed' as const, copyText }))
    await context.change((tx, version) => changeImages(tx, job.id, version, failed))
    return false
  }
  job.data.state = 'copying'
  job.data.copying.push({
    token: randomBytes(6).toString('hex'),
    namespace: archive.namespace,
    parts: partsOf(waiting),
  })
  const copying = waiting.map(({ index }) => ({ index, copy: 'copying' as const }))
  await context.change((tx, version) => changeImages(tx, job.id, version, copying))
  return true
}

/** Whether each copy is at the archive, by digest: it may show there a moment later. */
async function missingAt(
  context: RunContext,
  side: InstanceLocation,
  archive: Archive,
  images: readonly RetentionImageRow[],
): Promise<Set<number>> {
  let missing = images
  for (let look = 0; look < looks && missing.length > 0; look += 1) {
    if (look > 0) await context.sleep(secondsBetweenLooks)
    const there = await listed(context, side, archive, missing)
    missing = missing.filter(({ repository, tags, digest }) =>
      tags.some((tag) => there?.get(`${placeIn(archive, repository)}:${tag}`) !== digest),
    )
  }
  return new Set(missing.map(({ index }) => index))
}

/** What became of the copies that were under way. */
async function settle(context: RunContext, archive: Archive): Promise<void> {
  const { store, job } = context
  const images = await imagesOf(store.db, job.id, { copy: ['copying'] })
  const failureOf = failuresIn(job.data.copying.flatMap(({ parts }) => parts))
  const failures = new Map<number, string>()
  for (const { index, repository, tags } of images) {
    const failure = tags.map((tag) => failureOf(repository, tag)).find((each) => each !== null)
    if (failure != null) failures.set(index, failure)
  }
  const copied = images.filter(({ index }) => !failures.has(index))
  const side = await withRetry(context, () => archiveSide(context.actor, instanceOf(context), archive.registry))
  if (side) for (const index of await missingAt(context, side, archive, copied)) failures.set(index, 'archive_missing')
  const changes = images.map(({ index, repository }) => {
    const copyText = failures.get(index)
    return copyText === undefined
      ? { index, copy: side ? ('seen' as const) : ('unseen' as const), place: placeIn(archive, repository) }
      : { index, copy: 'failed' as const, copyText }
  })
  await context.change((tx, version) => changeImages(tx, job.id, version, changes))
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
export async function removeLeftovers(context: RunContext, archive: Archive): Promise<void> {
  const { job } = context
  const last = job.data.copying.at(-1)
  if (!last) return
  const again = await runParts(context, {
    token: last.token,
    parent: parentOf('push', archive.registry, { name: job.data.name, namespace: last.namespace, override: true }),
    parts: last.parts,
    reason: `Part of retention run ${job.id} of ${job.data.name}`,
    deadline: new Date(job.data.confirmed?.at ?? job.at).getTime() + giveUpMs,
  })
  if (again !== null) throw new Later(again)
}
