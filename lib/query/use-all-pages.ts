'use client'

import { type QueryKey, type UseQueryOptions, useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Problem } from '../contract/problem'
import { mostPages, pagesNeeded } from './pages-needed'

/**
 * A list as a whole, for what SWR offers no search and no order for. Its first page is the question that the server asked for
 * the first HTML; the others follow at once.
 */
export function useAllPages<Answer, Row, Key extends QueryKey>(
  pageAt: (page: number) => UseQueryOptions<Answer, Problem, Answer, Key>,
  read: (answer: Answer) => { readonly rows: readonly Row[]; readonly total?: number | undefined },
  { enabled = true }: { enabled?: boolean } = {},
) {
  const [count, setCount] = useState(1)
  const first = useQuery({ ...pageAt(0), enabled })
  const further = useQueries({
    queries: Array.from({ length: count - 1 }, (_, page) => ({ ...pageAt(page + 1), enabled })),
  })
  const pages = [first, ...further]
  const answers = pages.map(({ data }) => (data === undefined ? undefined : read(data)))
  const needed = pagesNeeded(answers.map((answer) => answer && { ...answer, rows: answer.rows.length }))
  const wanted = enabled ? Math.min(needed, mostPages) : 1
  if (wanted !== count) setCount(wanted)
  return {
    rows: answers.flatMap((answer) => answer?.rows ?? []),
    first,
    /** All of it is there. */
    complete: needed === count && answers.every((answer) => answer !== undefined),
    /** The first that went wrong of the pages after the first. */
    failed: further.find(({ error }) => error !== null)?.error ?? null,
    isFetching: pages.some(({ isFetching }) => isFetching),
    refetch: () => Promise.all(pages.map((page) => page.refetch())),
  }
}
