/** Minutes by which a zone is ahead of UTC at that instant. */
export function offsetAt(instant: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(instant)
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value)
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'))
  return Math.round((shown - Math.floor(instant.getTime() / 60_000) * 60_000) / 60_000)
}

export interface ClockChange {
  /** The first run that is seen by the new clock. */
  readonly run: Date
  /** Minutes; positive when clocks go forward. */
  readonly by: number
}

/** Where a zone changes its clocks between now and the runs that are shown: SWR keeps to UTC, people do not. */
export function clockChanges(now: Date, runs: readonly Date[], timeZone: string): ClockChange[] {
  return runs.flatMap((run, at) => {
    const by = offsetAt(run, timeZone) - offsetAt(runs[at - 1] ?? now, timeZone)
    return by === 0 ? [] : [{ run, by }]
  })
}

/** By how many days the date of an instant differs there from that in UTC. */
export function dayShift(instant: Date, timeZone: string): number {
  const day = 86_400_000
  const there = instant.getTime() + offsetAt(instant, timeZone) * 60_000
  return Math.floor(there / day) - Math.floor(instant.getTime() / day)
}
