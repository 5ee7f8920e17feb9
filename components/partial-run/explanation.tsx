'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import { apiQuery } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import { cardWidth } from './state'

/** What the quota of replication policies leaves; null as long as, or where, it is not known. */
export function useRoom({ connection, instance }: InstanceLocation) {
  const { data } = useQuery({
    ...apiQuery('instanceStatistics', { params: { connection, instance_id: instance } }),
    staleTime: 0,
  })
  const { replica_policy_count: count, replica_policy_quota: quota } = data ?? {}
  if (count === undefined || quota === undefined || quota <= 0) return null
  return { count, quota, free: Math.max(quota - count, 0) }
}

/** Says that short-lived policies are made, how many, and what they take of the quota. */
export function PartialRunExplanation({ parts, room }: { parts: number; room: ReturnType<typeof useRoom> }) {
  const t = useTranslations('partialRun.how')
  return (
    <section aria-label={t('title')} className="mt-4 rounded-md bg-sunken px-3 py-2 text-ink-2 text-sm">
      <h3 className="text-ink">{t('title')}</h3>
      <p className="mt-0.5">{t('text')}</p>
      {room?.free === 0 ? (
        <Note tone="bad" role="alert" className="mt-2">
          {t('full', room)}
        </Note>
      ) : (
        <p className="mt-1 tabular-nums">
          {parts > 0 && t('count', { count: parts, width: cardWidth, more: String(parts > cardWidth) })}{' '}
          {room && t('room', room)}
          {room && room.free < Math.min(parts, cardWidth) && ` ${t('turns')}`}
        </p>
      )}
    </section>
  )
}
