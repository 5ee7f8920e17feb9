import type { Replication } from '../../contract/swr/replication'
import { filterDecorations, filterTypes } from '../../contract/vocabulary'
import { parseEnum } from '../enum'

/** A filter of a policy, as it was read. */
export type PolicyFilter = Replication['filters'][number]

/** A filter that the console understands. */
export interface PatternFilter {
  readonly type: (typeof filterTypes)[number]
  readonly pattern: string
  /** All but what the pattern takes. */
  readonly excludes: boolean
}

/** The value as a text: Harbor's label filters have a list. */
export function filterText({ value }: Pick<PolicyFilter, 'value'>): string {
  if (typeof value === 'string') return value
  if (value === undefined || value === null) return ''
  return Array.isArray(value) ? value.map(String).join(', ') : JSON.stringify(value)
}

export const isExcluding = ({ decoration }: Pick<PolicyFilter, 'decoration'>): boolean => decoration === 'excludes'

/** Null for a filter of another kind: what it leaves out cannot be told. No value is the empty pattern. */
export function readFilter({ type, value, decoration }: PolicyFilter): PatternFilter | null {
  const known = parseEnum(filterTypes, type)
  const pattern = value ?? ''
  const isKnown = !decoration || parseEnum(filterDecorations, decoration) !== undefined
  return known && typeof pattern === 'string' && isKnown
    ? { type: known, pattern, excludes: isExcluding({ decoration }) }
    : null
}

/** The filters that the console understands, and whether those are all. An empty pattern takes everything. */
export function readFilters({ filters }: Pick<Replication, 'filters'>) {
  const read = filters.map(readFilter)
  const known = read.filter((filter) => filter !== null)
  return { filters: known, isComplete: known.length === read.length }
}
