import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import type { ConsoleInput } from '@/lib/contract/console/schemas'
import type { ReplicationDraft } from '@/lib/policy/replication/form'
import { apiPolling } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import { filtersOfDraft } from './filters'
import type { ReplicationFormApi } from './replication-form-api'
import { useSettled } from './use-settled'

const afterTyping = 200
const whileListing = 1_500

/** What filters match now, in this instance or in the `source` that is pulled from. Asked again only while the server is listing. */
export const matchesQuery = (
  at: InstanceLocation,
  filters: ConsoleInput<'matchPreview'>['body']['filters'] | undefined,
  most = 50,
  source?: number,
) => ({
  ...apiPolling('matchPreview', {
    params: { connection: at.connection, instance_id: at.instance },
    body: { filters: filters ?? [], most, ...(source !== undefined && { source }) },
  }),
  enabled: filters !== undefined,
  refetchInterval: ({ state }: { state: { data?: { refreshing: boolean } | undefined } }) =>
    state.data?.refreshing ? whileListing : (false as const),
})

/** What is asked of a draft: filters of a pull can be looked at once its registry is chosen. */
function askedOf(draft: ReplicationDraft) {
  const { direction, registry } = draft
  const source = direction === 'pull' && registry !== '' ? Number(registry) : undefined
  const isAskable = direction === 'push' || source !== undefined
  return { source, isAskable, filters: isAskable ? filtersOfDraft(draft) : undefined }
}

/** What the filters of the form match, as they stand. Filters that are incomplete or wrong are never asked for. */
export function useMatches(at: InstanceLocation, { control }: ReplicationFormApi) {
  const { source, isAskable, filters } = useWatch({ control, compute: askedOf })
  const settled = useSettled(filters, JSON.stringify(filters ?? null), afterTyping)
  const query = useQuery({
    ...matchesQuery(at, isAskable ? settled : undefined, undefined, source),
    placeholderData: keepPreviousData,
  })
  const moved = JSON.stringify(filters) !== JSON.stringify(settled)
  return {
    matches: isAskable ? query.data : undefined,
    error: query.error,
    retry: () => void query.refetch(),
    /** A source can be looked at: this instance, or the registry that was chosen. */
    isAskable,
    /** The filters say something that can be asked for. */
    complete: filters !== undefined,
    /** What is shown belongs to filters as they were a moment ago. */
    old: moved || query.isPlaceholderData,
  }
}
