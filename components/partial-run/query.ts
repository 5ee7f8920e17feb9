import { useQuery } from '@tanstack/react-query'
import { apiPolling } from '@/lib/query/client'
import { partialRunsInput } from '@/lib/query/queries'
import type { InstanceLocation } from '@/lib/routes'
import { pollPartialRuns } from './state'

/** A policy, or one of its runs. */
export interface PartialRunLocation extends InstanceLocation {
  readonly policy: number
  readonly execution?: number
}

/** Runs of a part of a policy, the newest first; of a run, those that copy its failures again. */
export const usePartialRuns = (place: PartialRunLocation, limit?: number) =>
  useQuery({
    ...apiPolling('partialRunList', partialRunsInput(place, limit)),
    refetchInterval: ({ state }) => pollPartialRuns(state),
  })
