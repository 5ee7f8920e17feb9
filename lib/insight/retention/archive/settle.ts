import 'server-only'
import { problemOf } from '../../../contract/problem'
import { changeImages, imagesOf, type RetentionImageRow } from '../../../db/retention-images'
import { Later } from '../../../jobs/job'
import type { InstanceLocation } from '../../../routes'
import { withRetry } from '../../partial-runs/retry'
import type { Archive, RunContext } from '../job-types'
import { failuresIn } from './parts'
import { archiveSide, imagesAt, placeIn } from './side'

/* What became of copies that were under way: by digest where the archive can be listed, else by what SWR says of them. */

const looks = 5
const secondsBetweenLooks = 2

const sideOf = (context: RunContext, { registry }: Archive): Promise<InstanceLocation | null> => {
  const { connection, instance } = context.job
  return withRetry(context, () => archiveSide(context.actor, { connection, instance: instance ?? '' }, registry))
}

/** Digests of the archive's tags, of the places that are concerned. */
export async function digestsAt(
  context: RunContext,
  side: InstanceLocation,
  archive: Archive,
  images: readonly RetentionImageRow[],
  permit: () => Promise<void> = context.permit,
): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>()
  for (const place of new Set(images.map(({ repository }) => placeIn(archive, repository)))) {
    await permit()
    const found = await withRetry(context, () => imagesAt(context.actor, side, place))
    for (const { digest, tags } of found) for (const tag of tags) digests.set(`${place}:${tag}`, digest)
  }
  return digests
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
    const there = await digestsAt(context, side, archive, missing)
    missing = missing.filter(({ repository, tags, digest }) =>
      tags.some((tag) => there.get(`${placeIn(archive, repository)}:${tag}`) !== digest),
    )
  }
  return new Set(missing.map(({ index }) => index))
}

/** Enters what became of the copies of a run that goes on. */
export async function settle(context: RunContext, archive: Archive): Promise<void> {
  const { store, job } = context
  const images = await imagesOf(store.db, job.id, { copy: ['copying'] })
  const failureOf = failuresIn(job.data.copying.flatMap(({ parts }) => parts))
  const failures = new Map<number, string>()
  for (const { index, repository, tags } of images) {
    const failure = tags.map((tag) => failureOf(repository, tag)).find((each) => each !== null)
    if (failure != null) failures.set(index, failure)
  }
  const copied = images.filter(({ index }) => !failures.has(index))
  const side = await sideOf(context, archive)
  if (side) for (const index of await missingAt(context, side, archive, copied)) failures.set(index, 'archive_missing')
  const changes = images.map(({ index, repository }) => {
    const copyText = failures.get(index)
    return copyText === undefined
      ? { index, copy: side ? ('seen' as const) : ('unseen' as const), place: placeIn(archive, repository) }
      : { index, copy: 'failed' as const, copyText }
  })
  await context.change((tx, version) => changeImages(tx, job.id, version, changes))
}

/** Indexes of the images of which something is in the archive; what SWR says that it has copied may show a moment later. */
async function arrivedAt(
  context: RunContext,
  side: InstanceLocation,
  archive: Archive,
  images: readonly RetentionImageRow[],
  isAwaited: (image: RetentionImageRow) => boolean,
): Promise<Set<number>> {
  const arrived = new Set<number>()
  let missing = images
  for (let look = 0; look < looks && (look === 0 || missing.some(isAwaited)); look += 1) {
    if (look > 0) await context.sleep(secondsBetweenLooks)
    // Nobody may take a further step of the run. This is none.
    const there = await digestsAt(context, side, archive, missing, async () => context.check())
    const isThere = ({ repository, tags, digest }: RetentionImageRow) =>
      tags.some((tag) => there.get(`${placeIn(archive, repository)}:${tag}`) === digest)
    for (const image of missing) if (isThere(image)) arrived.add(image.index)
    missing = missing.filter(({ index }) => !arrived.has(index))
  }
  return arrived
}

/**
 * Enters what has arrived of the copies of a run that has ended before it deleted anything: they are the console's, and can be
 * deleted. Throws `Later` when the archive cannot be asked; after the deadline SWR's word has to do.
 */
export async function settleLeft(context: RunContext, archive: Archive, deadline: number): Promise<void> {
  const { store, job } = context
  const images = await imagesOf(store.db, job.id, { copy: ['copying'] })
  if (images.length === 0) return
  const parts = job.data.copying.flatMap((group) => group.parts)
  const failureOf = failuresIn(parts)
  const went = ({ repository, tags }: RetentionImageRow) => tags.some((tag) => failureOf(repository, tag) === null)
  const unclear = new Set(
    parts.flatMap(({ repository, tags, state }) =>
      state === 'unclear' ? tags.map((tag) => `${repository}:${tag}`) : [],
    ),
  )
  const isUnclear = ({ repository, tags }: RetentionImageRow) => tags.some((tag) => unclear.has(`${repository}:${tag}`))
  const look = async () => {
    const side = await sideOf(context, archive)
    return side && (await arrivedAt(context, side, archive, images, went))
  }
  const arrived = await look().catch((error: unknown) => {
    const isPassing = error instanceof Later && Date.now() < deadline
    if (isPassing || (!(error instanceof Later) && problemOf(error).code === 'unexpected')) throw error
    return null
  })
  const changes = images.map((image) => {
    const { index } = image
    if (arrived ? arrived.has(index) : went(image))
      return { index, copy: arrived ? ('seen' as const) : ('unseen' as const) }
    // It has not come, and will not, unless nobody knows how its copying ended: then its place says whose it would be.
    return { index, copy: 'waiting' as const, ...(!isUnclear(image) && { place: '' }) }
  })
  await context.change((tx, version) => changeImages(tx, job.id, version, changes))
}
