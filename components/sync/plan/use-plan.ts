'use client'

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { apiQuery } from '@/lib/query/client'
import { useSettled } from '../../match/use-settled'
import { type Basket, planBody } from '../basket/basket'

const typingMs = 600
const nothing = { images: [], targets: [] }

/** What sending the basket would do. Planned again by itself once changes pause; until then the old plan stays, and is old. */
export function usePlan(connection: string, basket: Basket) {
  const cache = useQueryClient()
  const [isRefreshing, setRefreshing] = useState(false)
  const body = useMemo(() => planBody(basket), [basket])
  const words = useMemo(() => JSON.stringify(body), [body])
  const settled = useSettled({ body, words }, words, typingMs)
  const wanted = settled?.body
  const question = (fresh: boolean) =>
    apiQuery('syncPlanShow', { params: { connection }, body: { ...(wanted ?? nothing), fresh } })
  const plan = useQuery({
    ...question(false),
    enabled: wanted !== null && wanted !== undefined,
    placeholderData: keepPreviousData,
  })
  const refresh = async () => {
    setRefreshing(true)
    try {
      const answer = await cache.query({ ...question(true), staleTime: 0 })
      cache.setQueryData(question(false).queryKey, answer)
    } catch {
      // Asked once more without, so that its problem is shown where those of the plan are.
      await plan.refetch()
    }
    setRefreshing(false)
  }
  return {
    data: body === null ? undefined : plan.data,
    error: body === null ? null : plan.error,
    isPending: body !== null && plan.data === undefined && !plan.error,
    isOld: settled?.words !== words || plan.isPlaceholderData || isRefreshing,
    isBusy: plan.isFetching || isRefreshing,
    retry: () => plan.refetch(),
    refresh,
  }
}

export type PlanQuery = ReturnType<typeof usePlan>
