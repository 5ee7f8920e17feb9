'use client'

import { useTranslations } from 'next-intl'
import { ScheduleText } from '@/components/schedule/schedule-text'
import type { Replication } from '@/lib/contract/swr/replication'

/** When a policy runs: in words, with its next run. A trigger that we do not know is shown as it is. */
export function TriggerText({ policy }: { policy: Pick<Replication, 'trigger' | 'enabled'> }) {
  const t = useTranslations('replication')
  const type = policy.trigger?.type
  if (type === 'manual') return t('trigger.manual')
  if (type === 'event_based') return t('trigger.event_based')
  const cron = policy.trigger?.trigger_settings?.cron ?? ''
  if (type === 'scheduled') return <ScheduleText cron={cron} enabled={policy.enabled === true} />
  return <span className="text-ink-3">{type ?? t('trigger.unknown')}</span>
}
