'use client'

import { useQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import type { Replication } from '@/lib/contract/swr/replication'
import { apiPolling } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'

const whileLookingMs = 2_000

/** Says that the schedule of a policy has passed without a run, as its row in the list does, and what helps. */
export function MissedRuns({
  at,
  policy: { id, name, enabled, trigger },
}: {
  at: InstanceLocation
  policy: Replication
}) {
  const t = useTranslations('policyPage')
  const format = useFormatter()
  const { data } = useQuery({
    ...apiPolling('replicationIndex', {
      params: { connection: at.connection, instance_id: at.instance },
      query: { offset: 0, limit: 100, sort: 'name', order: 'asc', ...(name !== undefined && { q: name }) },
    }),
    // Until the runs have been read nobody knows what was missed.
    refetchInterval: ({ state }) => (state.data?.refreshing ? whileLookingMs : false),
    enabled: enabled === true && trigger?.type === 'scheduled' && name !== undefined,
  })
  const missed = data?.rows.find(({ policy }) => policy.id === id)?.missed
  if (!missed) return null
  return (
    <Note tone="warn" className="mb-4 max-w-4xl">
      {t('missed', {
        count: missed.count,
        time: format.dateTime(new Date(missed.since), { dateStyle: 'medium', timeStyle: 'short' }),
      })}
    </Note>
  )
}
