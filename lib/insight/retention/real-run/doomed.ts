import 'server-only'
import type { Decision } from '../../../contract/console/retention-vocabulary'
import type { RetentionImageRow } from '../../../db/retention-images'
import type { DecidedRow } from '../decided'

/* What a real run would delete now, and how far that is from what its dry run has shown. */

type Placed = Pick<DecidedRow, 'repository' | 'digest'> & Partial<Pick<DecidedRow, 'tags'>>
/** SWR may name an image by a tag alone. */
export const keyOf = ({ repository, digest, tags }: Placed): string =>
  `${repository}@${digest || `:${tags?.[0] ?? ''}`}`

/** What can be deleted of an image: each of its tags, or itself when it has none. */
const namesOf = (image: Placed & { readonly tags: readonly string[] }): string[] =>
  image.tags.length === 0 ? [keyOf(image)] : image.tags.map((tag) => `${keyOf(image)}:${tag}`)

export const countNames = (images: readonly { readonly tags: readonly string[] }[]): number =>
  images.reduce((sum, { tags }) => sum + Math.max(tags.length, 1), 0)

/** A policy copies by tag, and from what SWR lists: what has none, or is not there to be seen, goes without a copy. */
export const canBeCopied = ({ tags, because }: Pick<DecidedRow, 'tags' | 'because'>): boolean =>
  tags.length > 0 && because !== 'not_listed'

const isKept = ({ swr }: Pick<RetentionImageRow, 'swr'>) => swr === 'keep' || swr === 'immutable'
const mayGo = (decision: Decision) => decision === 'delete' || decision === 'unsure'

/**
 * Whether it may go by a dry run, and no copy of it can be made. What SWR keeps goes only where the console lists it, and is not
 * sure.
 */
export const goesUncopied = (shown: Pick<RetentionImageRow, 'tags' | 'because' | 'swr'>): boolean =>
  !canBeCopied(shown) && !(shown.because === 'not_listed' && isKept(shown))

/** Whether it may go by a dry run: only what SWR keeps, and the console keeps for sure, is safe. */
export const mayGoBy = (shown: Pick<RetentionImageRow, 'swr' | 'ours'>): boolean => !isKept(shown) || mayGo(shown.ours)

/**
 * Whether it goes now: the console says so or is not sure, or SWR did not keep it. SWR's word is of what it saw: where the
 * console has come to keep an image since, that has changed. Of what was not listed then the console had no opinion.
 */
function goes(now: DecidedRow, then: RetentionImageRow | undefined): boolean {
  if (mayGo(now.decision)) return true
  if (then === undefined || isKept(then)) return false
  return then.ours === now.decision || then.because === 'not_listed'
}

export interface Doomed {
  readonly images: readonly DecidedRow[]
  /** Names that were to be deleted and are not any more, and the other way round. */
  readonly changed: number
  /** Names that were to be deleted by the dry run. */
  readonly planned: number
}

/**
 * What SWR's dry run named and the listing of that moment lacked: that it is not listed now either does not say that it is gone.
 * SWR deletes what it finds.
 */
function unlistedOf(then: readonly RetentionImageRow[], now: readonly DecidedRow[]): DecidedRow[] {
  const listed = new Set(now.map(keyOf))
  return then
    .filter((image) => image.because === 'not_listed' && !isKept(image) && !listed.has(keyOf(image)))
    .map(({ repository, digest, tags, size, rule, because }) => {
      return {
        repository,
        digest,
        tags,
        size,
        pushed: 0,
        pulled: 0,
        decision: 'unsure',
        rule,
        because,
        immutable: null,
      }
    })
}

export function doomedNow(then: readonly RetentionImageRow[], now: readonly DecidedRow[]): Doomed {
  const known = new Map(then.map((image) => [keyOf(image), image]))
  const images = [...now.filter((image) => goes(image, known.get(keyOf(image)))), ...unlistedOf(then, now)]
  const planned = new Set(then.filter(({ swr }) => swr === 'delete').flatMap(namesOf))
  const unsure = new Set(then.filter((image) => image.swr !== 'delete' && mayGoBy(image)).flatMap(namesOf))
  const going = new Set(images.flatMap(namesOf))
  const gone = [...planned].filter((name) => !going.has(name)).length
  const added = [...going].filter((name) => !planned.has(name) && !unsure.has(name)).length
  return { images, changed: gone + added, planned: planned.size }
}

/** Whether the outcome has changed by more than a share of what was to be deleted; one name may always differ. */
export const isOutdated = ({ changed, planned }: Doomed, share: number): boolean =>
  changed > Math.max(1, share * planned)

/** Whether one person alone may not have so much deleted. */
export const isAboveCeiling = (
  { deleted, all }: { readonly deleted: number; readonly all: number },
  { ceilingTags, ceilingShare }: { readonly ceilingTags: number | null; readonly ceilingShare: number | null },
): boolean =>
  (ceilingTags !== null && deleted > ceilingTags) || (ceilingShare !== null && all > 0 && deleted / all > ceilingShare)
