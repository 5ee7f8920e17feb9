import { type Cron, type CronField, readCron } from '../../contract/cron'
import { joinNames } from '../../i18n/chinese'
import { startsAfter } from './starts'

const dayMs = 86_400_000

/** The next instants after `from`, seen from UTC as the service does. Empty when the text is unreadable or never fits. */
export function nextRuns(text: string, from: Date, count: number): Date[] {
  const cron = readCron(text)
  const runs: Date[] = []
  if (cron === null || count < 1) return runs
  for (const at of startsAfter(cron, from.getTime())) {
    runs.push(new Date(at))
    if (runs.length >= count) break
  }
  return runs
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
  return Number.isInteger(step) && values.every((value, index) => value === index * step) ? step : undefined
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

const dayNames = new Map<string, Intl.DateTimeFormat>()

/** One for each language: making it costs more than all that a list then asks of it. */
function dayName(locale: string): Intl.DateTimeFormat {
  const name = dayNames.get(locale) ?? new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  dayNames.set(locale, name)
  return name
}

/** Names of days of the week as one text: "Mon and Wed", "周一、周三". 4 January 1970 was a Sunday. */
function namesOfDays(days: readonly number[], locale: string): string {
  if (days.length === 0) return ''
  const name = dayName(locale)
  const fromMonday = [...days].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7))
  const names = fromMonday.map((day) => name.format(new Date((3 + day) * dayMs)))
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
