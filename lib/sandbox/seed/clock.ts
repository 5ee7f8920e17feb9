import { microTime } from '../time'

const minute = 60_000

/** Nothing of the past began so shortly before the start; what was due then begins with the first request. */
export const lull = 10 * minute

/** Times of the seed are told relative to the start of the sandbox, so that last night's runs were last night. */
export interface Clock {
  readonly start: Date
  /** Minutes before the start. */
  ago(minutes: number): string
  /** The given UTC time of day, `days` full days before the latest one that has passed. */
  at(hour: number, minute: number, days: number): Date
}

export function clockFrom(start: Date): Clock {
  return {
    start,
    // A scatter below one minute, or every time would end in the same fraction of a second.
    ago: (minutes) => microTime(new Date(start.getTime() - minutes * minute - ((minutes * 7919) % minute))),
    at(hour, minuteOfHour, days) {
      const time = new Date(start)
      time.setUTCHours(hour, minuteOfHour, 0, 0)
      if (time.getTime() > start.getTime() - lull) time.setUTCDate(time.getUTCDate() - 1)
      time.setUTCDate(time.getUTCDate() - days)
      time.setUTCSeconds(1 + (days % 3), (hour * 131 + minuteOfHour * 17 + days * 59) % 1000)
      return time
    },
  }
}
