import { tzOffset } from '@date-fns/tz/tzOffset'

const [dayMs, minuteMs] = [86_400_000, 60_000]

/** Minutes by which a zone is ahead of UTC at that instant. */
export function offsetAt(instant: Date, timeZone: string): number {
  const minutes = tzOffset(timeZone, instant)
  if (Number.isNaN(minutes)) throw new RangeError(`no time zone or no time: ${timeZone}`)
  return minutes
}

/**
 * The instant (milliseconds) at which the clocks of a zone show a local time, which is given as if it were UTC. Of a time that
 * comes twice, the first; a time that is skipped is read by the clock before the change, so that midnight becomes 01:00.
 */
export function instantOfLocal(localMs: number, timeZone: string): number {
  const offsetMs = (timeMs: number) => offsetAt(new Date(timeMs), timeZone) * minuteMs
  // No zone is a day ahead or behind: the two lie on either side of a change.
  const before = localMs - offsetMs(localMs - dayMs)
  const after = localMs - offsetMs(localMs + dayMs)
  return before + offsetMs(before) === localMs || after + offsetMs(after) !== localMs ? before : after
}

export interface ClockChange {
  /** The first run that is seen by the new clock. */
  readonly run: Date
  /** Minutes; positive when clocks go forward. */
  readonly by: number
}

/** Where a zone changes its clocks between now and the runs that are shown: SWR keeps to UTC, people do not. */
export function clockChanges(now: Date, runs: readonly Date[], timeZone: string): ClockChange[] {
  return runs.flatMap((run, index) => {
    const by = offsetAt(run, timeZone) - offsetAt(runs[index - 1] ?? now, timeZone)
    return by === 0 ? [] : [{ run, by }]
  })
}

/** By how many days the date of an instant differs there from that in UTC. */
export function dayShift(instant: Date, timeZone: string): number {
  const there = instant.getTime() + offsetAt(instant, timeZone) * minuteMs
  return Math.floor(there / dayMs) - Math.floor(instant.getTime() / dayMs)
}
