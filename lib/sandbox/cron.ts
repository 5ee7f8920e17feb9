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

const fields: readonly Field[] = [
  { name: 'second', min: 0, max: 59 },
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day of month', min: 1, max: 31, anyMark: true },
  { name: 'month', min: 1, max: 12, names: months },
  { name: 'day of week', min: 0, max: 6, names: days, anyMark: true },
]

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
  const wrong = fields.find((field, at) => !(parts[at] ?? '').split(',').every((term) => isTerm(term, field)))
  return wrong ? `the ${wrong.name} of cron "${cron}" is invalid` : null
}
