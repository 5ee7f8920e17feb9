'use client'

import clsx from 'clsx'
import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import { peakThreshold, placeOf, weekQuarters } from '@/lib/policy/schedule/week'
import { marksAt } from './shape'

const hour = 3_600_000

/** What a row draws, in this order. */
const looks = { disabled: 'stroke-line-strong', replication: 'stroke-ink', retention: 'stroke-accent' } as const
type Look = keyof typeof looks

export interface StripRow {
  readonly key: string
  readonly name: string
  readonly starts: number
  readonly enabled: boolean
  /** Quarters of the week in which something starts. */
  readonly marks: Partial<Readonly<Record<Look, readonly number[]>>>
}

/** Seven days side by side, a mark for each start. What it shows is said in words below it. */
export function WeekStrip({
  bounds,
  busiest,
  rows,
  zone,
  now,
  more,
}: {
  bounds: readonly number[]
  busiest: ConsoleOutput<'weekShow'>['busiest']
  rows: readonly StripRow[]
  zone: string
  now: Date
  /** Stands below the last row. */
  more: ReactNode
}) {
  const t = useTranslations('week')
  const format = useFormatter()
  const [first = 0] = bounds
  const most = Math.max(1, ...busiest.map(({ count }) => count))
  return (
    <figure aria-label={t('strip.label')} className="rounded-lg border border-line bg-surface">
      <div
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
        className="relative max-h-[70dvh] overflow-y-auto rounded-t-lg px-3 pb-2"
      >
        <div className="sticky top-0 z-1 bg-surface pt-3 pb-1">
          <Line name={null}>
            <div className="grid grid-cols-7 text-ink-3 text-xs">
              {bounds.slice(0, -1).map((day) => (
                <span
                  key={day}
                  className="flex flex-wrap gap-x-1 border-line border-l pl-1 first:border-l-0 first:pl-0"
                >
                  <span>{format.dateTime(day, { day: 'numeric', timeZone: zone })}</span>{' '}
                  <span>{format.dateTime(day, { weekday: 'short', timeZone: zone })}</span>
                </span>
              ))}
            </div>
          </Line>
          <Line name={<span className="text-ink-2">{t('strip.together')}</span>}>
            <Band bounds={bounds} now={now} height="h-8">
              {busiest.map(({ hour: at, count }) => {
                const x = placeOf(first + at * hour, bounds)
                const height = Math.max(2, (count / most) * 10)
                const time = format.dateTime(first + at * hour, {
                  weekday: 'short',
                  hour: '2-digit',
                  minute: '2-digit',
                  hourCycle: 'h23',
                  timeZone: zone,
                })
                return (
                  <rect
                    key={at}
                    x={x}
                    y={10 - height}
                    width={4}
                    height={height}
                    className={count >= peakThreshold ? 'fill-warn' : 'fill-line-strong'}
                  >
                    <title>{t('strip.hour', { time, count })}</title>
                  </rect>
                )
              })}
            </Band>
          </Line>
        </div>
        <ul className="divide-y divide-line border-line border-t">
          {rows.map(({ key, name, starts, enabled, marks }) => (
            <li key={key} className={clsx('py-1', !enabled && 'text-ink-3')}>
              <Line
                name={
                  <>
                    <span className="wrap-anywhere">{name}</span>
                    {!enabled && <small className="ml-1.5 text-xs">{t('disabled')}</small>}
                    <span className="sr-only">{`: ${t('strip.starts', { count: starts })}`}</span>
                  </>
                }
              >
                <Band bounds={bounds} now={now} height="h-5">
                  {(Object.keys(looks) as Look[]).map((look) => {
                    const quarters = marks[look] ?? []
                    return (
                      quarters.length > 0 && (
                        <path
                          key={look}
                          d={marksAt(quarters)}
                          vectorEffect="non-scaling-stroke"
                          strokeWidth={2}
                          className={looks[look]}
                        />
                      )
                    )
                  })}
                </Band>
              </Line>
            </li>
          ))}
        </ul>
        {more}
      </div>
      <figcaption className="border-line border-t px-3 py-2 text-ink-3 text-xs">{t('strip.legend')}</figcaption>
    </figure>
  )
}

/** Beside its name on wide screens, below it on phones. */
function Line({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="grid items-center gap-x-3 @table:grid-cols-[15rem_minmax(0,1fr)]">
      <span className="min-w-0 text-sm">{name}</span>
      <div className="min-w-0">{children}</div>
    </div>
  )
}

/** A drawing over the seven days, with their borders and the present moment. */
function Band({
  bounds,
  now,
  height,
  children,
}: {
  bounds: readonly number[]
  now: Date
  height: string
  children: ReactNode
}) {
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${weekQuarters} 10`}
      preserveAspectRatio="none"
      className={clsx('block w-full rounded-sm bg-sunken', height)}
    >
      {bounds.slice(1, -1).map((day, index) => (
        <path key={day} d={`M${(index + 1) * 96} 0V10`} vectorEffect="non-scaling-stroke" className="stroke-line" />
      ))}
      {children}
      <path
        d={`M${placeOf(now.getTime(), bounds).toFixed(1)} 0V10`}
        vectorEffect="non-scaling-stroke"
        className="stroke-busy"
      />
    </svg>
  )
}
