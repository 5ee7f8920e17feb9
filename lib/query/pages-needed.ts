import { maxPageSize } from '../contract/vocabulary'

/** Beyond so many pages of a list nobody looks through it as a whole. */
export const mostPages = 50

/** A page that is there: how many rows it has, and how many it says that there are in all. */
interface LoadedPage {
  readonly rows: number
  readonly total?: number | undefined
}

/**
 * How many of the largest pages a list has, as far as that is known of those that were asked for; undefined is one that is not
 * there yet. SWR promises no total: without one a full page means that there may be another.
 */
export function pagesNeeded(pages: readonly (LoadedPage | undefined)[]): number {
  const total = pages[0]?.total
  if (total !== undefined) return Math.max(Math.ceil(total / maxPageSize), 1)
  const last = pages.findIndex((page) => page === undefined || page.rows < maxPageSize)
  return (last === -1 ? pages.length : last) + 1
}
