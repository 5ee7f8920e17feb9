import 'server-only'
import type { Actor } from '../../../contract/actor'
import type { RetentionLimits } from '../../../contract/console/retention-settings'
import type { Retention } from '../../../contract/swr/retention'
import { countImages } from '../../../db/retention-counts'
import { imagesOf } from '../../../db/retention-images'
import { limitsOf } from '../../../db/retention-settings'
import type { Db } from '../../../db/schema'
import { imageName } from '../../../policy/retention/image-name'
import { requestSwr } from '../../../swr/client'
import { inUseOf, type NamedImage } from '../../in-use/in-use'
import { immutableHashOf } from '../immutable-rules'
import type { AcceptedUse, Amount, Archive, DryRunJob } from '../job-types'
import { runType } from '../job-types'
import { type Lock, type LockedContent, lockOf } from '../lock'
import { jobsOfPolicy } from '../open-jobs'
import type { RetentionPlace } from '../place'
import { totalsOf } from '../show'
import { countNames, goesUncopied, isAboveCeiling } from './doomed'

const maxExamples = 5

export interface Use {
  readonly images: number
  readonly examples: string[]
  readonly clusters: string[]
  /** Whose list is too old to be believed. */
  readonly old: string[]
}

/** Which of these images run somewhere: in short, and each with its clusters. */
export async function runningAmong(db: Db, connection: string, images: readonly NamedImage[]) {
  const { byImage, old } = await inUseOf(db, connection, [...images])
  const running = images.flatMap((image, index) => {
    const clusters = byImage[index] ?? []
    return clusters.length > 0 ? [{ ...image, clusters }] : []
  })
  const use: Use = {
    images: running.length,
    examples: running.slice(0, maxExamples).map(imageName),
    clusters: [...new Set(byImage.flat())].sort(),
    old: [...old],
  }
  return { use, running: running.map(({ repository, digest, clusters }) => ({ repository, digest, clusters })) }
}

/** What stands between a policy and a deletion, as far as its dry run says. */
interface Prospect {
  readonly limits: RetentionLimits
  readonly lock: Lock
  /** By the dry run. */
  readonly planned: Amount
  /** Where SWR and the console differ. */
  readonly differences: number
  /** Doomed images of which no copy can be made. */
  readonly uncopied: number
  readonly aboveCeiling: boolean
  readonly use: Use
  /** Of what goes, with its clusters. */
  readonly running: AcceptedUse['images']
}

/** What a real run would meet now, apart from what its namespace holds. */
export interface Gate extends Prospect {
  readonly archive: Archive | null
  /** A real run that has not ended. */
  readonly open: number | null
}

async function archiveOf(
  actor: Actor,
  { connection, instance }: RetentionPlace,
  { archive }: RetentionLimits,
): Promise<Archive | null> {
  if (!archive) return null
  const params = { instance_id: instance, registry_id: String(archive.registry) }
  // One that cannot be read is named all the same: a run will say what is wrong with it.
  const { name } = await requestSwr(actor, connection, 'registryShow', { params }).catch(() => ({ name: undefined }))
  return { ...archive, name: name ?? `#${archive.registry}` }
}

async function plannedBy(db: Db, dryRun: DryRunJob | null, limits: RetentionLimits) {
  const counts = dryRun && (await countImages(db, [dryRun.id])).get(dryRun.id)
  if (!dryRun || !counts)
    return { planned: { images: 0, tags: 0, bytes: 0 }, aboveCeiling: false, differences: 0, doomed: [] }
  const all = Object.values(counts.swr).reduce((sum, { names }) => sum + names, 0)
  const doomed = await imagesOf(db, dryRun.id, { mayGo: true })
  return {
    planned: totalsOf(counts).delete,
    aboveCeiling: isAboveCeiling({ deleted: countNames(doomed), all }, limits),
    differences: counts.differences,
    doomed,
  }
}

/** Of rules that are saved, or that are about to be. */
export async function prospectOf(
  db: Db,
  actor: Actor,
  place: RetentionPlace,
  content: LockedContent,
): Promise<Prospect> {
  const [limits, immutable] = await Promise.all([
    limitsOf(db, place.connection, place.instance),
    immutableHashOf(actor, place),
  ])
  const lock = await lockOf(db, place, content, { hours: limits.dryRunHours, immutable })
  const { doomed, ...planned } = await plannedBy(db, lock.dryRun, limits)
  const used = await runningAmong(db, place.connection, doomed)
  const uncopied = doomed.filter(goesUncopied).length
  return { limits, lock, ...planned, uncopied, ...used }
}

export async function gateOf(db: Db, actor: Actor, place: RetentionPlace, policy: Retention): Promise<Gate> {
  const prospect = await prospectOf(db, actor, place, policy)
  const [archive, [open]] = await Promise.all([
    archiveOf(actor, place, prospect.limits),
    jobsOfPolicy(db, runType, place, { open: true, limit: 1 }),
  ])
  return { ...prospect, archive, open: open?.id ?? null }
}
