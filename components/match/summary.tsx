'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import { Skeleton } from '@/components/ui/skeleton'
import type { Replication } from '@/lib/contract/swr/replication'
import type { InstanceLocation } from '@/lib/routes'
import { useBytes } from '../ui/use-format-bytes'
import { filtersOfPolicy } from './filters'
import { ListingAge, ListingNotes, useReason } from './listing'
import { matchesQuery } from './use-matches'

/** What a push would touch now, in numbers. It may be slow or fail: a run can be started all the same. */
export function PlanMatches({ at, policy }: { at: InstanceLocation; policy: Replication }) {
  const t = useTranslations('plan')
  const bytes = useBytes()
  const because = useReason()
  const filters = filtersOfPolicy(policy)
  const { data, error } = useQuery(matchesQuery(at, filters))
  if (filters === undefined) return <p className="text-ink-2 text-sm">{t('matches.unreadable')}</p>
  if (error) return <p className="text-ink-2 text-sm">{t('matches.failed', { reason: because(error.code) })}</p>
  if (!data) return <Waiting label={t('matches.reading')} />
  const { total, refreshing } = data
  return (
    <div>
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <b className="font-medium tabular-nums">{t('matches.total', { ...total, size: bytes(total.size) })}</b>
        <ListingAge matches={data} />
      </p>
      <ListingNotes matches={data} className="mt-2" />
      {total.repositories === 0 && !refreshing && (
        <Note tone="warn" className="mt-2">
          {t('matches.nothing')}
        </Note>
      )}
    </div>
  )
}

/** In the place of something that is being read. */
export function Waiting({ label }: { label: string }) {
  return (
    <p className="flex items-center gap-2 text-ink-2 text-sm">
      {label}
      <Skeleton className="w-24" />
    </p>
  )
}
