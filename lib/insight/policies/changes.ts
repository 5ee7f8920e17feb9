import 'server-only'
import { maxPageSize as limit } from '../../contract/vocabulary'
import { parseTime } from '../../policy/schedule/instant'
import type { Page } from '../paginate'

/** A row of a list that SWR can sort by the time of its last change. */
export interface ChangingRow {
  readonly id?: number | undefined
  readonly created_at?: string | undefined
  readonly updated_at?: string | undefined
  readonly content_hash: string
}

type Ask<Row> = (page: { offset: number; limit: number }) => Promise<Page<Row>>

/** Two ways to page through one list. */
export interface Listing<Row> {
  /** Oldest first: what is new stands at the end. */
  readonly byCreation: Ask<Row>
  /** Changed last first. */
  readonly byChange: Ask<Row>
}

/** More is read anew as a whole. */
const most = { pages: 10, deleted: 5 }
/** Changes that are stored at the same time may be visible one after the other, and SWR's servers have a clock each. */
const overlapMs = 60_000

/** Nothing about a row has changed, as far as SWR says. */
export const isSame = (one: ChangingRow, other: ChangingRow): boolean =>
  one.content_hash !== '' &&
  one.content_hash === other.content_hash &&
  one.updated_at === other.updated_at &&
  one.created_at === other.created_at

export const byId = <Row extends ChangingRow>(rows: readonly Row[]): Map<number, Row> =>
  new Map(rows.flatMap((row) => (row.id === undefined ? [] : [[row.id, row]])))

const newestOf = (rows: readonly ChangingRow[]) =>
  rows.reduce((newest, { updated_at }) => Math.max(newest, parseTime(updated_at) ?? 0), 0)

/**
 * The list as it is now, from `before` and what has changed since: in one request when that is nothing. Null when it cannot
 * be told so: the order is not kept, times are missing, totals do not fit, or too much has changed. Rows that are as they
 * were stay the same objects; where all are, so does the list.
 */
export async function applyChanges<Row extends ChangingRow>(
  before: readonly Row[],
  { byChange, byCreation }: Listing<Row>,
): Promise<readonly Row[] | null> {
  const found = await changedSince(before, byChange)
  if (found === null) return null
  const { changed, total } = found
  if (changed.size === 0 && total === before.length) return before
  const rows = before.map((row) => {
    const now = row.id === undefined ? undefined : changed.get(row.id)
    if (now) changed.delete(now.id ?? 0)
    return now ?? row
  })
  const added = [...changed.values()].sort(
    (a, b) => (parseTime(a.created_at) ?? 0) - (parseTime(b.created_at) ?? 0) || (a.id ?? 0) - (b.id ?? 0),
  )
  const all = [...rows, ...added]
  return all.length === total ? all : await withoutDeleted(all, total, byCreation)
}

/**
 * Whether SWR has sorted by change, and not by something that mostly looks like it: what changed last as far as is known stands
 * among what was read, or is gone.
 */
function isInOrder(before: readonly ChangingRow[], seen: ReadonlySet<number>, until: number, total: number): boolean {
  const known = new Set(before.map(({ id }) => id))
  const added = [...seen].filter((id) => !known.has(id)).length
  const gone = before.length + added - total
  const missing = before.filter(
    ({ id, updated_at }) => (parseTime(updated_at) ?? 0) >= until && (id === undefined || !seen.has(id)),
  )
  return missing.length <= gone
}

/** Rows that are new or not as they were. */
async function changedSince<Row extends ChangingRow>(before: readonly Row[], ask: Ask<Row>) {
  const known = byId(before)
  const until = newestOf(before) - overlapMs
  const changed = new Map<number, Row>()
  const seen = new Set<number>()
  let [last, total] = [Number.POSITIVE_INFINITY, -1]
  for (let page = 0; page < most.pages; page++) {
    const answer = await ask({ offset: page * limit, limit })
    if (answer.total === undefined || (page > 0 && answer.total !== total)) return null
    total = answer.total
    for (const row of answer.rows) {
      const time = parseTime(row.updated_at)
      if (row.id === undefined || time === null || time > last) return null
      last = time
      seen.add(row.id)
      const old = known.get(row.id)
      if (!old || !isSame(old, row)) changed.set(row.id, row)
    }
    if (last < until || answer.rows.length < limit)
      return isInOrder(before, seen, until, total) ? { changed, total } : null
  }
  return null
}

/** Finds what is gone: everything that stands after it has moved up, so a page tells whether it is before or behind. */
async function withoutDeleted<Row extends ChangingRow>(expected: readonly Row[], total: number, ask: Ask<Row>) {
  const gone = expected.length - total
  if (gone < 0 || gone > most.deleted) return null
  const rows = [...expected]
  const pages = new Map<number, readonly Row[]>()
  const lastPage = Math.max(0, Math.ceil(total / limit) - 1)
  async function at(page: number): Promise<readonly Row[]> {
    const read = pages.get(page) ?? (await ask({ offset: page * limit, limit })).rows
    pages.set(page, read)
    return read
  }
  while (rows.length > total) {
    let [low, high] = [0, lastPage]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const read = await at(middle)
      if (read.at(-1)?.id === rows[middle * limit + read.length - 1]?.id) low = middle + 1
      else high = middle
    }
    const read = await at(low)
    const inPage = read.findIndex(({ id }, index) => id !== rows[low * limit + index]?.id)
    const place = low * limit + (inPage < 0 ? read.length : inPage)
    // Rows of one time have no order that lasts: the first that differs may only have moved.
    const isListed = [...pages.values()].some((page) => page.some(({ id }) => id === rows[place]?.id))
    if (isListed) return null
    rows.splice(place, 1)
  }
  const end = await at(lastPage)
  return end.length === total - lastPage * limit &&
    end.every(({ id }, index) => id === rows[lastPage * limit + index]?.id)
    ? rows
    : null
}
