'use client'

import { useTranslations } from 'next-intl'
import { CronField } from '@/components/schedule/cron-field'
import type { RetentionControl } from './descriptor'

/** When a scheduled policy runs. */
export function ScheduleField({ control }: { control: RetentionControl }) {
  const t = useTranslations('retention')
  return <CronField control={control} name="cron" kind="retention" label={t('edit.cron')} required />
}
