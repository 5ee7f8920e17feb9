import 'server-only'
import { type Problem, problemOf } from '../contract/problem'
import { maxPageSize } from '../contract/vocabulary'

export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly total: number | undefined
}

export interface Pages<Row> {
  readonly rows: readonly Row[]
  /** False when a limit or a failure cut the list off. */
  readonly complete: boolean
  /** How many SWR counts, by its last answer. */
  readonly total?: number | undefined
  /** What stopped it half-way; the first page's failure is thrown instead. */
  readonly problem: Problem | null
}

interface Bounds {
  /** Pages that are asked for at once. */
  readonly parallel?: number
  /** Rows after which enough is enough. */
  readonly maxRows: number
}

/**
 * A whole list in pages of the largest size, some at a time. It ends with the first page that comes short, unless SWR counts
 * more: then with the first empty one, at which the official provider ends (docs/swr-api.md section 7). A `total` that is too
 * high is not believed here; who decides on deletion asks `allCounted`.
 */
export async function fetchAllPages<Row>(
  ask: (page: { offset: number; limit: number }) => Promise<Page<Row>>,
  { parallel = 4, maxRows }: Bounds,
): Promise<Pages<Row>> {
  const limit = maxPageSize
  const rows: Row[] = []
  let total: number | undefined
  const ended = (complete: boolean): Pages<Row> => ({
    rows: rows.slice(0, maxRows),
    complete: complete && rows.length <= maxRows,
    total,
    problem: null,
  })
  /** Whether nothing comes after this page. */
  const isLast = (page: Page<Row>): boolean => {
    rows.push(...page.rows)
    total = page.total ?? total
    return page.rows.length === 0 || (page.rows.length < limit && rows.length >= (total ?? 0))
  }
  if (isLast(await ask({ offset: 0, limit }))) return ended(true)
  const counted = total ?? maxRows
  for (let offset = limit; offset < maxRows; ) {
    const left = Math.ceil((counted - offset) / limit)
    const count = Math.min(Math.max(left, 1), parallel, Math.ceil((maxRows - offset) / limit))
    const offsets = Array.from({ length: count }, (_, index) => offset + index * limit)
    const pages = await Promise.allSettled(offsets.map((each) => ask({ offset: each, limit })))
    for (const page of pages) {
      if (page.status === 'rejected') return { ...ended(false), problem: problemOf(page.reason) }
      if (isLast(page.value)) return ended(true)
    }
    offset += count * limit
  }
  // Nobody has looked behind these: only a count that is just theirs says that there is no more.
  return ended(total === rows.length)
}

/** Where a list decides on what is deleted: one with fewer rows than SWR counts is not complete. */
export const allCounted = <Row>(pages: Pages<Row>): Pages<Row> => ({
  ...pages,
  complete: pages.complete && pages.rows.length >= (pages.total ?? 0),
})

/** A list that moves while it is paged through shows some rows twice. */
export function dedupe<Row extends { id?: number | undefined }>(pages: Pages<Row>): Pages<Row> {
  const seen = new Set<number>()
  const rows = pages.rows.filter(({ id }) => id === undefined || (!seen.has(id) && seen.add(id)))
  return { ...pages, rows }
}
