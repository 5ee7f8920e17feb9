import type { Schedule } from './schedule'

/** What can be picked without writing cron. */
export type PickedSchedule = Exclude<Schedule, { kind: 'other' }>

const divisorsOf = (size: number) =>
  Array.from({ length: size - 1 }, (_, index) => index + 1).filter((each) => size % each === 0)

/** Steps that stay even across the end of the hour or the day; others would leave a shorter gap there. */
export const minuteSteps: readonly number[] = divisorsOf(60)
export const hourSteps: readonly number[] = divisorsOf(24).slice(1)

/** The cron text of what was picked: reading it gives the same again. */
export function cronOf(picked: PickedSchedule): string {
  switch (picked.kind) {
    case 'everyMinutes':
      return picked.minutes === 1 ? '0 * * * * *' : `0 */${picked.minutes} * * * *`
    case 'hourly':
      return `0 ${picked.minute} * * * *`
    case 'everyHours':
      return `0 ${picked.minute} */${picked.hours} * * *`
    case 'daily':
      return `0 ${picked.minute} ${picked.hour} * * *`
    case 'weekly':
      return `0 ${picked.minute} ${picked.hour} * * ${[...picked.days].sort((a, b) => a - b).join()}`
    case 'monthly':
      return `0 ${picked.minute} ${picked.hour} ${picked.day} * *`
  }
}

/** The schedule of another kind that is nearest to the present one: its time is kept as far as it has one. */
export function asKind(kind: PickedSchedule['kind'], from: Schedule): PickedSchedule {
  // At night by UTC, where nothing says otherwise.
  const { minute, hour, day, days, minutes, hours } = {
    minute: 0,
    hour: 2,
    day: 1,
    days: [1],
    minutes: 15,
    hours: 6,
    ...from,
  }
  switch (kind) {
    case 'everyMinutes':
      return { kind, minutes }
    case 'hourly':
      return { kind, minute }
    case 'everyHours':
      return { kind, hours, minute }
    case 'daily':
      return { kind, hour, minute }
    case 'weekly':
      return { kind, days, hour, minute }
    case 'monthly':
      return { kind, day, hour, minute }
  }
}

/** `02:05` as browsers write it in a field of times; undefined while it is half typed. */
export function readTime(text: string): { hour: number; minute: number } | undefined {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)/.exec(text) ?? []
  return hour === undefined || minute === undefined ? undefined : { hour: Number(hour), minute: Number(minute) }
}

const two = (value: number) => String(value).padStart(2, '0')
export const timeText = ({ hour, minute }: { hour: number; minute: number }) => `${two(hour)}:${two(minute)}`
