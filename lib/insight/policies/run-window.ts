import 'server-only'
import type { Execution } from '../../contract/swr/replication'
import { maxPageSize as limit } from '../../contract/vocabulary'
import { readStatus } from '../../policy/runs/status'
import { parseTime } from '../../policy/schedule/instant'
import { fetchAllPages, type Page } from '../paginate'

/** The latest runs of an instance without a gap, as far back as they were read. */
export interface RunWindow {
  readonly rows: readonly Execution[]
  /** Every run that SWR has. */
  readonly complete: boolean
  /** SWR can be relied on to list the newest first: then what is known need not be read again. */
  readonly newestFirst: boolean
  /** When the newest `maxReadAgain` were read last. */
  readonly readAt: number
}

export type ListRuns = (query: { offset: number; limit: number; policy_id?: number }) => Promise<Page<Execution>>

/** Runs that are read at first, again every minute, and further back with each look. */
export const maxReadAgain = 1_000
const readAgainMs = 60_000
/** About 600 bytes each. */
const maxKept = 30_000
/** So far down are runs that move looked for between two readings. */
const maxShallowPages = 3

export const startOf = ({ created_at }: Execution): number => parseTime(created_at) ?? 0
export const isMoving = ({ status }: Execution): boolean => readStatus(status).phase === 'running'

/** The next look brings more of the past. */
export const canReadFurther = ({ rows, complete, newestFirst }: RunWindow): boolean =>
  newestFirst && !complete && rows.length < maxKept

const isNewestFirst = (runs: readonly Execution[]) =>
  runs.every((run, index) => index === 0 || startOf(runs[index - 1] ?? run) >= startOf(run))

/** As text: what changes of a run is in its own few fields. */
const isSameRun = (one: Execution, other: Execution) =>
  one.updated_at === other.updated_at && one.status === other.status && JSON.stringify(one) === JSON.stringify(other)

/** Rows that are as they were stay the same objects. */
function reused(rows: readonly Execution[], before: readonly Execution[]): readonly Execution[] {
  const ids = new Set(rows.map(({ id }) => id))
  const known = new Map(before.flatMap((run) => (ids.has(run.id) ? [[run.id, run]] : [])))
  return rows.map((run) => {
    const old = run.id === undefined ? undefined : known.get(run.id)
    return old && isSameRun(old, run) ? old : run
  })
}

/**
 * `top`: the newest rows. Followed by what is known after the last of them that was known; null where none was, `known` itself
 * where nothing has changed.
 */
function joined(top: readonly Execution[], known: readonly Execution[]): readonly Execution[] | null {
  const ids = new Set(top.map(({ id }) => id))
  const place = known.findLastIndex(({ id }) => ids.has(id))
  if (place < 0) return null
  const isAsBefore = place === top.length - 1 && top.every((run, index) => run === known[index])
  return isAsBefore ? known : [...top, ...known.slice(place + 1)]
}

/** The newest pages, down to what is known and, as far as that is not deep, to the oldest run that moves. */
async function readTop(list: ListRuns, known: readonly Execution[]): Promise<readonly Execution[]> {
  const ids = new Set(known.slice(0, 2 * maxReadAgain).map(({ id }) => id))
  const moving = new Set(known.slice(0, maxShallowPages * limit).flatMap((run) => (isMoving(run) ? [run.id] : [])))
  const top: Execution[] = []
  for (let page = 0; page * limit < maxReadAgain; page++) {
    const { rows } = await list({ offset: page * limit, limit })
    top.push(...rows)
    for (const { id } of rows) moving.delete(id)
    const isJoined = rows.some(({ id }) => ids.has(id))
    if (rows.length < limit || (isJoined && (moving.size === 0 || page + 1 >= maxShallowPages))) break
  }
  return top
}

/** Some more of the past, from a page on that holds the last run that is known. */
async function readFurther(list: ListRuns, known: readonly Execution[]): Promise<Omit<RunWindow, 'readAt'>> {
  const rows = [...known]
  // What was known is in order.
  const isInOrder = () => isNewestFirst(rows.slice(known.length - 1))
  const ids = new Set(known.map(({ id }) => id))
  const from = Math.floor((rows.length - 1) / limit)
  for (let page = from; (page - from) * limit <= maxReadAgain && rows.length < maxKept; page++) {
    const answer = await list({ offset: page * limit, limit })
    const [first] = answer.rows
    // Something is gone from the list: between the two may be what nobody has seen.
    if (page === from && first && !ids.has(first.id)) return { rows: [], complete: false, newestFirst: false }
    for (const run of answer.rows) {
      if (run.id === undefined || ids.has(run.id)) continue
      ids.add(run.id)
      rows.push(run)
    }
    if (answer.rows.length < limit) return { rows, complete: true, newestFirst: isInOrder() }
  }
  return { rows: rows.slice(0, maxKept), complete: false, newestFirst: isInOrder() }
}

/** The newest again, as many as are read at once. */
async function readAgain(list: ListRuns, readAt: number): Promise<RunWindow> {
  const { rows, complete } = await fetchAllPages(list, { maxRows: maxReadAgain })
  return { rows, complete, newestFirst: isNewestFirst(rows), readAt }
}

/**
 * The window as it is now. What was seen once is not read again, but for the newest, which change while they move. Runs that
 * cannot be told apart, or that come in no order, are read anew each time. `written`: we have started or stopped one since.
 */
export async function readWindow(
  list: ListRuns,
  before: RunWindow | undefined,
  now: number,
  written = false,
): Promise<RunWindow> {
  const isKnown = before?.newestFirst === true && before.rows.every(({ id }) => id !== undefined)
  if (!isKnown || before.rows.length <= limit) {
    const window = await readAgain(list, now)
    return before ? { ...window, rows: reused(window.rows, before.rows) } : window
  }
  const isDue = written || now - before.readAt >= readAgainMs
  const fresh = isDue ? await readAgain(list, now) : null
  const top = reused(fresh?.rows ?? (await readTop(list, before.rows)), before.rows)
  const rows = isNewestFirst(top) ? joined(top, before.rows) : null
  if (rows === null) return fresh ? { ...fresh, rows: top } : await readAgain(list, now)
  const readAt = isDue ? now : before.readAt
  if (before.complete || fresh?.complete || rows.length >= maxKept)
    return {
      rows: rows.length > maxKept ? rows.slice(0, maxKept) : rows,
      complete: (before.complete || fresh?.complete === true) && rows.length <= maxKept,
      newestFirst: true,
      readAt,
    }
  const further = await readFurther(list, rows)
  return further.newestFirst ? { ...further, readAt } : await readAgain(list, now)
}
