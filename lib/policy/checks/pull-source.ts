import type { Replication } from '../../contract/swr/replication'
import { policyMatches } from '../pattern/policy-filter'
import { parseRepositoryList } from '../pattern/repository-list'
import { readFilters } from '../replication/filter'

/** The part of a pattern before its last "/", where that means only itself. */
const parentOf = (pattern: string) => /^([^*?[\]{}\\]+)\/[^/]+$/.exec(pattern)?.[1]

/**
 * Whether a pull policy writes a repository of this instance, as far as its filters tell: names at the source are not known.
 * Without a target namespace they are the same; with one only their last part is kept.
 */
export function pullSource(policy: Pick<Replication, 'filters' | 'dest_namespace'>): (name: string) => boolean {
  const takes = policyMatches(policy).repository
  const { dest_namespace: namespace } = policy
  if (!namespace) return takes
  const patterns = readFilters(policy).filters.flatMap(({ type, pattern }) => (type === 'name' ? [pattern] : []))
  const named = new Set(patterns.flatMap((pattern) => parseRepositoryList(pattern) ?? []))
  // Where the pattern leaves the namespace open, any will do.
  const parents = [...patterns.flatMap((pattern) => parentOf(pattern) ?? []), namespace]
  return (name) => {
    if (!name.startsWith(`${namespace}/`)) return false
    const last = name.slice(namespace.length + 1)
    if (last.includes('/')) return false
    return (
      [...named].some((source) => source.endsWith(`/${last}`)) || parents.some((parent) => takes(`${parent}/${last}`))
    )
  }
}
