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
  /** What they weigh together. */
  readonly count: number
}

/** Steps between which others can be served, and what they come to. */
type Steps<Result> = Generator<undefined, Result, void>

/** By time, equal ones as they came. */
function* inOrder(starts: readonly Start[]): Steps<Start[]> {
  const minutes = new Map<number, Start[]>()
  for (const start of starts) {
    const minute = Math.floor(start.at / 60_000)
    const others = minutes.get(minute)
    if (others) others.push(start)
    else minutes.set(minute, [start])
    yield
  }
  const sorted: Start[] = []
  for (const minute of [...minutes.keys()].sort((a, b) => a - b)) {
    for (const start of (minutes.get(minute) ?? []).sort((a, b) => a.at - b.at)) sorted.push(start)
    yield
  }
  return sorted
}

/**
 * For every hour, counted from `origin`, in which something starts: the stretch of 15 minutes that begins in it and in which
 * the most schedules start. One key may stand for several that always start together: `weightOf` says how many.
 */
export function* busiestByHour(
  starts: readonly Start[],
  origin: number,
  weightOf: (key: string) => number = () => 1,
): Steps<Map<number, PeakTime>> {
  const sorted = yield* inOrder(starts)
  // How often each schedule starts within the stretch that is looked at, which moves along.
  const within = new Map<string, number>()
  const best = new Map<number, { at: number; count: number; first: number; end: number }>()
  let [end, count] = [0, 0]
  for (const [first, { key, at }] of sorted.entries()) {
    for (let next = sorted[end]; next && next.at < at + closeTogether; next = sorted[++end]) {
      const times = within.get(next.key) ?? 0
      if (times === 0) count += weightOf(next.key)
      within.set(next.key, times + 1)
    }
    const hour = Math.floor((at - origin) / hourMs)
    if (count > (best.get(hour)?.count ?? 0)) best.set(hour, { at, count, first, end })
    const left = (within.get(key) ?? 1) - 1
    if (left > 0) within.set(key, left)
    else {
      within.delete(key)
      count -= weightOf(key)
    }
    yield
  }
  const busiest = new Map<number, PeakTime>()
  for (const [hour, each] of best) {
    const keys = new Set(sorted.slice(each.first, each.end).map(({ key }) => key))
    busiest.set(hour, { at: each.at, keys: [...keys], count: each.count })
    yield
  }
  return busiest
}

/**
 * The stretches in which too many start, in order. One that begins inside the one before says the same again with fewer, and
 * is left out; so is the smaller of two that overlap.
 */
export function peakTimesOf(busiest: ReadonlyMap<number, PeakTime>): PeakTime[] {
  const crowded = [...busiest.values()].filter(({ count }) => count >= peakThreshold).sort((a, b) => a.at - b.at)
  const crowds: PeakTime[] = []
  for (const crowd of crowded) {
    const before = crowds.at(-1)
    if (before === undefined || crowd.at >= before.at + closeTogether) crowds.push(crowd)
    else if (crowd.count > before.count) crowds[crowds.length - 1] = crowd
  }
  return crowds
}

/** Crowds that come back at the same time of day with the same schedules, said once. */
export interface Habit {
  /** As the label of the first one's time of day. */
  readonly time: string
  readonly keys: readonly string[]
  readonly count: number
  readonly at: readonly number[]
}

export function* habitsOf(crowds: readonly PeakTime[], timeOfDay: (timeMs: number) => string): Steps<Habit[]> {
  const habits = new Map<string, { time: string; keys: readonly string[]; count: number; at: number[] }>()
  for (const { at, keys, count } of crowds) {
    const time = timeOfDay(at)
    const name = JSON.stringify([time, [...keys].sort()])
    const habit = habits.get(name) ?? { time, keys, count, at: [] }
    habit.at.push(at)
    habits.set(name, habit)
    yield
  }
  return [...habits.values()].sort((a, b) => b.count - a.count || a.time.localeCompare(b.time))
}

const dayMs = 24 * hourMs

/** Beginnings of the days of a zone: of the one that `timeMs` is in, and of those after it. A day around a clock change has 23 or 25 hours. */
export function daysFrom(timeMs: number, zone: string, count: number): number[] {
  const midnight = Math.floor((timeMs + offsetAt(new Date(timeMs), zone) * 60_000) / dayMs) * dayMs
  return Array.from({ length: count }, (_, day) => instantOfLocal(midnight + day * dayMs, zone))
}

/** Days that are shown, and marks in them, which are placed by the quarter of an hour. */
export const weekDays = 7
export const weekQuarters = weekDays * 96

/** Where an instant stands in the week, in quarters. Days around a change of clocks are as wide as the others. */
export function placeOf(timeMs: number, bounds: readonly number[]): number {
  const day = Math.max(
    0,
    bounds.findLastIndex((bound) => bound <= timeMs),
  )
  const [from = 0, to = 0] = [bounds[day], bounds[day + 1]]
  return to > from ? (day + (timeMs - from) / (to - from)) * 96 : weekQuarters
}

/** The quarters of the week in which something starts. */
export const quartersOf = (starts: readonly number[], bounds: readonly number[]): number[] => [
  ...new Set(starts.map((timeMs) => Math.round(placeOf(timeMs, bounds)))),
]
