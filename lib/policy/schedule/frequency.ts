import { type Cron, readCron } from '../../contract/cron'
import { fittingDays } from './starts'

export interface Frequency {
  readonly times: number
  readonly per: 'day' | 'week' | 'month' | 'year'
}

const dayMs = 86_400_000
/** Four years with their leap day. */
const spanDays = 1461
const from = Date.UTC(2025, 0, 1)

function daysOf(cron: Cron): Frequency {
  const { day, month, weekday } = cron
  const anyMonth = month.values.length === 12
  const anyDay = day.values.length === 31
  const anyWeekday = weekday.values.length === 7
  // Restricted both, either one is enough.
  const both = day.star || weekday.star
  if (anyMonth && (both ? anyDay && anyWeekday : anyDay || anyWeekday)) return { times: 1, per: 'day' }
  if (anyMonth && both && anyDay) return { times: weekday.values.length, per: 'week' }
  if (anyMonth && both && anyWeekday && Math.max(...day.values) <= 28) return { times: day.values.length, per: 'month' }
  let fitting = 0
  for (const date of fittingDays(cron, from)) {
    if (date >= from + spanDays * dayMs) break
    fitting += 1
  }
  return { times: fitting / 4, per: 'year' }
}

/** How often a schedule runs, in the largest unit that says it exactly; null for a text that is no schedule. */
export function frequencyOf(text: string): Frequency | null {
  const cron = readCron(text)
  if (cron === null) return null
  const { times, per } = daysOf(cron)
  const inDay = cron.hour.values.length * cron.minute.values.length * cron.second.values.length
  return { times: Math.round(times * inDay), per }
}
