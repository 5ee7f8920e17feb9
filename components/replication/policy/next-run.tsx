'use client'

import { useFormatter, useTimeZone, useTranslations } from 'next-intl'
import { useNow } from '@/components/context/clock'
import type { Replication } from '@/lib/contract/swr/replication'
import { nextRuns } from '@/lib/policy/schedule/schedule'

/** The next time by the policy's schedule, in the viewer's zone and in UTC, by which SWR goes. */
export function NextRun({ policy }: { policy: Replication }) {
  const t = useTranslations('policyPage')
  const format = useFormatter()
  const timeZone = useTimeZone()
  const now = useNow(60_000)
  const scheduled = policy.trigger?.type === 'scheduled' && policy.enabled === true
  const [next] = scheduled ? nextRuns(policy.trigger?.trigger_settings?.cron ?? '', now, 1) : []
  if (!next) return <span className="text-ink-3">{t('noNext')}</span>
  const options = { dateStyle: 'medium', timeStyle: 'short' } as const
  return (
    <>
      <time dateTime={next.toISOString()}>{format.dateTime(next, options)}</time>
      {timeZone !== 'UTC' && (
        <small className="mt-px block text-ink-3 text-xs">
          {t('utc', { time: format.dateTime(next, { ...options, timeZone: 'UTC' }) })}
        </small>
      )}
    </>
  )
}
