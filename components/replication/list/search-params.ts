import { parseAsArrayOf, parseAsInteger, parseAsStringLiteral } from 'nuqs/server'
import { pageWindow, pagingAddress, searchAddress, sortAddress } from '@/components/table/search-params'
import type { LastResult } from '@/lib/contract/console/insight'
import type { ConsoleInput, ConsoleOutput } from '@/lib/contract/console/schemas'
import { replicationTriggers } from '@/lib/contract/vocabulary'
import type { InstanceLocation } from '@/lib/routes'

export const lastResults = [
  'running',
  'hanging',
  'succeeded',
  'nothing_matched',
  'partly_failed',
  'failed',
  'stopped',
  'never',
  'late',
  'unknown',
] as const satisfies readonly LastResult[]
/** A run in which something went wrong, whatever the rest of it did. */
export const failures = ['partly_failed', 'failed'] as const satisfies readonly LastResult[]
export const directions = ['push', 'pull'] as const
export const switches = ['on', 'off'] as const

const sorts = ['name', 'created_at', 'updated_at', 'last', 'next'] as const

/** Everything that makes one view of the policy list. */
export const replicationAddress = {
  ...pagingAddress,
  ...searchAddress,
  ...sortAddress(sorts, { sort: 'created_at', order: 'desc' }),
  registry: parseAsInteger,
  direction: parseAsStringLiteral(directions),
  trigger: parseAsStringLiteral(replicationTriggers),
  enabled: parseAsStringLiteral(switches),
  last: parseAsArrayOf(parseAsStringLiteral(lastResults)).withDefault([]),
}

export interface PolicyView {
  page: number
  size: number
  q: string
  sort: (typeof sorts)[number]
  order: 'asc' | 'desc'
  registry: number | null
  direction: (typeof directions)[number] | null
  trigger: (typeof replicationTriggers)[number] | null
  enabled: (typeof switches)[number] | null
  /** None: whatever it was. */
  last: (typeof lastResults)[number][]
}

export const noFilters = { q: null, registry: null, direction: null, trigger: null, enabled: null, last: null } as const

/** How many filters narrow a view, its search not counted. */
export const filterCount = ({
  registry,
  direction,
  trigger,
  enabled,
  last,
}: Omit<PolicyView, 'page' | 'size' | 'q' | 'sort' | 'order'>) =>
  [registry, direction, trigger, enabled].filter((filter) => filter !== null).length + Number(last.length > 0)

export const isFiltered = ({ q, registry, direction, trigger, enabled, last }: PolicyView) =>
  q !== '' || filterCount({ registry, direction, trigger, enabled, last }) > 0

/** The one question that answers a view; the page and the browser ask it under the same key. */
export function replicationIndexInput(
  { connection, instance }: InstanceLocation,
  view: PolicyView,
): ConsoleInput<'replicationIndex'> {
  const { q, sort, order, registry, direction, trigger, enabled, last } = view
  return {
    params: { connection, instance_id: instance },
    query: {
      ...pageWindow(view),
      sort,
      order,
      ...(q && { q }),
      ...(registry && registry > 0 && { registry }),
      ...(direction && { direction }),
      ...(trigger && { trigger }),
      ...(enabled && { enabled: enabled === 'on' }),
      ...(last.length > 0 && { last: last.join() }),
    },
  }
}

/** Asked again only while a newer look is on its way or a run moves; never in a hidden tab. */
export const pollingOf = (index: ConsoleOutput<'replicationIndex'> | undefined): number | false => {
  if (!index) return false
  if (index.refreshing) return 1_500
  return index.rows.some(({ result }) => result === 'running') ? 5_000 : false
}
