'use client'

import { useTranslations } from 'next-intl'
import { ScheduleText } from '@/components/schedule/schedule-text'
import type { Retention } from '@/lib/contract/swr/retention'

/** When a policy runs: in words, with its next run. A trigger that we do not know is shown as it is. */
export function TriggerText({ policy: { trigger, enabled } }: { policy: Pick<Retention, 'trigger' | 'enabled'> }) {
  const t = useTranslations('retention')
  if (trigger?.type === 'manual') return t('trigger.manual')
  if (trigger?.type === 'scheduled')
    return <ScheduleText cron={trigger.trigger_settings?.cron ?? ''} enabled={enabled === true} />
  return <span className="text-ink-3">{trigger?.type ?? t('trigger.unknown')}</span>
}
