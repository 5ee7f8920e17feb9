import { parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { pagingAddress, searchAddress, sortAddress } from '@/components/table/search-params'
import { retentionTriggers } from '@/lib/contract/vocabulary'

/** How a namespace stands: its policy is enabled, or disabled, or it has none. */
export const namespaceStates = ['on', 'off', 'none'] as const

const sorts = ['namespace', 'name', 'next', 'last', 'impact'] as const

/** The namespace that an address is about. */
export const namespaceAddress = parseAsString

/** Everything that makes one view of the policy list. SWR offers no order for it: the console orders the whole of it. */
export const retentionAddress = {
  ...pagingAddress,
  ...searchAddress,
  ...sortAddress(sorts, { sort: 'namespace', order: 'asc' }),
  namespace: namespaceAddress,
  state: parseAsStringLiteral(namespaceStates),
  trigger: parseAsStringLiteral(retentionTriggers),
}

export interface RetentionView {
  page: number
  size: number
  q: string
  sort: (typeof sorts)[number]
  order: 'asc' | 'desc'
  namespace: string | null
  state: (typeof namespaceStates)[number] | null
  trigger: (typeof retentionTriggers)[number] | null
}

export const noFilters = { q: null, namespace: null, state: null, trigger: null } as const

/** How many filters narrow a view, its search not counted. */
export const filterCount = ({ namespace, state, trigger }: Pick<RetentionView, 'namespace' | 'state' | 'trigger'>) =>
  [namespace, state, trigger].filter((filter) => filter !== null).length

export const isFiltered = (view: RetentionView) => view.q !== '' || filterCount(view) > 0
