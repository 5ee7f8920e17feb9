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
 * A whole list in pages of the largest size, some at a time. `total` only says how many to ask for at once: pages are asked
 * for until one comes short, as the official provider does (docs/swr-api.md section 7).
 */
export async function fetchAllPages<Row>(
  ask: (page: { offset: number; limit: number }) => Promise<Page<Row>>,
  { parallel = 4, maxRows }: Bounds,
): Promise<Pages<Row>> {
  const limit = maxPageSize
  const rows: Row[] = []
  const ended = (complete: boolean): Pages<Row> => ({
    rows: rows.slice(0, maxRows),
    complete: complete && rows.length <= maxRows,
    problem: null,
  })
  const first = await ask({ offset: 0, limit })
  rows.push(...first.rows)
  if (first.rows.length < limit) return ended(true)
  for (let offset = limit; offset < maxRows; ) {
    const left = first.total === undefined ? parallel : Math.ceil((first.total - offset) / limit)
    const count = Math.min(Math.max(left, 1), parallel, Math.ceil((maxRows - offset) / limit))
    const offsets = Array.from({ length: count }, (_, index) => offset + index * limit)
    const pages = await Promise.allSettled(offsets.map((each) => ask({ offset: each, limit })))
    for (const page of pages) {
      if (page.status === 'rejected') return { ...ended(false), problem: problemOf(page.reason) }
      rows.push(...page.value.rows)
      if (page.value.rows.length < limit) return ended(true)
    }
    offset += count * limit
  }
  return ended(first.total !== undefined && first.total <= maxRows)
}

/** A list that moves while it is paged through shows some rows twice. */
export function dedupe<Row extends { id?: number | undefined }>(pages: Pages<Row>): Pages<Row> {
  const seen = new Set<number>()
  const rows = pages.rows.filter(({ id }) => id === undefined || (!seen.has(id) && seen.add(id)))
  return { ...pages, rows }
}
