/** Values that a field allows, ascending. `star` = written as "any", which matters for the two fields of days. */
export interface CronField {
  readonly values: readonly number[]
  readonly star: boolean
}

export interface Cron {
  readonly second: CronField
  readonly minute: CronField
  readonly hour: CronField
  readonly day: CronField
  readonly month: CronField
  readonly weekday: CronField
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

interface Bounds {
  min: number
  max: number
  /** Names of the values from `min` on. */
  names?: readonly string[]
}

export const normalCron = (text: string) => text.trim().replace(/\s+/g, ' ')

/** The six fields as texts, however many there are. */
export const cronFields = (text: string) => text.trim().split(/\s+/).filter(Boolean)

function readValue(text: string, { min, names }: Bounds): number {
  if (/^\d{1,4}$/.test(text)) return Number(text)
  const at = names?.indexOf(text.toLowerCase()) ?? -1
  return at === -1 ? Number.NaN : min + at
}

/** One element of a field's list: `*`, `?`, `5`, `1-5`, each with an optional `/step`; `5/15` runs to the field's end. */
function readRange(text: string, bounds: Bounds): CronField | null {
  const [range = '', stepText, ...more] = text.split('/')
  const step = stepText === undefined ? 1 : /^\d{1,4}$/.test(stepText) ? Number(stepText) : 0
  if (more.length > 0 || step === 0) return null
  const any = range === '*' || range === '?'
  const [low = '', high, ...rest] = any ? [] : range.split('-')
  if (rest.length > 0) return null
  const from = any ? bounds.min : readValue(low, bounds)
  const last = any || (high === undefined && stepText !== undefined) ? bounds.max : readValue(high ?? low, bounds)
  if (!(from >= bounds.min && last <= bounds.max && from <= last)) return null
  const values = Array.from({ length: Math.floor((last - from) / step) + 1 }, (_, at) => from + at * step)
  return { values, star: any && step === 1 }
}

function readField(text: string | undefined, bounds: Bounds): CronField | null {
  if (text === undefined) return null
  const values = new Set<number>()
  let star = false
  for (const part of text.split(',')) {
    const range = readRange(part, bounds)
    if (range === null) return null
    for (const value of range.values) values.add(value)
    star ||= range.star
  }
  return { values: [...values].sort((a, b) => a - b), star }
}

/**
 * Reads six fields by the grammar of robfig/cron v3, which the service is believed to use (NOTES section 8): no `L`, `W`
 * or `#`, days of the week 0–6, names in any case. Null when that engine would refuse the text.
 */
export function readCron(text: string): Cron | null {
  const parts = cronFields(text)
  if (parts.length !== 6) return null
  const second = readField(parts[0], { min: 0, max: 59 })
  const minute = readField(parts[1], { min: 0, max: 59 })
  const hour = readField(parts[2], { min: 0, max: 23 })
  const day = readField(parts[3], { min: 1, max: 31 })
  const month = readField(parts[4], { min: 1, max: 12, names: months })
  const weekday = readField(parts[5], { min: 0, max: 6, names: weekdays })
  return second && minute && hour && day && month && weekday ? { second, minute, hour, day, month, weekday } : null
}

/** Days fit when both fields do if one is "any", and when either does if both are restricted: that engine's rule. */
export function fitsDay({ day, month, weekday }: Cron, date: Date): boolean {
  if (!month.values.includes(date.getUTCMonth() + 1)) return false
  const byDay = day.values.includes(date.getUTCDate())
  const byWeekday = weekday.values.includes(date.getUTCDay())
  return day.star || weekday.star ? byDay && byWeekday : byDay || byWeekday
}
