'use client'

import { useFormatter, useLocale, useNow, useTranslations } from 'next-intl'
import { Chip } from '@/components/ui/chip'
import type { Replication } from '@/lib/contract/replication'
import { nextRuns, readSchedule, scheduleArguments } from '@/lib/policy/schedule'

/** When a policy runs: in words, with its next run. A trigger or cron that we do not know is shown as it is. */
export function TriggerText({ policy }: { policy: Pick<Replication, 'trigger' | 'enabled'> }) {
  const t = useTranslations('replication')
  const type = policy.trigger?.type
  if (type === 'manual') return t('trigger.manual')
  if (type === 'event_based') return t('trigger.event_based')
  const cron = policy.trigger?.trigger_settings?.cron ?? ''
  if (type === 'scheduled') return <Scheduled cron={cron} enabled={policy.enabled === true} />
  return <span className="text-ink-3">{type ?? t('trigger.unknown')}</span>
}

function Scheduled({ cron, enabled }: { cron: string; enabled: boolean }) {
  const t = useTranslations('replication')
  const words = useTranslations('schedule')
  const locale = useLocale()
  const format = useFormatter()
  const now = useNow({ updateInterval: 60_000 })
  const schedule = readSchedule(cron)
  const [next] = enabled ? nextRuns(cron, now, 1) : []
  return (
    <>
      {schedule.kind === 'other' ? <Chip>{cron}</Chip> : words('words', scheduleArguments(schedule, locale))}
      {next && (
        <small className="mt-px block text-ink-3 text-xs">
          {t.rich('next', {
            time: () => <time dateTime={next.toISOString()}>{format.relativeTime(next, now)}</time>,
          })}
        </small>
      )}
    </>
  )
}
