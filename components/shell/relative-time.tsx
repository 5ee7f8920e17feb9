'use client'

import { useFormatter, useTimeZone } from 'next-intl'
import { tooltip } from '@/components/ui/tooltip'
import { spaceDigits } from '@/lib/i18n/chinese'
import { useNow } from '../context/clock'
import { wholeUnit } from './relative-unit'

/** Harbor writes year 1 for "never"; anything before 1970 or unreadable is no time (docs/swr-api.md section 3). */
export function timeOf(text: string | undefined): Date | null {
  const time = text ? new Date(text) : null
  return time && time.getTime() > 0 ? time : null
}

type Style = 'long' | 'narrow'

/** What has happened, in words; the exact time with its zone as a tooltip. Nothing for a time that is none. */
export function Ago({ time, style = 'long' }: { time: string | undefined; style?: Style }) {
  const now = useNow()
  const date = timeOf(time)
  // Clocks differ: what has happened never lies ahead.
  return date && <Relative date={date} now={date > now ? date : now} style={style} />
}

/** What is still to come, in words; nothing once it has passed. */
export function Until({ time, style = 'long' }: { time: Date; style?: Style }) {
  const now = useNow()
  return time > now && <Relative date={time} now={now} style={style} />
}

function Relative({ date, now, style }: { date: Date; now: Date; style: Style }) {
  const format = useFormatter()
  const timeZone = useTimeZone()
  const exact = `${format.dateTime(date, { dateStyle: 'medium', timeStyle: 'medium' })} (${timeZone})`
  const unit = wholeUnit(Math.abs(date.getTime() - now.getTime()))
  return (
    <time dateTime={date.toISOString()} {...tooltip(exact)}>
      {spaceDigits(format.relativeTime(date, { now, style, ...(unit && { unit }) }))}
    </time>
  )
}
