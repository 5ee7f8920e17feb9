import 'server-only'
import { LRUCache } from 'lru-cache'
import type { Replication } from '../../contract/swr/replication'
import { globalSlot } from '../../global-slot'
import { remoteOf } from '../../policy/replication/request'
import type { ConsoleRequest } from '../handler'
import { sorted } from '../sort'
import { slicesWithoutEnd } from '../time-slice'
import type { LatestRuns } from './latest-runs'
import { keepListMs } from './policies'
import { type KnownRow, type PolicyRows, rowsOf } from './policy-rows'

type Query = ConsoleRequest<'replicationIndex'>['query']
type Sort = Query['sort']
type Filters = Omit<Query, 'offset' | 'limit' | 'sort' | 'order'>

/** Both ascending. Rows without the value come last, whichever way the others go. */
interface Order {
  readonly present: readonly KnownRow[]
  readonly missing: readonly KnownRow[]
}

const names = new Intl.Collator('en', { numeric: true })
const idOf = ({ policy: { id = 0 } }: KnownRow) => id

const keyOf = ({ policy, times }: KnownRow, sort: Sort): string | number | null =>
  sort === 'name' ? (policy.name ?? null) : times[sort]

const compareKeys = (a: string | number, b: string | number) =>
  typeof a === 'number' && typeof b === 'number' ? a - b : names.compare(String(a), String(b))

/** `before`: an earlier order of most of them, which makes sorting cheap. */
async function orderOf(rows: readonly KnownRow[], sort: Sort, before: Order | undefined): Promise<Order> {
  const taken = new Set<KnownRow>()
  const byId = new Map(rows.map((row) => [row.policy.id, row]))
  const again = (before?.present ?? []).flatMap(({ policy: { id } }) => {
    const row = id === undefined ? undefined : byId.get(id)
    if (!row || taken.has(row)) return []
    taken.add(row)
    return [row]
  })
  const keyed = [...again, ...rows.filter((row) => !taken.has(row))].map((row) => ({ row, key: keyOf(row, sort) }))
  const present = keyed.flatMap(({ row, key }) => (key === null ? [] : [{ row, key }]))
  const ordered = await sorted(present, (a, b) => compareKeys(a.key, b.key) || idOf(a.row) - idOf(b.row))
  return {
    present: ordered.map(({ row }) => row),
    missing: keyed.flatMap(({ row, key }) => (key === null ? [row] : [])).sort((a, b) => idOf(a) - idOf(b)),
  }
}

function fitsFilters({ q, registry, direction, trigger, enabled, last }: Filters): (row: KnownRow) => boolean {
  const text = q?.toLowerCase()
  const wanted = last?.split(',')
  return ({ policy, result, late }) => {
    const remote = remoteOf(policy)
    return (
      (!text || (policy.name?.toLowerCase() ?? '').includes(text)) &&
      (registry === undefined || remote.registry === registry) &&
      (direction === undefined || (policy.id !== undefined && remote.direction === direction)) &&
      (trigger === undefined || policy.trigger?.type === trigger) &&
      (enabled === undefined || (policy.enabled === true) === enabled) &&
      // A policy can have failed last and be late as well.
      (wanted === undefined || wanted.includes(result) || (late && wanted.includes('late')))
    )
  }
}

/** Answers to filters that are kept with the rows: pages of one, and what others ask at the same time. */
const maxAnswers = 20

const isSameList = (one: readonly KnownRow[], other: readonly KnownRow[]) =>
  one.length === other.length && one.every((row, index) => row === other[index])

/** The rows of an instance with the orders and answers that were asked for, each worked out once for everybody. */
class PolicyTable {
  private readonly orders: Map<Sort, Promise<Order>>
  private readonly answers: LRUCache<string, Promise<readonly KnownRow[]>>
  /** Orders that were worked out, or are the last ones of the table before. */
  private readonly known: Map<Sort, Order>

  /** What was worked out for `before` holds as long as the rows are the same. */
  constructor(
    readonly content: PolicyRows,
    before: PolicyTable | undefined,
  ) {
    const same = before && isSameList(before.content.rows, content.rows) ? before : undefined
    this.orders = same?.orders ?? new Map()
    this.answers = same?.answers ?? new LRUCache({ max: maxAnswers })
    this.known = new Map(before?.known)
  }

  /** Rows that fit, in order. */
  find({ offset: _offset, limit: _limit, ...query }: Query): Promise<readonly KnownRow[]> {
    const name = JSON.stringify(Object.entries(query).sort())
    const found = this.answers.get(name) ?? this.search(query)
    this.answers.set(name, found)
    return found
  }

  private async search({ sort, order, ...filters }: Omit<Query, 'offset' | 'limit'>): Promise<readonly KnownRow[]> {
    const { present, missing } = await this.ordered(sort)
    const fits = fitsFilters(filters)
    const slices = slicesWithoutEnd()
    const found: KnownRow[] = []
    for (const part of order === 'asc' ? [present, missing] : [present.toReversed(), missing.toReversed()])
      for (const row of part) {
        if (slices.isOver()) await slices.breathe()
        if (fits(row)) found.push(row)
      }
    return found
  }

  private ordered(sort: Sort): Promise<Order> {
    const ordered =
      this.orders.get(sort) ??
      orderOf(this.content.rows, sort, this.known.get(sort)).then((order) => {
        this.known.set(sort, order)
        return order
      })
    this.orders.set(sort, ordered)
    return ordered
  }
}

/** Rows change when what was read changes, and when a time passes; not more often than this by time alone. */
const rowsFreshMs = 5_000
/** Of all tables together. */
const maxRows = 120_000

interface Entry {
  readonly policies: readonly Replication[]
  readonly known: LatestRuns | null
  readonly at: number
  readonly table: Promise<PolicyTable>
  /** Set when it has been made. */
  done?: PolicyTable
}

const tables = globalSlot(
  'policy-tables',
  () =>
    new LRUCache<string, Entry>({
      max: 100,
      maxSize: maxRows,
      ttl: keepListMs,
      sizeCalculation: ({ policies, known }) => policies.length + (known?.window.rows.length ?? 0) + 1,
    }),
)

/** The table of what was read of the instance called `place`, the same for everybody who asks. */
export function tableOf(
  place: string,
  policies: readonly Replication[],
  known: LatestRuns | null,
): Promise<PolicyTable> {
  const last = tables().get(place)
  const now = Date.now()
  const age = now - (last?.at ?? 0)
  const isCurrent = age >= 0 && (age < rowsFreshMs || now < (last?.done?.content.until ?? 0))
  if (last && last.policies === policies && last.known === known && isCurrent) return last.table
  const table = rowsOf(policies, known).then((content) => new PolicyTable(content, last?.done))
  const entry: Entry = { policies, known, at: now, table }
  tables().set(place, entry)
  table.then(
    (made) => {
      entry.done = made
    },
    () => tables().delete(place),
  )
  return table
}
