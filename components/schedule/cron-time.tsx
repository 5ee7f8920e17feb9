'use client'

import { useFormatter, useTimeZone, useTranslations } from 'next-intl'
import { useId } from 'react'
import { useNow } from '@/components/context/clock'
import { Input } from '@/components/ui/input'
import { readTime, timeText } from '@/lib/policy/schedule/picker'
import { nextRuns } from '@/lib/policy/schedule/schedule'
import { dayShift } from '@/lib/policy/schedule/zone'
import { Pick } from './cron-pick'

interface Time {
  readonly hour: number
  readonly minute: number
}

/** A time of day in UTC, with what the viewer's clock shows at the next of its runs. */
export function CronTime({
  name,
  cron,
  time,
  onChange,
}: {
  name: string
  cron: string
  time: Time
  onChange: (time: Time) => void
}) {
  const t = useTranslations('schedule')
  const format = useFormatter()
  const now = useNow(60_000)
  const zone = useTimeZone() ?? 'UTC'
  const id = useId()
  const [next] = nextRuns(cron, now, 1)
  return (
    <Pick id={id} label={t('time')}>
      <Input
        id={id}
        name={name}
        type="time"
        value={timeText(time)}
        aria-describedby={`${id}-here`}
        onChange={(event) => {
          const typed = readTime(event.target.value)
          // Half typed or cleared, it is no time yet: the last one stays.
          if (typed) onChange(typed)
        }}
      />
      <p id={`${id}-here`} className="mt-1 min-h-4 text-ink-3 text-xs">
        {next &&
          zone !== 'UTC' &&
          t('here', {
            time: format.dateTime(next, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }),
            zone,
            shift: dayShift(next, zone),
          })}
      </p>
    </Pick>
  )
}
