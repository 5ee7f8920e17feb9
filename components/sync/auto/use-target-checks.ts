'use client'

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import type { SyncCheck, SyncTarget } from '@/lib/contract/console/sync'
import { apiQuery } from '@/lib/query/client'
import { useSettled } from '../../match/use-settled'

/** A pause in typing: each change is asked about. */
const typingMs = 500
/** Whoever presses before it is known waits so long; SWR has the last word anyway. */
const patienceMs = 3000

const nowhere: SyncTarget = { region: '', organization: '' }
const blocks = (checks: readonly SyncCheck[] | undefined) => checks?.some(({ state }) => state === 'blocked') ?? false

/** What is known of a target once typing pauses; null while it is none. What cannot be asked blocks nothing. */
export function useTargetChecks(connection: string, place: SyncTarget | null) {
  const cache = useQueryClient()
  const question = (query: SyncTarget) => apiQuery('syncTargetShow', { params: { connection }, query })
  const freshly = (query: SyncTarget) =>
    apiQuery('syncTargetShow', { params: { connection }, query: { ...query, fresh: true } })
  const settled = useSettled(place ?? undefined, JSON.stringify(place), typingMs)
  const { data, isPlaceholderData } = useQuery({
    ...question(settled ?? nowhere),
    // Whoever comes back has perhaps made the organization meanwhile.
    staleTime: 0,
    enabled: settled !== undefined,
    placeholderData: keepPreviousData,
  })
  const isOfThis = !isPlaceholderData && data?.region === place?.region && data?.organization === place?.organization
  const known = isOfThis ? data?.checks : undefined
  return {
    known,
    isBlocked: blocks(known),
    /** Whether the target refuses by now; for whoever has mended it, or is quicker than the pause. Shows what it has found. */
    ask: async (wanted: SyncTarget): Promise<boolean> => {
      const answer = cache.query({ ...freshly(wanted), staleTime: 0 }).then(
        (found) => {
          cache.setQueryData(question(wanted).queryKey, found)
          return blocks(found.checks)
        },
        () => false,
      )
      const tired = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), patienceMs))
      return await Promise.race([answer, tired])
    },
  }
}
