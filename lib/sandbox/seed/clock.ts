import { microTime } from '../time'

/** Times of the seed are told relative to the start of the sandbox, so that last night's runs were last night. */
export interface Clock {
  readonly start: Date
  /** Minutes before the start. */
  ago(minutes: number): string
  /** The given UTC time of day, `days` full days before the latest one that has passed; `after` minutes later. */
  at(hour: number, minute: number, days: number, after?: number): Date
}

export function clockFrom(start: Date): Clock {
  const minute = 60_000
  return {
    start,
    ago: (minutes) => microTime(new Date(start.getTime() - minutes * minute)),
    at(hour, minuteOfHour, days, after = 0) {
      const time = new Date(start)
      time.setUTCHours(hour, minuteOfHour, 2, 417)
      if (time.getTime() > start.getTime() - 10 * minute) time.setUTCDate(time.getUTCDate() - 1)
      time.setUTCDate(time.getUTCDate() - days)
      return new Date(time.getTime() + after * minute)
    },
  }
}
