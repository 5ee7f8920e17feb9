import { type Basket, tagsOf } from '../basket/basket'
import type { FoundTags } from '../basket/found-pages'

/** What of some repositories is in the basket, and of which of them not all. */
export interface Cut {
  /** Tags of theirs that are in it. */
  readonly held: number
  /** There was no room for all of their tags. */
  readonly partial: readonly string[]
  /** Their tags could not be read. */
  readonly unread: readonly string[]
}

export const isCut = ({ partial, unread }: Cut) => partial.length + unread.length > 0

/** `found`: null where it could not be read; what is not in it was not looked at, since the basket was full. */
export function cutOf(
  basket: Basket,
  paths: readonly string[],
  found: ReadonlyMap<string, Pick<FoundTags, 'images' | 'total' | 'complete'> | null>,
): Cut {
  const partial: string[] = []
  let held = 0
  for (const path of paths) {
    const answer = found.get(path)
    if (answer === null) continue
    const inside = new Set(tagsOf(basket, path).map(({ tag }) => tag))
    const count = answer?.images.filter(({ tag }) => inside.has(tag)).length ?? 0
    held += count
    if (!answer?.complete || count < answer.total) partial.push(path)
  }
  return { held, partial, unread: paths.filter((path) => found.get(path) === null) }
}
