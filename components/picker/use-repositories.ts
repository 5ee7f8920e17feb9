'use client'

import { useQueries, useQuery } from '@tanstack/react-query'
import type { Repository } from '@/lib/contract/swr/repository'
import { swrQuery } from '@/lib/query/client'
import type { InstanceAt } from '@/lib/routes'

const pageSize = 100

/** All repositories of a namespace by name: SWR neither searches nor sorts them by name, so every page is asked for. */
export function useRepositories(at: InstanceAt, namespace: string) {
  const page = (number: number) =>
    swrQuery(at.connection, 'namespaceRepositoryList', {
      params: { instance_id: at.instance, namespace_name: namespace },
      query: { offset: number * pageSize, limit: pageSize },
    })
  const first = useQuery(page(0))
  const pages = Math.ceil((first.data?.total ?? 0) / pageSize)
  const rest = useQueries({ queries: Array.from({ length: Math.max(pages - 1, 0) }, (_, at) => page(at + 1)) })
  const all = [first, ...rest]
  const repositories: Repository[] = all.flatMap(({ data }) => data?.repositories ?? [])
  return {
    repositories: repositories.toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? '')),
    isPending: all.some(({ isPending }) => isPending),
    error: all.find(({ error }) => error)?.error,
    refetch: () => Promise.all(all.map(({ refetch }) => refetch())),
  }
}
