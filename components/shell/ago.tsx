'use client'

import { useFormatter, useNow, useTimeZone } from 'next-intl'

/** Harbor writes year 1 for "never"; anything before 1970 or unreadable is no time (NOTES section 3). */
export function timeOf(text: string | undefined): Date | null {
  const time = text ? new Date(text) : null
  return time && time.getTime() > 0 ? time : null
}

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
      {format.relativeTime(date, now)}
    </time>
  )
}
