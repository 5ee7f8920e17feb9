import type { Scheduled } from '@/lib/contract/console/insight'
import { startsWithin } from '@/lib/policy/schedule/starts'
import { busiestByHour, daysFrom, type PeakTime, peakTimesOf } from '@/lib/policy/schedule/week'

const days = 7
/** Marks are placed by the quarter of an hour. */
export const quarters = days * 96

export interface Timed {
  readonly key: string
  readonly schedule: Scheduled
  readonly starts: readonly number[]
}

export interface Week {
  /** The midnights that bound the days, one more than days. */
  readonly bounds: readonly number[]
  readonly timed: readonly Timed[]
  /** Of enabled schedules, by hours since the first midnight. */
  readonly busiest: ReadonlyMap<number, PeakTime>
  readonly crowds: readonly PeakTime[]
}

export const keyOf = ({ kind, id }: Scheduled) => `${kind}-${id}`

/** Every start of seven days from the last midnight of a zone. */
export function weekFrom(schedules: readonly Scheduled[], now: Date, zone: string): Week {
  const bounds = daysFrom(now.getTime(), zone, days + 1)
  const [from = 0, to = 0] = [bounds[0], bounds.at(-1)]
  // Many policies share a schedule.
  const startsOf = new Map<string, readonly number[]>()
  const timed = schedules.map((schedule) => {
    const starts = startsOf.get(schedule.cron) ?? startsWithin(schedule.cron, from - 1, to - 1)
    startsOf.set(schedule.cron, starts)
    return { key: keyOf(schedule), schedule, starts }
  })
  const enabled = timed.flatMap(({ key, schedule, starts }) =>
    schedule.enabled ? starts.map((timeMs) => ({ key, at: timeMs })) : [],
  )
  return { bounds, timed, busiest: busiestByHour(enabled, from), crowds: peakTimesOf(enabled, from) }
}

/** Where an instant stands in the week, in quarters. Days around a change of clocks are as wide as the others. */
export function placeOf(timeMs: number, bounds: readonly number[]): number {
  const day = Math.max(
    0,
    bounds.findLastIndex((bound) => bound <= timeMs),
  )
  const [from = 0, to = 0] = [bounds[day], bounds[day + 1]]
  return to > from ? (day + (timeMs - from) / (to - from)) * 96 : quarters
}

/** Marks of starts as one path, so that a schedule costs one element however often it starts. */
export const marksOf = (starts: readonly number[], bounds: readonly number[]): string =>
  [...new Set(starts.map((timeMs) => Math.round(placeOf(timeMs, bounds))))].map((x) => `M${x} 0V10`).join('')
