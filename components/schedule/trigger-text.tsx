'use client'

import { useTranslations } from 'next-intl'
import { ScheduleText } from '@/components/schedule/schedule-text'
import type { Replication } from '@/lib/contract/swr/replication'

/** When a policy runs: in words, with its next run. A trigger that the console does not know is shown as it is. */
export function TriggerText({ trigger, enabled }: Pick<Replication, 'trigger' | 'enabled'>) {
  const t = useTranslations('replication')
  const type = trigger?.type
  if (type === 'manual' || type === 'event_based') return t(`trigger.${type}`)
  if (type === 'scheduled')
    return <ScheduleText cron={trigger?.trigger_settings?.cron ?? ''} enabled={enabled === true} />
  return <span className="text-ink-3">{type ?? t('trigger.unknown')}</span>
}
