'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { clockChanges } from '@/lib/policy/schedule/zone'

/** Says where the viewer's clocks change between the runs that are shown: the service keeps to UTC. */
export function ClockChanges({ runs, now, zone }: { runs: readonly Date[]; now: Date; zone: string }) {
  const t = useTranslations('schedule')
  const format = useFormatter()
  const changes = clockChanges(now, runs, zone)
  if (changes.length === 0) return null
  return (
    <ul className="mt-1.5 flex flex-col gap-0.5 text-warn text-xs">
      {changes.map(({ run, by }) => (
        <li key={run.getTime()}>
          {t('clocks', {
            zone,
            way: by > 0 ? 'forward' : 'back',
            minutes: Math.abs(by),
            date: format.dateTime(run, { dateStyle: 'medium', timeZone: zone }),
          })}
        </li>
      ))}
    </ul>
  )
}
