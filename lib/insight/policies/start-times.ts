import 'server-only'
import { LRUCache } from 'lru-cache'
import { type Cron, readCron } from '../../contract/cron'
import { globalSlot } from '../../global-slot'
import { lookBackMs } from '../../policy/runs/missed'
import { missedToleranceMs } from '../../policy/schedule/missed-runs'
import { startsAfter, startsWithin } from '../../policy/schedule/starts'

const hourMs = 3_600_000

/** Times of one schedule around one hour. */
export interface StartTimes {
  readonly cron: Cron | null
  /** From the look-back before the hour to its end, ascending. */
  readonly due: readonly number[]
  /** Milliseconds after which a run that did not begin is missed. */
  readonly toleranceMs: number
}

/** Times that are kept of all schedules together; some eight bytes each. */
const maxTimes = 1_000_000

const known = globalSlot(
  'start-times',
  () => new LRUCache<string, StartTimes>({ maxSize: maxTimes, sizeCalculation: ({ due }) => due.length + 1 }),
)

/** Worked out once for each text of a schedule and each hour, however many policies and readers share it. */
export function startTimes(text: string, now: Date): StartTimes {
  const hour = Math.floor(now.getTime() / hourMs) * hourMs
  const name = `${hour} ${text}`
  const found = known().get(name)
  if (found) return found
  const from = hour - lookBackMs
  const times = {
    cron: readCron(text),
    due: startsWithin(text, from, hour + hourMs),
    toleranceMs: missedToleranceMs(text, new Date(from)),
  }
  known().set(name, times)
  return times
}

/** The next time; undefined where there is none. */
export const nextStart = ({ cron }: StartTimes, now: Date): Date | undefined => {
  const next = cron && startsAfter(cron, now.getTime()).next().value
  return next ? new Date(next) : undefined
}
