/**
 * Six fields, UTC: second minute hour day-of-month month day-of-week. The rules are Harbor's, believed to be SWR's: the
 * second is the literal 0; day fields may say "?".
 */
const months = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ')
const days = 'SUN MON TUE WED THU FRI SAT'.split(' ')

interface Field {
  readonly name: string
  readonly min: number
  readonly max: number
  readonly names?: readonly string[]
  readonly anyMark?: true
}

const second: Field = { name: 'second', min: 0, max: 59 }
const minute: Field = { name: 'minute', min: 0, max: 59 }
const hour: Field = { name: 'hour', min: 0, max: 23 }
const dayOfMonth: Field = { name: 'day of month', min: 1, max: 31, anyMark: true }
const month: Field = { name: 'month', min: 1, max: 12, names: months }
const dayOfWeek: Field = { name: 'day of week', min: 0, max: 6, names: days, anyMark: true }
const fields = [second, minute, hour, dayOfMonth, month, dayOfWeek]

function numberIn(text: string, { min, max, names = [] }: Field): number | null {
  const named = names.indexOf(text.toUpperCase())
  if (named >= 0) return named + min
  const value = Number(text)
  return /^\d{1,2}$/.test(text) && value >= min && value <= max ? value : null
}

/** `*`, `a`, `a-b`, each with an optional `/step`. */
function isTerm(term: string, field: Field): boolean {
  const [range = '', step, ...more] = term.split('/')
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d?$/.test(step))) return false
  if (range === '*' || (range === '?' && field.anyMark)) return true
  const [from = '', to, ...rest] = range.split('-')
  if (rest.length > 0) return false
  const start = numberIn(from, field)
  if (start === null || to === undefined) return start !== null
  const end = numberIn(to, field)
  return end !== null && start <= end
}

/** What is wrong with a schedule, or null. Replication may not run every minute; retention may. */
export function cronComplaint(cron: string, { everyMinute }: { everyMinute: boolean }): string | null {
  const parts = cron.split(' ')
  if (parts.length !== 6) return `cron "${cron}" must have six fields`
  if (parts[0] !== '0') return 'the second of a cron must be 0'
  if (!everyMinute && parts[1] === '*') return 'the minute of a cron must not be *'
  const wrong = fields.find((field, index) => !(parts[index] ?? '').split(',').every((term) => isTerm(term, field)))
  return wrong ? `the ${wrong.name} of cron "${cron}" is invalid` : null
}

/** Every value that a field allows, ascending. `from/step` runs to the end of the field. */
function valuesOf(text: string, field: Field): number[] {
  const allowed = text.split(',').map((term) => {
    const [range = '', step] = term.split('/')
    const [from = '', to] = range.split('-')
    const first = numberIn(from, field)
    if (first === null) return { first: field.min, last: field.max, step: Number(step ?? 1) }
    const end = to === undefined ? (step === undefined ? first : field.max) : (numberIn(to, field) ?? first)
    return { first, last: end, step: Number(step ?? 1) }
  })
  const all = Array.from({ length: field.max - field.min + 1 }, (_, index) => field.min + index)
  return all.filter((value) =>
    allowed.some(({ first, last, step }) => value >= first && value <= last && (value - first) % step === 0),
  )
}

const isAny = (text: string) => text.split(',').some((term) => /^[*?](\/1)?$/.test(term))

/** Both fields of days must fit when one of them is "any", else one is enough: that is how Harbor's engine reads them. */
function dayTest(parts: readonly string[]): (day: Date) => boolean {
  const [, , , dates = '', ofYear = '', weekdays = ''] = parts
  const both = isAny(dates) || isAny(weekdays)
  const byDate = valuesOf(dates, dayOfMonth)
  const byMonth = valuesOf(ofYear, month)
  const byWeekday = valuesOf(weekdays, dayOfWeek)
  return (day) => {
    const fits = [byDate.includes(day.getUTCDate()), byWeekday.includes(day.getUTCDay())]
    return byMonth.includes(day.getUTCMonth() + 1) && (both ? fits.every(Boolean) : fits.some(Boolean))
  }
}

const dayMs = 86_400_000

/**
 * When a schedule was due after `since`, until and with `until` (milliseconds since the epoch), oldest first; of more than
 * `maxTimes` the latest. A text that is no schedule is never due.
 */
export function dueTimes(cron: string, since: number, until: number, maxTimes: number): number[] {
  if (cronComplaint(cron, { everyMinute: true }) !== null) return []
  const parts = cron.split(' ')
  const fits = dayTest(parts)
  const [minutes, hours] = [valuesOf(parts[1] ?? '', minute), valuesOf(parts[2] ?? '', hour)]
  const times = hours.flatMap((each) => minutes.map((past) => (each * 60 + past) * 60_000))
  const due: number[] = []
  const today = Math.floor(until / dayMs) * dayMs
  for (let day = today; day + dayMs > since && due.length < maxTimes; day -= dayMs) {
    if (!fits(new Date(day))) continue
    due.unshift(...times.map((time) => day + time).filter((time) => time > since && time <= until))
  }
  return due.slice(-maxTimes)
}
