import { instantOfLocal, offsetAt } from './zone'

const hourMs = 3_600_000

/** One start of one schedule; `key` names the schedule. */
export interface Start {
  readonly key: string
  readonly at: number
}

/** Starts that lie this close together are in each other's way. */
export const closeTogether = 15 * 60_000
/** From so many on. */
export const peakThreshold = 4

export interface PeakTime {
  /** Beginning of the closest stretch. */
  readonly at: number
  /** Schedules that start within it, each once. */
  readonly keys: readonly string[]
}

/**
 * For every hour, counted from `origin`, in which something starts: the stretch of 15 minutes that begins in it and in which
 * the most schedules start.
 */
export function busiestByHour(starts: readonly Start[], origin: number): Map<number, PeakTime> {
  const sorted = [...starts].sort((a, b) => a.at - b.at)
  // How often each schedule starts within the stretch that is looked at, which moves along.
  const within = new Map<string, number>()
  const best = new Map<number, { at: number; count: number; first: number; end: number }>()
  let end = 0
  sorted.forEach(({ key, at }, first) => {
    for (let next = sorted[end]; next && next.at < at + closeTogether; next = sorted[++end])
      within.set(next.key, (within.get(next.key) ?? 0) + 1)
    const hour = Math.floor((at - origin) / hourMs)
    if (within.size > (best.get(hour)?.count ?? 0)) best.set(hour, { at, count: within.size, first, end })
    const left = (within.get(key) ?? 1) - 1
    if (left > 0) within.set(key, left)
    else within.delete(key)
  })
  const keysOf = (from: number, to: number) => [...new Set(sorted.slice(from, to).map(({ key }) => key))]
  return new Map([...best].map(([hour, each]) => [hour, { at: each.at, keys: keysOf(each.first, each.end) }]))
}

/**
 * The stretches in which too many start, in order. One that begins inside the one before says the same again with fewer, and
 * is left out; so is the smaller of two that overlap.
 */
export function peakTimesOf(starts: readonly Start[], origin: number): PeakTime[] {
  const crowded = [...busiestByHour(starts, origin).values()]
    .filter(({ keys }) => keys.length >= peakThreshold)
    .sort((a, b) => a.at - b.at)
  const crowds: PeakTime[] = []
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

export function habitsOf(crowds: readonly PeakTime[], timeOfDay: (timeMs: number) => string): Habit[] {
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

const dayMs = 24 * hourMs

/** Beginnings of the days of a zone: of the one that `timeMs` is in, and of those after it. A day around a clock change has 23 or 25 hours. */
export function daysFrom(timeMs: number, zone: string, count: number): number[] {
  const midnight = Math.floor((timeMs + offsetAt(new Date(timeMs), zone) * 60_000) / dayMs) * dayMs
  return Array.from({ length: count }, (_, day) => instantOfLocal(midnight + day * dayMs, zone))
}
