'use client'

import { useFormatter, useNow, useTimeZone } from 'next-intl'
import { spaceDigits } from '@/lib/i18n/chinese'

/** Harbor writes year 1 for "never"; anything before 1970 or unreadable is no time (NOTES section 3). */
export function timeOf(text: string | undefined): Date | null {
  const time = text ? new Date(text) : null
  return time && time.getTime() > 0 ? time : null
}

const minute = 60_000

/** What happened "in 2 seconds" has just happened: clocks differ, and ours here is read every ten seconds. */
const notBefore = (now: Date, date: Date) => (date > now && date.getTime() - now.getTime() < minute ? date : now)

/** Relative time; the exact one with its zone on hover. Nothing for a time that is none. */
export function Ago({ time }: { time: string | undefined }) {
  const format = useFormatter()
  const now = useNow({ updateInterval: 10_000 })
  const timeZone = useTimeZone()
  const date = timeOf(time)
  if (!date) return null
  return (
    <time
      dateTime={date.toISOString()}
      title={`${format.dateTime(date, { dateStyle: 'medium', timeStyle: 'medium' })} (${timeZone})`}
    >
      {spaceDigits(format.relativeTime(date, notBefore(now, date)))}
    </time>
  )
}
