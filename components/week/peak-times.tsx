'use client'

import Link from 'next/link'
import { useFormatter, useLocale, useTranslations } from 'next-intl'
import { joinNames } from '@/lib/i18n/chinese'
import { closeTogether, type Habit, habitsOf, peakThreshold } from '@/lib/policy/schedule/week'
import type { InstanceLocation } from '@/lib/routes'
import { scheduleHref } from './search-params'
import type { Week } from './shape'

const mostRows = 30
const mostNames = 6

/** Where too many start at once, in words. */
export function WeekCrowds({ at, week, zone }: { at: InstanceLocation; week: Week; zone: string }) {
  const t = useTranslations('week')
  const format = useFormatter()
  const locale = useLocale()
  const { bounds, crowds } = week
  const clock = (time: number) =>
    format.dateTime(time, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone })
  const habits = habitsOf(crowds, clock)
  const schedules = new Map(week.timed.map(({ key, schedule }) => [key, schedule]))
  const when = ({ time, at: times }: Habit) => {
    const [first = 0] = times
    const end = clock(first + closeTogether)
    if (times.length === bounds.length - 1) return t('crowds.everyDay', { time, end })
    const days = times.map((each) => format.dateTime(each, { weekday: 'short', timeZone: zone }))
    return t('crowds.onDays', { days: joinNames(days, locale), time, end })
  }
  return (
    <section aria-labelledby="crowds" className="flex flex-col gap-2">
      <h2 id="crowds">{t('crowds.title')}</h2>
      {habits.length === 0 ? (
        <p className="text-ink-2">{t('crowds.none', { from: peakThreshold })}</p>
      ) : (
        <>
          <p className="text-ink-2">{t('crowds.lead', { count: crowds.length, from: peakThreshold })}</p>
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
                {habits.slice(0, mostRows).map((habit) => (
                  <tr key={`${habit.time} ${habit.keys.join()}`} className="border-line border-t align-top">
                    <th scope="row" className="px-3 py-2 font-normal">
                      <span className="block min-w-28">{when(habit)}</span>
                    </th>
                    <td className="px-3 py-2 text-warn">{format.number(habit.keys.length)}</td>
                    <td className="px-3 py-2 wrap-anywhere">
                      <span className="flex flex-wrap gap-x-3">
                        {habit.keys.slice(0, mostNames).flatMap((key) => {
                          const schedule = schedules.get(key)
                          if (!schedule) return []
                          return [
                            <Link
                              key={key}
                              href={scheduleHref(at, schedule)}
                              prefetch={false}
                              className="inline-block py-0.5 hover:text-accent hover:underline"
                            >
                              {schedule.name}
                            </Link>,
                          ]
                        })}
                        {habit.keys.length > mostNames && (
                          <span className="text-ink-3">
                            {t('crowds.more', { count: habit.keys.length - mostNames })}
                          </span>
                        )}
                      </span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {habits.length > mostRows && (
            <p className="text-ink-3 text-sm">{t('crowds.more', { count: habits.length - mostRows })}</p>
          )}
        </>
      )}
    </section>
  )
}
