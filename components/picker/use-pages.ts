'use client'

import { keepPreviousData, type QueryKey, type UseQueryOptions, useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Problem } from '@/lib/contract/problem'
import { pageSize } from './queries'

interface Page<Row> {
  readonly items: Row[]
  readonly total?: number | undefined
}

/**
 * A list that grows by "load more". Its first page is the question that the server asked for the first HTML. `subject` says
 * what the list is about: a new one begins with one page again, and the old rows stay until it is there.
 */
export function usePages<Row, Key extends QueryKey>(
  subject: string,
  pageAt: (page: number) => UseQueryOptions<Page<Row>, Problem, Page<Row>, Key>,
) {
  const [more, setMore] = useState({ subject, pages: 0 })
  const count = more.subject === subject ? more.pages : 0
  const first = useQuery({ ...pageAt(0), placeholderData: keepPreviousData })
  const further = useQueries({ queries: Array.from({ length: count }, (_, index) => pageAt(index + 1)) })
  const rows = [first, ...further].flatMap(({ data }) => data?.items ?? [])
  const last = further.at(-1) ?? first
  const total = first.data?.total
  const came = last.data?.items.length ?? 0
  // SWR promises no total: without one a full page means that there may be more.
  const isMore = total === undefined ? came === pageSize : rows.length < total && came > 0
  return {
    rows,
    total,
    query: first,
    loadMore: isMore ? () => setMore({ subject, pages: count + 1 }) : undefined,
    isLoadingMore: last !== first && last.isPending,
    failed: further.find(({ error }) => error),
  }
}
