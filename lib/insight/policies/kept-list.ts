import 'server-only'
import { maxRowsOfAnswer } from '../../cache'
import { problemOf } from '../../contract/problem'
import { maxPageSize } from '../../contract/vocabulary'
import { dedupe, fetchAllPages, type Pages } from '../paginate'
import { applyChanges, byId, type ChangingRow, isSame, type Listing } from './changes'

/** A list as it is kept, with what is known of how to bring it up to date. */
export interface KeptList<Row> extends Pages<Row> {
  /** When all of it was read last; what came after is read on top. */
  readonly readAt: number
  /** Requests that the last look took. */
  readonly calls: number
  /** A change was seen to move its row's time of change. */
  readonly proven: boolean
  /** Before that time changes are not trusted to move it: one did not. */
  readonly doubtedUntil: number
}

/** Shorter lists cost as much as a look at what has changed. */
const minRows = 3 * maxPageSize
/** What no time of change tells of heals after so long. */
const readAgainMs = 5 * 60_000
const doubtMs = 30 * 60_000

/** Rows that are as they were stay the same objects, so that what was worked out from them holds. */
function reused<Row extends ChangingRow>(before: readonly Row[], rows: readonly Row[]): readonly Row[] {
  const known = byId(before)
  const kept = rows.map((row) => {
    const old = known.get(row.id ?? Number.NaN)
    return old && isSame(old, row) ? old : row
  })
  return kept.length === before.length && kept.every((row, index) => row === before[index]) ? before : kept
}

/** What the differences between two lists say about times of change. */
function evidence(before: readonly ChangingRow[], rows: readonly ChangingRow[]) {
  const known = byId(before)
  let [moved, stood] = [false, false]
  for (const row of rows) {
    const old = known.get(row.id ?? Number.NaN)
    if (!old || old === row || old.content_hash === row.content_hash) continue
    if (old.updated_at === row.updated_at) stood = true
    else moved = true
  }
  return { moved, stood }
}

/** A list, read as a whole. */
export async function readList<Row extends ChangingRow>(
  ask: Listing<Row>['byCreation'],
  before: KeptList<Row> | undefined,
): Promise<KeptList<Row>> {
  const readAt = Date.now()
  let calls = 0
  const counted: typeof ask = (page) => {
    calls += 1
    return ask(page)
  }
  const pages = dedupe(await fetchAllPages(counted, { maxRows: maxRowsOfAnswer }))
  const rows = before ? reused(before.rows, pages.rows) : pages.rows
  const { moved, stood } = evidence(before?.rows ?? [], rows)
  return {
    ...pages,
    rows,
    readAt,
    calls,
    proven: before?.proven === true || moved,
    doubtedUntil: stood ? readAt + doubtMs : (before?.doubtedUntil ?? 0),
  }
}

/** Whether the changes alone will do. */
const isEnough = <Row>(before: KeptList<Row>, now: number) =>
  before.complete && before.rows.length >= minRows && now - before.readAt < readAgainMs && now >= before.doubtedUntil

/** SWR does not take the question, which says nothing about the list. */
function isRefusal(error: unknown): boolean {
  const { status = 0 } = problemOf(error).swr ?? {}
  return status === 400 || status === 422
}

/**
 * The list as it is now: what has changed is read on top of what is known, where SWR's order by time of change can be relied
 * on, else the whole. `written`: something of it was probably just changed by us, so that seeing nothing proves nothing.
 */
export async function refreshList<Row extends ChangingRow>(
  listing: Listing<Row>,
  before: KeptList<Row> | undefined,
  written: boolean,
): Promise<KeptList<Row>> {
  if (!before || !isEnough(before, Date.now())) return await readList(listing.byCreation, before)
  let calls = 0
  const counted =
    <Key extends keyof Listing<Row>>(key: Key): Listing<Row>[Key] =>
    (page) => {
      calls += 1
      return listing[key](page)
    }
  const changes = applyChanges(before.rows, { byChange: counted('byChange'), byCreation: counted('byCreation') })
  let isRefused = false
  const rows = await changes.catch((error: unknown) => {
    if (!isRefusal(error)) throw error
    isRefused = true
    return null
  })
  if (isRefused) return { ...(await readList(listing.byCreation, before)), doubtedUntil: Date.now() + doubtMs }
  if (rows === null || (written && rows === before.rows && !before.proven))
    return await readList(listing.byCreation, before)
  return { ...before, rows, calls, proven: before.proven || evidence(before.rows, rows).moved }
}
