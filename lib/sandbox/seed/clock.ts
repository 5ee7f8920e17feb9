import { microTime } from '../time'

const minuteMs = 60_000

/** Nothing of the past began so shortly before the start; what was due then begins with the first request. */
export const lullMs = 10 * minuteMs

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
    ago: (minutes) => microTime(new Date(start.getTime() - minutes * minuteMs - ((minutes * 7919) % minuteMs))),
    at(hour, minuteOfHour, days) {
      const time = new Date(start)
      time.setUTCHours(hour, minuteOfHour, 0, 0)
      if (time.getTime() > start.getTime() - lullMs) time.setUTCDate(time.getUTCDate() - 1)
      time.setUTCDate(time.getUTCDate() - days)
      time.setUTCSeconds(1 + (days % 3), (hour * 131 + minuteOfHour * 17 + days * 59) % 1000)
      return time
    },
  }
}
