'use client'

import { useFormatter, useLocale, useTimeZone, useTranslations } from 'next-intl'
import { Suspense, use, useDeferredValue, useMemo } from 'react'
import { useNow } from '@/components/context/clock'
import { readCron } from '@/lib/contract/cron'
import { describeSchedule } from '@/lib/policy/schedule/describe'
import { frequencyOf } from '@/lib/policy/schedule/frequency'
import { nextRuns, readSchedule, scheduleArguments } from '@/lib/policy/schedule/schedule'
import { ClockChanges } from './cron-clocks'

/** A schedule in plain words and its next runs, in the viewer's zone and in UTC. Nothing for a text that is no schedule. */
export function CronReading({ cron }: { cron: string }) {
  const t = useTranslations('schedule')
  const now = useNow(60_000)
  const fields = readCron(cron)
  if (!fields) return null
  const runs = nextRuns(cron, now, 5)
  const often = frequencyOf(cron)
  return (
    <div className="rounded-md border border-line bg-surface px-3 py-2 text-sm">
      <p aria-live="polite" className="font-medium">
        <Words cron={cron} />
      </p>
      {often && runs.length > 0 && <p className="text-ink-3 text-xs">{t('frequency', { ...often })}</p>}
      {!(fields.day.star || fields.weekday.star) && <p className="text-ink-3 text-xs">{t('either')}</p>}
      {runs.length > 0 ? <Runs runs={runs} now={now} /> : <p className="text-ink-2">{t('never')}</p>}
    </div>
  )
}

/** Most schedules have words of our own; the others are spelled out by a library that is loaded for them. */
function Words({ cron }: { cron: string }) {
  const t = useTranslations('schedule')
  const locale = useLocale()
  // While one types, the words of the previous text stay until those of the next are there.
  const deferred = useDeferredValue(cron)
  const schedule = readSchedule(deferred)
  const known = t('words', scheduleArguments(schedule, locale))
  const spelled = useMemo(
    () => (schedule.kind === 'other' ? describeSchedule(deferred, locale) : undefined),
    [schedule.kind, deferred, locale],
  )
  return spelled ? (
    <Suspense fallback={known}>
      <Spelled words={spelled} instead={known} />
    </Suspense>
  ) : (
    known
  )
}

/** The library knows nothing of time zones: that its words are in UTC has to be said beside them. */
function Spelled({ words, instead }: { words: Promise<string>; instead: string }) {
  const t = useTranslations('schedule')
  const text = use(words)
  return text ? t('spelled', { words: text }) : instead
}

function Runs({ runs, now }: { runs: readonly Date[]; now: Date }) {
  const t = useTranslations('schedule')
  const format = useFormatter()
  const zone = useTimeZone() ?? 'UTC'
  const shape = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    // Said only where it is not this one.
    ...(runs.some((run) => run.getUTCFullYear() !== now.getUTCFullYear()) && { year: 'numeric' as const }),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  } as const
  return (
    <>
      <table className="mt-1.5 w-full max-w-120 border-collapse text-xs tabular-nums">
        <caption className="sr-only">{t('next')}</caption>
        <thead>
          <tr className="text-left text-ink-3">
            <th scope="col" className="py-0.5 pr-4 font-normal">
              {t('next')} · {zone}
            </th>
            {zone !== 'UTC' && (
              <th scope="col" className="py-0.5 font-normal">
                {t('utc')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.getTime()}>
              <td className="whitespace-nowrap py-0.5 pr-4">
                <time dateTime={run.toISOString()}>{format.dateTime(run, { ...shape, timeZone: zone })}</time>
              </td>
              {zone !== 'UTC' && (
                <td className="whitespace-nowrap py-0.5 text-ink-2">
                  {format.dateTime(run, { ...shape, timeZone: 'UTC' })}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <ClockChanges runs={runs} now={now} zone={zone} />
    </>
  )
}
