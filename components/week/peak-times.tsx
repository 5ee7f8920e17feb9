'use client'

import Link from 'next/link'
import { useFormatter, useLocale, useTranslations } from 'next-intl'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import type { WeekPeak } from '@/lib/contract/console/week'
import { joinNames } from '@/lib/i18n/chinese'
import { closeTogether, peakThreshold, weekDays } from '@/lib/policy/schedule/week'
import type { InstanceLocation } from '@/lib/routes'
import { scheduleHref } from './search-params'
import { keyOf } from './shape'

/** Where too many start at once, in words. */
export function WeekCrowds({
  at,
  peaks: { count, rows, first },
  zone,
}: {
  at: InstanceLocation
  peaks: ConsoleOutput<'weekShow'>['peaks']
  zone: string
}) {
  const t = useTranslations('week')
  const format = useFormatter()
  const locale = useLocale()
  const clock = (time: number) =>
    format.dateTime(time, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone })
  const when = ({ time, at: times }: WeekPeak) => {
    const [begin = 0] = times
    const end = clock(begin + closeTogether)
    if (times.length === weekDays) return t('crowds.everyDay', { time, end })
    const days = times.map((each) => format.dateTime(each, { weekday: 'short', timeZone: zone }))
    return t('crowds.onDays', { days: joinNames(days, locale), time, end })
  }
  return (
    <section aria-labelledby="crowds" className="flex flex-col gap-2">
      <h2 id="crowds">{t('crowds.title')}</h2>
      {first.length === 0 ? (
        <p className="text-ink-2">{t('crowds.none', { from: peakThreshold })}</p>
      ) : (
        <>
          <p className="text-ink-2">{t('crowds.lead', { count, from: peakThreshold })}</p>
          <div className="rounded-lg border border-line bg-surface">
            <table aria-labelledby="crowds" className="w-full border-collapse text-left">
              <thead className="text-ink-3 text-xs">
                <tr>
                  <th scope="col" className="px-3 py-2 font-medium">
                    {t('crowds.when')}
                  </th>
                  <th scope="col" className="whitespace-nowrap px-3 py-2 font-medium">
                    {t('crowds.many')}
                  </th>
                  <th scope="col" className="px-3 py-2 font-medium">
                    {t('crowds.which')}
                  </th>
                </tr>
              </thead>
              <tbody className="tabular-nums">
                {first.map((peak) => (
                  <tr key={peak.at[0]} className="border-line border-t align-top">
                    <th scope="row" className="px-3 py-2 font-normal">
                      <span className="block min-w-28">{when(peak)}</span>
                    </th>
                    <td className="px-3 py-2 text-warn">{format.number(peak.count)}</td>
                    <td className="px-3 py-2 wrap-anywhere">
                      <span className="flex flex-wrap gap-x-3">
                        {peak.first.map((schedule) => (
                          <Link
                            key={keyOf(schedule)}
                            href={scheduleHref(at, schedule)}
                            prefetch={false}
                            className="inline-block py-0.5 hover:text-accent hover:underline"
                          >
                            {schedule.name}
                          </Link>
                        ))}
                        {peak.count > peak.first.length && (
                          <span className="text-ink-3">
                            {t('crowds.more', { count: peak.count - peak.first.length })}
                          </span>
                        )}
                      </span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {rows > first.length && (
            <p className="text-ink-3 text-sm">{t('crowds.more', { count: rows - first.length })}</p>
          )}
        </>
      )}
    </section>
  )
}
