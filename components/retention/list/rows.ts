import type { RetentionIndexRow } from '@/lib/contract/console/retention-decisions'
import type { Namespace } from '@/lib/contract/swr/repository'
import type { Retention } from '@/lib/contract/swr/retention'
import type { RetentionView } from './search-params'

/** One policy, or one namespace that has none, with what the console works out of it. */
export interface RetentionRow {
  readonly key: string
  /** Undefined where SWR gave a number only, and nobody knows its name. */
  readonly namespace: string | undefined
  readonly namespaceId: number | undefined
  /** Null: nobody cleans up this namespace. */
  readonly policy: Retention | null
  readonly worked: RetentionIndexRow | undefined
}

interface Known {
  readonly policies: readonly Retention[]
  /** Every policy of the instance is among them: only then can a namespace be said to have none. */
  readonly complete: boolean
  /** Undefined as long as it has not been worked out. */
  readonly index: readonly RetentionIndexRow[] | undefined
  readonly namespaces: readonly Namespace[]
}

/** SWR's policies, each with what the console knows of it, and the namespaces without any. */
export function joinRows({ policies, complete, index = [], namespaces }: Known): RetentionRow[] {
  const nameOf = new Map(namespaces.map(({ namespace_id: id, name }) => [id, name]))
  const rows = policies.map((policy, place): RetentionRow => {
    const { id, namespace_id: namespaceId } = policy
    // SWR asks for the name in addresses; rows that only carry the number are helped by the list of namespaces.
    const namespace = policy.namespace_name ?? (namespaceId === undefined ? undefined : nameOf.get(namespaceId))
    const worked = index.find((row) => row.policy !== null && row.policy.id === id && row.namespace === namespace)
    return { key: id === undefined ? `unreadable-${place}` : `policy-${id}`, namespace, namespaceId, policy, worked }
  })
  if (!complete) return rows
  const taken = new Set(rows.map(({ namespace }) => namespace))
  // A policy whose namespace nobody can name may be of any of them.
  const isUnclear = rows.some(({ namespace, policy }) => namespace === undefined && policy?.id !== undefined)
  const names = new Set([...namespaces.flatMap(({ name }) => name ?? []), ...index.map(({ namespace }) => namespace)])
  const without = isUnclear ? [] : [...names].filter((name) => !taken.has(name))
  return [
    ...rows,
    ...without.map((namespace) => ({
      key: `namespace-${namespace}`,
      namespace,
      namespaceId: undefined,
      policy: null,
      worked: index.find((row) => row.policy === null && row.namespace === namespace),
    })),
  ]
}

const includes = (text: string | undefined, part: string) => text?.toLowerCase().includes(part) ?? false

const stateOf = ({ policy }: RetentionRow) => (policy === null ? 'none' : policy.enabled === true ? 'on' : 'off')

function fits({ q, namespace, state, trigger }: RetentionView): (row: RetentionRow) => boolean {
  const part = q.trim().toLowerCase()
  return (row) =>
    (part === '' || includes(row.policy?.name, part) || includes(row.namespace, part)) &&
    (namespace === null || row.namespace === namespace) &&
    (state === null || stateOf(row) === state) &&
    (trigger === null || row.policy?.trigger?.type === trigger)
}

/** What rows are ordered by; undefined has no place in the order and comes last either way. */
const orderOf: Record<RetentionView['sort'], (row: RetentionRow) => string | number | undefined> = {
  namespace: ({ namespace }) => namespace,
  name: ({ policy }) => policy?.name,
  next: ({ worked }) => worked?.policy?.next ?? undefined,
  last: ({ worked }) => worked?.policy?.last?.at ?? undefined,
  impact: ({ worked }) => worked?.impact?.tags,
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b), 'en', { numeric: true })
}

/** The rows of a view, in its order; all of them, whatever its page. */
export function viewOf(rows: readonly RetentionRow[], view: RetentionView): RetentionRow[] {
  const value = orderOf[view.sort]
  const turn = view.order === 'asc' ? 1 : -1
  return rows.filter(fits(view)).sort((one, other) => {
    const [a, b] = [value(one), value(other)]
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
    return turn * compare(a, b)
  })
}
