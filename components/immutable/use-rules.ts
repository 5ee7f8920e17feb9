'use client'

import type { ImmutableRule } from '@/lib/contract/swr/immutable-rule'
import { apiQuery } from '@/lib/query/client'
import { useAllPages } from '@/lib/query/use-all-pages'
import type { InstanceLocation } from '@/lib/routes'
import { namespacePage, rulePage } from './queries'

/** All immutable tag rules of an instance, and the namespaces that they are of. */
export function useRules(at: InstanceLocation) {
  const rules = useAllPages(
    (page) => apiQuery('immutableRuleList', rulePage(at, page)),
    (answer) => ({ rows: answer.immutable_rules, total: answer.total }),
  )
  const isUnnamed = rules.rows.some(({ id, namespace_name: name }) => id !== undefined && name === undefined)
  const namespaces = useAllPages(
    (page) => apiQuery('namespaceList', namespacePage(at, page)),
    (answer) => ({ rows: answer.namespaces, total: answer.total }),
    { enabled: isUnnamed },
  )
  const nameOf = new Map(namespaces.rows.map(({ namespace_id: id, name }) => [id, name]))
  return {
    ...rules,
    /** SWR asks for the name in addresses; rows that only carry the number are helped by the list of namespaces. */
    namespaceOf: ({ namespace_name: name, namespace_id: id }: ImmutableRule) =>
      name ?? (id === undefined ? undefined : nameOf.get(id)),
  }
}
