import { nextRuns } from './schedule'

/** A run as far as it tells whether a schedule was kept. */
export interface SeenRun {
  readonly at: number
  /** Null while it moves. */
  readonly end: number | null
  /** As SWR names it; empty when it does not. */
  readonly trigger: string
}

const minuteMs = 60_000
/** Clocks differ: a run may seem to begin a little before its time. */
const skewMs = 2 * minuteMs

/** How long after its time a run may begin before it is missed: a quarter of the wait, between ten minutes and an hour. */
export function missedToleranceMs(cron: string, from: Date): number {
  const [first, second] = nextRuns(cron, from, 2)
  const wait = first && second ? second.getTime() - first.getTime() : 0
  return Math.max(10 * minuteMs, Math.min(wait / 4, 60 * minuteMs))
}

/** Who started it is unknown: it may have been the schedule. */
const mayBeScheduled = ({ trigger }: SeenRun) => trigger !== 'manual' && trigger !== 'event_based'

/**
 * Times of a schedule after `since` that passed without a run of it, out of all its times `due`, ascending. `runs` must hold
 * every run since then: what is not known must not be taken for missed. A time at which the policy was still running counts as
 * kept, since nobody knows what the service does with it.
 */
export function missedTimes(
  { due, toleranceMs }: { readonly due: readonly number[]; readonly toleranceMs: number },
  since: number,
  now: number,
  runs: readonly SeenRun[],
): number[] {
  const sorted = runs.toSorted((a, b) => a.at - b.at)
  const scheduled = sorted.filter(mayBeScheduled)
  // Both lists are walked along with the times: neither is searched anew for each of them.
  let [begun, next, busyTo] = [0, 0, Number.NEGATIVE_INFINITY]
  return due.filter((time) => {
    if (time <= since || time > now - toleranceMs) return false
    for (let run = sorted[begun]; run && run.at < time; run = sorted[++begun])
      busyTo = Math.max(busyTo, run.end ?? Number.POSITIVE_INFINITY)
    while ((scheduled[next]?.at ?? Number.POSITIVE_INFINITY) < time - skewMs) next += 1
    const isKept = (scheduled[next]?.at ?? Number.POSITIVE_INFINITY) <= time + toleranceMs
    return !isKept && busyTo < time
  })
}
