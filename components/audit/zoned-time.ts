import { instantOfLocal } from '@/lib/policy/schedule/zone'

const shape = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const

/** An instant as a `datetime-local` field shows it in a zone; empty for what is none. */
export function localOf(instant: string, timeZone: string): string {
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return ''
  const parts = new Intl.DateTimeFormat('en-CA', { ...shape, timeZone }).formatToParts(date)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

/** The instant at which a zone's clocks show this, the first where they show it twice; null for what is no time. */
export function instantOf(local: string, timeZone: string): string | null {
  const localMs = Date.parse(`${local}Z`)
  return Number.isNaN(localMs) ? null : new Date(instantOfLocal(localMs, timeZone)).toISOString()
}
