import type { Execution, Replication } from '../../contract/swr/replication'
import { parseTime } from '../schedule/instant'
import { missedTimes, type SeenRun } from '../schedule/missed-runs'
import { hangsSince, usualOf } from './duration'
import { readStatus } from './status'

const [minuteMs, dayMs] = [60_000, 86_400_000]
/** Older misses are no news, and SWR may not keep runs for longer. */
export const lookBackMs = 7 * dayMs
/** Whoever has just changed a policy has not missed the run of this very minute. */
const settleMs = 10 * minuteMs

/** A run that hangs keeps no schedule: its end is when it moved last. */
const seenRun = (run: Execution, usual: number | null, now: Date): SeenRun => ({
  at: parseTime(run.created_at) ?? 0,
  end:
    readStatus(run.status).phase === 'running'
      ? hangsSince(run, usual, now.getTime())
      : (parseTime(run.updated_at) ?? 0),
  trigger: run.trigger ?? '',
})

/**
 * Scheduled times (milliseconds, ascending) that passed without a run. `runs` are the newest first, and every run after
 * `knownSinceMs` is among them.
 */
export function missedRuns(
  policy: Replication,
  times: { readonly due: readonly number[]; readonly toleranceMs: number },
  runs: readonly Execution[],
  knownSinceMs: number,
  now: Date,
): number[] {
  const changed = parseTime(policy.updated_at)
  if (changed === null) return []
  const usual = usualOf(runs)
  const seen = runs.map((run) => seenRun(run, usual, now))
  // SWR may have dropped runs from before the oldest that it still lists.
  const since = Math.max(changed + settleMs, knownSinceMs, seen.at(-1)?.at ?? 0, now.getTime() - lookBackMs)
  return missedTimes(times, since, now.getTime(), seen)
}
