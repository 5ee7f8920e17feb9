import { readCron } from './cron'
import { nextRuns } from './schedule'
import { offsetAt } from './zone'

const chunk = 32
const hourLength = 3_600_000

const minuteLength = 60_000
const endOfMinute = (at: Date) => new Date(Math.floor(at.getTime() / minuteLength) * minuteLength + minuteLength - 1)

/**
 * Times of a schedule after `from` and up to `to`, both instants; none when it cannot be read. Of one that names several
 * seconds of a minute, only the first: the samples of the API do, no service starts so often, and a week has many seconds.
 */
export function startsWithin(cron: string, from: Date, to: Date): Date[] {
  const starts: Date[] = []
  const isFiner = (readCron(cron)?.second.values.length ?? 0) > 1
  const count = isFiner ? 1 : chunk
  for (let after = from; after < to; ) {
    const next = nextRuns(cron, after, count)
    for (const start of next) {
      if (start > to) return starts
      starts.push(start)
    }
    const last = next.at(-1)
    if (last === undefined || next.length < count) return starts
    after = isFiner ? endOfMinute(last) : last
  }
  return starts
}

/** One start of one schedule; `key` names the schedule. */
export interface Start {
  readonly key: string
  readonly at: number
}

/** Starts that lie this close together are in each other's way. */
export const closeTogether = 15 * 60_000
/** From so many on. */
export const crowdedFrom = 4

export interface Crowd {
  /** Beginning of the closest stretch. */
  readonly at: number
  /** Schedules that start within it, each once. */
  readonly keys: readonly string[]
}

/**
 * For every hour, counted from `origin`, in which something starts: the stretch of 15 minutes that begins in it and in which
 * the most schedules start.
 */
export function busiestByHour(starts: readonly Start[], origin: number): Map<number, Crowd> {
  const sorted = [...starts].sort((a, b) => a.at - b.at)
  const hours = new Map<number, Crowd>()
  sorted.forEach(({ at }, index) => {
    const keys = new Set<string>()
    for (let near = index; near < sorted.length; near++) {
      const other = sorted[near]
      if (other === undefined || other.at >= at + closeTogether) break
      keys.add(other.key)
    }
    const hour = Math.floor((at - origin) / hourLength)
    if (keys.size > (hours.get(hour)?.keys.length ?? 0)) hours.set(hour, { at, keys: [...keys] })
  })
  return hours
}

/**
 * The stretches in which too many start, in order. One that begins inside the one before says the same again with fewer, and
 * is left out; so is the smaller of two that overlap.
 */
export function crowdsOf(starts: readonly Start[], origin: number): Crowd[] {
  const crowded = [...busiestByHour(starts, origin).values()]
    .filter(({ keys }) => keys.length >= crowdedFrom)
    .sort((a, b) => a.at - b.at)
  const crowds: Crowd[] = []
  for (const crowd of crowded) {
    const before = crowds.at(-1)
    if (before === undefined || crowd.at >= before.at + closeTogether) crowds.push(crowd)
    else if (crowd.keys.length > before.keys.length) crowds[crowds.length - 1] = crowd
  }
  return crowds
}

/** Crowds that come back at the same time of day with the same schedules, said once. */
export interface Habit {
  /** As the label of the first one's time of day. */
  readonly time: string
  readonly keys: readonly string[]
  readonly at: readonly number[]
}

export function habitsOf(crowds: readonly Crowd[], timeOfDay: (at: number) => string): Habit[] {
  const habits = new Map<string, { time: string; keys: readonly string[]; at: number[] }>()
  for (const { at, keys } of crowds) {
    const time = timeOfDay(at)
    const name = JSON.stringify([time, [...keys].sort()])
    const habit = habits.get(name) ?? { time, keys, at: [] }
    habit.at.push(at)
    habits.set(name, habit)
  }
  return [...habits.values()].sort((a, b) => b.keys.length - a.keys.length || a.time.localeCompare(b.time))
}

const dayLength = 24 * hourLength

/** Midnights of a zone: the one before `at` and those after it. A day around a clock change has 23 or 25 hours. */
export function daysFrom(at: number, zone: string, count: number): number[] {
  const ahead = (instant: number) => offsetAt(new Date(instant), zone) * 60_000
  const midnight = Math.floor((at + ahead(at)) / dayLength) * dayLength
  return Array.from({ length: count }, (_, day) => {
    const local = midnight + day * dayLength
    // The offset is that of the instant that is looked for: the second look is on the right side of a change.
    return local - ahead(local - ahead(local))
  })
}
