'use client'

import { useFormatter, useTimeZone, useTranslations } from 'next-intl'
import { useNow } from '@/components/context/clock'
import { cronState } from '@/lib/contract/cron'
import type { Replication } from '@/lib/contract/swr/replication'
import { nextRuns } from '@/lib/policy/schedule/schedule'
import { readTrigger } from '@/lib/policy/schedule/trigger'

/** The next time by the policy's schedule, in the viewer's zone and in UTC, by which SWR goes. */
export function NextRun({ policy }: { policy: Replication }) {
  const t = useTranslations('policyPage')
  const format = useFormatter()
  const timeZone = useTimeZone()
  const now = useNow(60_000)
  const s = useTranslations('schedule')
  const { trigger, cron } = readTrigger(policy.trigger)
  const state = trigger === 'scheduled' ? cronState(cron) : 'none'
  const [next] = state === 'fine' && policy.enabled === true ? nextRuns(cron, now, 1) : []
  if (state === 'never' || state === 'unreadable') return <span className="text-warn">{s(`idle.${state}`)}</span>
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
