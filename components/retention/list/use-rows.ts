import { useQueries, useQuery } from '@tanstack/react-query'
import { readStatus } from '@/lib/policy/runs/status'
import { apiPolling, apiQuery } from '@/lib/query/client'
import { firstNamespaces, retentionIndexInput, retentionPage } from '@/lib/query/queries'
import type { InstanceLocation } from '@/lib/routes'
import { joinRows } from './rows'

const whileReadingMs = 1_500
const whileRunningMs = 10_000
const pageSize = 100

/** Every policy of an instance and every namespace without one; what the console works out of them comes when it is there. */
export function useRetentionRows(at: InstanceLocation) {
  const first = useQuery(apiQuery('retentionList', retentionPage(at)))
  const pages = Math.ceil((first.data?.total ?? 0) / pageSize)
  const further = useQueries({
    queries: Array.from({ length: Math.max(0, pages - 1) }, (_, page) =>
      apiQuery('retentionList', retentionPage(at, page + 1)),
    ),
  })
  const index = useQuery(
    apiPolling('retentionIndex', retentionIndexInput(at), (answer) => {
      if (answer === undefined) return false
      if (answer.refreshing) return whileReadingMs
      return answer.rows.some(({ policy }) => policy?.last && readStatus(policy.last.status).phase === 'running')
        ? whileRunningMs
        : false
    }),
  )
  const namespaces = useQuery(apiQuery('namespaceList', firstNamespaces(at)))
  const policies = [first, ...further].flatMap(({ data }) => data?.retentions ?? [])
  const complete = first.data !== undefined && further.every(({ data }) => data !== undefined)
  return {
    rows: joinRows({ policies, complete, index: index.data?.rows, namespaces: namespaces.data?.namespaces ?? [] }),
    complete,
    policies: first,
    /** Namespaces without a policy are known as well. */
    namespacesKnown: namespaces.data !== undefined,
    /** The first of what else could not be read: a page of policies, or the namespaces. */
    failed: [...further, namespaces].find(({ error }) => error !== null)?.error ?? null,
    index,
    refetch: () => Promise.all([first, ...further, index, namespaces].map((query) => query.refetch())),
  }
}
