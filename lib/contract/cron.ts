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
  const values = Array.from({ length: Math.floor((last - from) / step) + 1 }, (_, index) => from + index * step)
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
 * Reads six fields by the grammar of robfig/cron v3, which the service is believed to use (docs/swr-api.md section 8): no `L`, `W`
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

/** The latest day that any of the months has. */
const longestMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether a date fits at all: 30 February and 31 June never come, unless a day of the week is enough. */
function everFits({ day, month, weekday }: Cron): boolean {
  if (!day.star && !weekday.star) return true
  const [earliest = 1] = day.values
  return month.values.some((each) => earliest <= (longestMonth[each - 1] ?? 0))
}

/** Why SWR would refuse a schedule. A field shows `field.<code>`. */
export type CronFlaw = 'required' | 'cron_fields' | 'cron_syntax' | 'cron_seconds' | 'cron_minutes' | 'cron_never'

/**
 * The one rule for a schedule that is written (docs/swr-api.md section 8), null where it is kept. Retention may run every minute,
 * replication may not. A schedule that was read is not refused by it as long as it is not changed.
 */
export function cronFlaw(text: string, kind: 'replication' | 'retention'): CronFlaw | null {
  const parts = cronFields(text)
  if (parts.length === 0) return 'required'
  if (parts.length !== 6) return 'cron_fields'
  const cron = readCron(text)
  if (cron === null) return 'cron_syntax'
  if (parts[0] !== '0') return 'cron_seconds'
  if (kind === 'replication' && cron.minute.values.length === 60) return 'cron_minutes'
  return everFits(cron) ? null : 'cron_never'
}

/**
 * Whether a schedule that was read starts anything: some versions of the service store what they cannot read (`@daily`, five
 * fields) and dates that never come (docs/swr-api.md section 17). `none`: there is no schedule.
 */
export function cronState(text: string): 'fine' | 'none' | 'unreadable' | 'never' {
  if (text.trim() === '') return 'none'
  const cron = readCron(text)
  return cron === null ? 'unreadable' : everFits(cron) ? 'fine' : 'never'
}
