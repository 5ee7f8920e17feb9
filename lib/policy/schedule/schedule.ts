import { joinNames } from '../../i18n/chinese'
import type { FieldCode } from '../validation-codes'
import { type Cron, type CronField, cronFields, fitsDay, readCron } from './cron'

export type CronCode = Extract<FieldCode, 'required' | `cron_${string}`>

const dayLength = 86_400_000
/** Longest wait between two runs that can be: 29 February around a century without a leap day. */
const longestWait = 8 * 366 + 2

/** The next instants after `from`, seen from UTC as the service does. Empty when the text is unreadable or never fits. */
export function nextRuns(cron: string, from: Date, count: number): Date[] {
  const fields = readCron(cron)
  const earliest = (Math.floor(from.getTime() / 1000) + 1) * 1000
  const runs: Date[] = []
  if (fields === null || Number.isNaN(earliest) || count < 1) return runs
  let day = Math.floor(earliest / dayLength) * dayLength
  for (let waited = 0; waited < longestWait; waited++, day += dayLength) {
    if (!fitsDay(fields, new Date(day))) continue
    for (const at of timesFrom(fields, day, earliest)) {
      runs.push(new Date(at))
      if (runs.length >= count) return runs
      waited = 0
    }
  }
  return runs
}

function* timesFrom({ hour, minute, second }: Cron, day: number, earliest: number) {
  for (const hours of hour.values) {
    const atHour = day + hours * 3_600_000
    if (atHour + 3_600_000 <= earliest) continue
    for (const minutes of minute.values) {
      const atMinute = atHour + minutes * 60_000
      if (atMinute + 60_000 <= earliest) continue
      for (const seconds of second.values) {
        const at = atMinute + seconds * 1000
        if (at >= earliest) yield at
      }
    }
  }
}

const someday = new Date(Date.UTC(2000, 0, 1))

/** Why a schedule would be refused (NOTES section 8), or null. Retention may run every minute, replication may not. */
export function checkCron(text: string, kind: 'replication' | 'retention'): CronCode | null {
  const parts = cronFields(text)
  if (parts.length === 0) return 'required'
  if (parts.length !== 6) return 'cron_fields'
  const cron = readCron(text)
  if (cron === null) return 'cron_syntax'
  if (parts[0] !== '0') return 'cron_seconds'
  if (kind === 'replication' && cron.minute.values.length === 60) return 'cron_minutes'
  return nextRuns(text, someday, 1).length === 0 ? 'cron_never' : null
}

/** A schedule in the terms people use. All times are UTC; days of the week count from Sunday = 0. */
export type Schedule =
  | { kind: 'everyMinutes'; minutes: number }
  | { kind: 'hourly'; minute: number }
  | { kind: 'everyHours'; hours: number; minute: number }
  | { kind: 'daily'; hour: number; minute: number }
  | { kind: 'weekly'; days: readonly number[]; hour: number; minute: number }
  | { kind: 'monthly'; day: number; hour: number; minute: number }
  | { kind: 'other' }

const isFull = (field: CronField, size: number) => field.values.length === size
/** The one value of a field. */
const only = ({ values }: CronField) => (values.length === 1 ? values[0] : undefined)

/** The step of values that start at 0 and stay even across the end of the hour or day; undefined for all others. */
function stepOf({ values }: CronField, size: number): number | undefined {
  const step = size / values.length
  return Number.isInteger(step) && values.every((value, at) => value === at * step) ? step : undefined
}

type Days = { every: true } | { weekdays: readonly number[] } | { day: number } | undefined

function daysOf({ day, month, weekday }: Cron): Days {
  if (!isFull(month, 12)) return undefined
  const anyDay = isFull(day, 31)
  const anyWeekday = isFull(weekday, 7)
  if (anyDay && anyWeekday) return { every: true }
  // Both restricted, or one full but written out (`1-31`): then either one is enough.
  if (!(day.star || weekday.star)) return anyDay || anyWeekday ? { every: true } : undefined
  if (anyDay) return { weekdays: weekday.values }
  const single = anyWeekday ? only(day) : undefined
  return single === undefined ? undefined : { day: single }
}

export function readSchedule(cron: string): Schedule {
  const other = { kind: 'other' } as const
  const fields = readCron(cron)
  const days = fields ? daysOf(fields) : undefined
  if (fields === null || days === undefined || only(fields.second) !== 0) return other
  const minute = only(fields.minute)
  const hour = only(fields.hour)
  if ('every' in days && isFull(fields.hour, 24)) {
    if (minute !== undefined && fields.minute.values.length === 1) return { kind: 'hourly', minute }
    const minutes = stepOf(fields.minute, 60)
    return minutes === undefined ? other : { kind: 'everyMinutes', minutes }
  }
  if (minute === undefined) return other
  if (hour === undefined) {
    const hours = 'every' in days ? stepOf(fields.hour, 24) : undefined
    return hours === undefined ? other : { kind: 'everyHours', hours, minute }
  }
  if ('every' in days) return { kind: 'daily', hour, minute }
  if ('day' in days) return { kind: 'monthly', day: days.day, hour, minute }
  return { kind: 'weekly', days: days.weekdays, hour, minute }
}

/** Names of days of the week as one text: "Mon and Wed", "周一、周三". 4 January 1970 was a Sunday. */
function namesOfDays(days: readonly number[], locale: string): string {
  const name = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  const fromMonday = [...days].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7))
  const names = fromMonday.map((day) => name.format(new Date((3 + day) * dayLength)))
  return joinNames(names, locale)
}

/** Arguments of the message `schedule.words`; it says "custom schedule" for what `wordsFor` has to spell out. */
export function scheduleArguments(schedule: Schedule, locale: string) {
  const given = { minute: 0, minutes: 0, hours: 0, hour: 0, day: 0, days: [] as readonly number[], ...schedule }
  const two = (value: number) => String(value).padStart(2, '0')
  return {
    kind: schedule.kind === 'monthly' && schedule.day > 28 ? 'monthlySome' : schedule.kind,
    minute: given.minute,
    minutes: given.minutes,
    hours: String(given.hours),
    day: String(given.day),
    time: `${two(given.hour)}:${two(given.minute)}`,
    days: namesOfDays(given.days, locale),
  }
}
