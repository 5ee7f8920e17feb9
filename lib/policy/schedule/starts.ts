import { type Cron, readCron } from '../../contract/cron'

const [dayMs, hourMs, minuteMs] = [86_400_000, 3_600_000, 60_000]
/** Months without a fitting day that can follow each other: 29 February around a century without a leap day. */
const maxIdleMonths = 8 * 12 + 1

/** Days of one month that fit, ascending. They fit when both fields of days do if one is "any", and when either does if both are restricted: that engine's rule. */
function daysIn(year: number, month: number, { day, weekday }: Cron): number[] {
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay()
  const both = day.star || weekday.star
  const byWeekday = (date: number) => weekday.values.includes((first + date - 1) % 7)
  if (both) return day.values.filter((date) => date <= length && byWeekday(date))
  return Array.from({ length }, (_, index) => index + 1).filter((date) => day.values.includes(date) || byWeekday(date))
}

/** Midnights (UTC) of the days that fit, from the day of `from` on. Looks at months, not at days, and ends when none comes any more. */
export function* fittingDays(cron: Cron, from: number): Generator<number, void, void> {
  const start = new Date(from)
  if (Number.isNaN(start.getTime())) return
  const today = Math.floor(from / dayMs) * dayMs
  let [year, month, idle] = [start.getUTCFullYear(), start.getUTCMonth(), 0]
  while (idle < maxIdleMonths) {
    idle += 1
    if (cron.month.values.includes(month + 1))
      for (const date of daysIn(year, month, cron)) {
        const day = Date.UTC(year, month, date)
        if (day < today) continue
        idle = 0
        yield day
      }
    month += 1
    if (month === 12) [year, month] = [year + 1, 0]
  }
}

/**
 * Times of a schedule after `from`, in milliseconds and ascending, without an end unless no date fits. `byMinute`: of several
 * seconds of a minute only the first.
 */
export function* startsAfter(cron: Cron, from: number, byMinute = false): Generator<number, void, void> {
  const { hour, minute, second } = cron
  for (const day of fittingDays(cron, from))
    for (const hours of hour.values) {
      const atHour = day + hours * hourMs
      if (atHour + hourMs <= from) continue
      for (const minutes of minute.values) {
        const atMinute = atHour + minutes * minuteMs
        if (atMinute + minuteMs <= from) continue
        for (const seconds of second.values) {
          const at = atMinute + seconds * 1000
          if (at <= from) continue
          yield at
          if (byMinute) break
        }
      }
    }
}

/**
 * Times of a schedule after `from` and up to `to`; none when it cannot be read. Of one that names several seconds of a
 * minute, only the first: the samples of the API do, no service starts so often, and a week has many seconds.
 */
export function startsWithin(text: string, from: number, to: number): number[] {
  const cron = readCron(text)
  const starts: number[] = []
  if (cron === null || !(from < to)) return starts
  for (const start of startsAfter(cron, from, true)) {
    if (start > to) break
    starts.push(start)
  }
  return starts
}
