import { useQuery } from '@tanstack/react-query'
import type { Run } from '@/lib/contract/swr/runs'
import { apiPolling } from '@/lib/query/client'
import { hasFailed } from '../run/has-failed'
import { type RunPlace, runInput } from '../run/search-params'
import { usePartialRuns } from './query'
import { isPartialRunMoving } from './state'

const interval = 2_000

/** What of a run's failures was copied since and what can be run again: the server's one answer. */
export function useRetryPlan(at: RunPlace, run: Run) {
  const partialRuns = usePartialRuns(at)
  const runs = partialRuns.data?.runs ?? []
  return useQuery({
    ...apiPolling('retryPlanShow', runInput(at)),
    enabled: hasFailed(run),
    refetchInterval: ({ state: { data, error, dataUpdatedAt } }) =>
      !error &&
      (data?.refreshing ||
        runs.some(isPartialRunMoving) ||
        // The last of them ended after the plan was made.
        (runs.length > 0 && dataUpdatedAt > 0 && dataUpdatedAt < partialRuns.dataUpdatedAt))
        ? interval
        : false,
  })
}
