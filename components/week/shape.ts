import type { Scheduled } from '@/lib/contract/console/week'
import { startsWithin } from '@/lib/policy/schedule/starts'

export interface Timed {
  readonly key: string
  readonly schedule: Scheduled
  readonly starts: readonly number[]
}

export const keyOf = ({ kind, id }: Pick<Scheduled, 'kind' | 'id'>) => `${kind}-${id}`

/** Schedules with their starts between the first and the last of the midnights. */
export function timedWithin(schedules: readonly Scheduled[], bounds: readonly number[]): Timed[] {
  const [from = 0, to = 0] = [bounds[0], bounds.at(-1)]
  // Many policies share a schedule.
  const known = new Map<string, readonly number[]>()
  return schedules.map((schedule) => {
    const starts = known.get(schedule.cron) ?? startsWithin(schedule.cron, from - 1, to - 1)
    known.set(schedule.cron, starts)
    return { key: keyOf(schedule), schedule, starts }
  })
}

/** Marks of starts as one path, so that a schedule costs one element however often it starts. */
export const marksAt = (quarters: readonly number[]): string => quarters.map((x) => `M${x} 0V10`).join('')
