'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useNow } from '@/components/context/clock'
import { Until } from '@/components/shell/relative-time'
import { Chip } from '@/components/ui/code'
import { cronState } from '@/lib/contract/cron'
import { nextRuns, readSchedule, scheduleArguments } from '@/lib/policy/schedule/schedule'

/** A schedule in words, with its next run while it is in force. A cron that has no words is shown as it is. */
export function ScheduleText({ cron, enabled }: { cron: string; enabled: boolean }) {
  const t = useTranslations('schedule')
  const locale = useLocale()
  const now = useNow(60_000)
  if (cron.trim() === '') return <span className="text-ink-3">{t('none')}</span>
  const schedule = readSchedule(cron)
  const state = cronState(cron)
  const [next] = enabled ? nextRuns(cron, now, 1) : []
  return (
    <>
      {schedule.kind === 'other' ? <Chip>{cron}</Chip> : t('words', scheduleArguments(schedule, locale))}
      {(state === 'never' || state === 'unreadable') && (
        <small className="mt-px block text-warn text-xs">{t(`idle.${state}`)}</small>
      )}
      {next && (
        <small className="mt-px block text-ink-3 text-xs">
          {t.rich('nextRun', {
            time: () => <Until time={next} />,
          })}
        </small>
      )}
    </>
  )
}
