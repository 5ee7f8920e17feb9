import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import { maxSyncTags } from '@/lib/contract/console/sync-vocabulary'

export type FoundTags = ConsoleOutput<'syncTagSearch'>

/** What was found on all pages together. Of the images as many as a job takes: a basket has no room for more. */
export function joinPages(pages: readonly [FoundTags, ...FoundTags[]]): FoundTags {
  const { matching, next } = pages.at(-1) ?? pages[0]
  const sum = (of: 'total' | 'repositories') => pages.reduce((count, page) => count + page[of], 0)
  return {
    at: pages.reduce((oldest, { at }) => (at < oldest ? at : oldest), pages[0].at),
    images: pages.length === 1 ? pages[0].images : pages.flatMap(({ images }) => images).slice(0, maxSyncTags),
    ...{ total: sum('total'), repositories: sum('repositories'), matching, next },
    complete: pages.every(({ complete }) => complete),
  }
}

/** Nothing behind it could be added, whatever is in the basket. */
export const isFilled = ({ images }: FoundTags) => images.length >= maxSyncTags
