import 'server-only'
import { consoleRoutes } from '../../../contract/console/operations'
import { allows } from '../../../contract/roles'
import type { Retention } from '../../../contract/swr/retention'
import {
  changeImages,
  imagesOf,
  insertImages,
  type NewImage,
  type RetentionImageRow,
  removeImages,
} from '../../../db/retention-images'
import { currentRole } from '../../../jobs/actor-role'
import { inUseOf } from '../../in-use/in-use'
import { withRetry } from '../../partial-runs/retry'
import { archiveSide } from '../archive/side'
import { retentionContentHash } from '../content-hash'
import type { DecidedRow } from '../decided'
import { immutableHashOf } from '../immutable-rules'
import type { RunContext, RunJob } from '../job-types'
import { toImage } from '../match-verdicts'
import { type RetentionPlace, readPolicy } from '../place'
import { canBeCopied, keyOf } from './doomed'
import { outcomeNow } from './outcome'
import { Refused } from './refused'

/* What has to hold before a run copies anything, and once more before it deletes. */

export const placeOfRun = ({ connection, instance, subject, data }: RunJob): RetentionPlace => ({
  connection,
  instance: instance ?? '',
  namespace: data.namespace,
  policy: Number(subject),
})

/** Throws `Refused` when other rules are saved than those of the dry run, or other immutable tag rules hold. */
export async function requireSameContent(context: RunContext, place: RetentionPlace): Promise<Retention> {
  const policy = await withRetry(context, () => readPolicy(context.actor, place))
  if (retentionContentHash(policy) !== context.job.data.content)
    throw new Refused('outdated', 'retention_content_changed')
  if ((await withRetry(context, () => immutableHashOf(context.actor, place))) !== context.job.data.immutable)
    throw new Refused('outdated', 'retention_immutable_changed')
  return policy
}

/**
 * Asks again whether who has agreed is still an admin. Throws `Refused` otherwise: then one person alone would have it deleted.
 * Who started the run is asked before each step of it.
 */
export async function requireConfirmer({ store, job }: RunContext): Promise<void> {
  const { confirmed } = job.data
  if (!confirmed) return
  const role = await currentRole(store.db, confirmed.id, job.connection)
  if (role === null || !allows(role, consoleRoutes.retentionRunConfirm))
    throw new Refused('above_ceiling', 'retention_confirmer_gone', confirmed.name)
}

/** What goes now, decided anew. Throws `Refused` when that is not what the dry run has shown. */
async function decideAgain(context: RunContext, place: RetentionPlace): Promise<readonly DecidedRow[]> {
  const { store, actor, job } = context
  const { data } = job
  await requireConfirmer(context)
  const policy = await requireSameContent(context, place)
  if (new Date(data.until).getTime() <= Date.now()) throw new Refused('outdated', 'retention_not_armed')
  const { images, isOutdated, isAboveCeiling } = await withRetry(context, () =>
    outcomeNow({ db: store.db, actor, place }, { policy, dryRun: data.dryRun }),
  )
  if (isOutdated) throw new Refused('outdated')
  if (isAboveCeiling && !data.confirmed) throw new Refused('above_ceiling')
  return images
}

/** Clusters of each image. Throws `Refused` when one stands in the way that no admin has accepted. */
async function clustersOf({ store, job, actor }: RunContext, images: readonly DecidedRow[]): Promise<string[][]> {
  const { byImage, old } = await inUseOf(store.db, job.connection, [...images])
  // An admin's word: who is none any more has given none.
  const accepted = allows(actor.role, { role: 'admin' }) ? job.data.accepted : { images: [], old: [] }
  const known = new Map(accepted.images.map((image) => [keyOf(image), image.clusters]))
  const isNew = (image: DecidedRow, cluster: string) => !known.get(keyOf(image))?.includes(cluster)
  if (images.some((image, index) => byImage[index]?.some((cluster) => isNew(image, cluster))))
    throw new Refused('in_use')
  const tooOld = old.filter((cluster) => !accepted.old.includes(cluster))
  if (tooOld.length > 0) throw new Refused('in_use_old', null, tooOld.join(', '))
  return byImage
}

/** The archive must not lie in what the run deletes from. */
async function requireArchiveApart(context: RunContext, place: RetentionPlace): Promise<void> {
  const { archive } = context.job.data
  if (!archive || archive.namespace !== place.namespace) return
  const side = await withRetry(context, () => archiveSide(context.actor, place, archive.registry))
  if (!side || (side.connection === place.connection && side.instance === place.instance))
    throw new Refused('copy_failed', 'archive_unusable')
}

const isSame = (a: readonly string[], b: readonly string[]) => a.toSorted().join(' ') === b.toSorted().join(' ')

/** Rows that have to change so that the run's are what goes now; a copy that was made stays a copy. */
function changesFor(known: readonly RetentionImageRow[], wanted: readonly NewImage[], copies: boolean) {
  const rows = new Map(known.map((row) => [keyOf(row), row]))
  const keys = new Set(wanted.map(keyOf))
  const gone = known.filter((row) => !keys.has(keyOf(row)))
  // One that was copied, and does not go after all, stays listed: until SWR has ended nobody knows what becomes of it.
  const isCopy = ({ copy }: RetentionImageRow) => copy === 'seen' || copy === 'unseen'
  const next = Math.max(-1, ...known.map(({ index }) => index)) + 1
  const added = wanted.filter((row) => !rows.has(keyOf(row))).map((row, at) => ({ ...row, index: next + at }))
  const changed = wanted.flatMap((row) => {
    const was = rows.get(keyOf(row))
    if (!was) return []
    const { tags, ours, rule, because, immutable, differs, inUse } = row
    const again = copies && canBeCopied(row) && !(isCopy(was) && isSame(was.tags, tags))
    const verdict = { ours, rule, because, immutable, differs }
    return [{ index: was.index, tags, ...verdict, inUse, ...(again && { copy: 'waiting' as const }) }]
  })
  return {
    removed: gone.filter((row) => !isCopy(row)).map(({ index }) => index),
    added,
    changed,
  }
}

/** Works out anew what goes, and enters it: each image that has no copy yet waits for one. Throws `Refused`. */
export async function prepare(context: RunContext): Promise<void> {
  const { store, job } = context
  const { data } = job
  const place = placeOfRun(job)
  await requireArchiveApart(context, place)
  const images = await decideAgain(context, place)
  const clusters = await clustersOf(context, images)
  const hopeless = images.find((image) => !canBeCopied(image))
  if ((hopeless || !data.archive) && !data.withoutCopy)
    throw new Refused('copy_failed', null, hopeless?.because === 'not_listed' ? 'not_listed' : 'untagged')
  const wanted = images.map(
    (image, index): NewImage => ({
      ...toImage(image, index, 'unknown', clusters[index] ?? []),
      differs: false,
      copy: data.archive && canBeCopied(image) ? 'waiting' : 'none',
      copyText: image.because === 'not_listed' ? 'not_listed' : '',
    }),
  )
  await context.permit()
  const known = await imagesOf(store.db, job.id)
  const { removed, added, changed } = changesFor(known, wanted, data.archive !== null)
  data.planned = {
    images: images.length,
    tags: images.reduce((sum, { tags }) => sum + tags.length, 0),
    bytes: images.reduce((sum, { size }) => sum + size, 0),
  }
  await context.change(async (tx, version) => {
    await removeImages(tx, job.id, removed)
    await changeImages(tx, job.id, version, changed)
    await insertImages(tx, job.id, version, added)
  })
}
