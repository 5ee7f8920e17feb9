import { useQuery } from '@tanstack/react-query'
import { ownPolling } from '@/lib/query/own'
import { scopedRunsInput } from '@/lib/query/queries'
import type { InstanceLocation } from '@/lib/routes'
import { pollScoped } from './state'

/** A policy, or one of its runs. */
export interface ScopedPlace extends InstanceLocation {
  readonly policy: number
  readonly execution?: number
}

/** Runs of a part of a policy, the newest first; of a run, those that copy its failures again. */
export const useScopedRuns = (place: ScopedPlace, limit?: number) =>
  useQuery({
    ...ownPolling('scopedRunList', scopedRunsInput(place, limit)),
    refetchInterval: ({ state }) => pollScoped(state),
  })
