import 'server-only'
import type { LastResult, PolicyRow } from '../../contract/console/insight'
import type { Execution, Replication } from '../../contract/swr/replication'
import { globalSlot } from '../../global-slot'
import { hangsSince, usualOf } from '../../policy/runs/duration'
import { missedRuns } from '../../policy/runs/missed'
import { outcomeOf } from '../../policy/runs/status'
import { parseTime } from '../../policy/schedule/instant'
import { slicesWithoutEnd } from '../time-slice'
import type { LatestRuns } from './latest-runs'
import { nextStart, type StartTimes, startTimes } from './start-times'

export interface KnownRow extends PolicyRow {
  /** The newest time by its schedule passed, and nothing ran since. */
  readonly late: boolean
  /** What it is sorted by, in milliseconds; null without. */
  readonly times: Readonly<Record<'created_at' | 'updated_at' | 'last' | 'next', number | null>>
}

/** A row, what it was made from, and the time from which on it says something else by itself. */
interface Made {
  readonly row: KnownRow
  readonly runs: readonly Execution[]
  readonly knownSince: number | undefined
  readonly until: number
}

const noRuns: readonly Execution[] = []
/** Times leave the look-back, and runs that move begin to hang, at no time that is worked out. */
const minuteMs = 60_000
const longest = { missed: 10 * minuteMs, moving: minuteMs }

/** Scheduled times without a run, where every run since then is known. */
const missedBy = (
  policy: Replication,
  times: StartTimes,
  { runs, knownSince }: Omit<Made, 'row' | 'until'>,
  now: Date,
) => (knownSince === undefined ? [] : missedRuns(policy, times, runs, knownSince, now))

/** When the clock changes what is said of a schedule: the next time comes, or one that came is missed from then on. */
function turnOf({ due, toleranceMs }: StartTimes, next: Date | undefined, now: number): number {
  const waiting = due.find((time) => time > now - toleranceMs)
  return Math.min(
    next?.getTime() ?? Number.POSITIVE_INFINITY,
    waiting === undefined ? Number.POSITIVE_INFINITY : waiting + toleranceMs,
    now + longest.missed,
  )
}

function make(policy: Replication, runs: readonly Execution[], knownSince: number | undefined, now: Date): Made {
  const { trigger, enabled } = policy
  const [last = null] = runs
  const cron = trigger?.type === 'scheduled' && enabled ? trigger.trigger_settings?.cron : undefined
  const times = cron ? startTimes(cron, now) : undefined
  const missed = times ? missedBy(policy, times, { runs, knownSince }, now) : []
  const latest = missed.at(-1)
  const late = latest !== undefined && (last === null || (parseTime(last.created_at) ?? 0) < latest)
  const hangs = last !== null && hangsSince(last, usualOf(runs), now.getTime()) !== null
  const next = times && nextStart(times, now)
  const result = hangs ? 'hanging' : resultOf(last, late, knownSince !== undefined)
  const moves = result === 'running' ? now.getTime() + longest.moving : Number.POSITIVE_INFINITY
  return {
    runs,
    knownSince,
    until: times ? Math.min(turnOf(times, next, now.getTime()), moves) : moves,
    row: {
      policy,
      last,
      result,
      next: next?.toISOString() ?? null,
      missed: missed[0] ? { count: missed.length, since: new Date(missed[0]).toISOString() } : null,
      late,
      times: {
        created_at: parseTime(policy.created_at),
        updated_at: parseTime(policy.updated_at),
        last: parseTime(last?.created_at),
        next: next?.getTime() ?? null,
      },
    },
  }
}

/** What went wrong is said before that nothing came after it. */
function resultOf(last: Execution | null, late: boolean, isKnown: boolean): LastResult {
  const outcome = last ? outcomeOf(last) : isKnown ? 'never' : 'unknown'
  return late && !['running', 'failed', 'partly_failed'].includes(outcome) ? 'late' : outcome
}

const made = globalSlot('policy-rows', () => new WeakMap<Replication, Made>())

export interface PolicyRows {
  readonly rows: readonly KnownRow[]
  /** The clock changes one of them then. */
  readonly until: number
  /** Runs of all policies are known. */
  readonly allKnown: boolean
}

/** The rows of an instance. One is made again when its policy, its runs or the time say so. */
export async function rowsOf(policies: readonly Replication[], known: LatestRuns | null): Promise<PolicyRows> {
  const now = new Date()
  const slices = slicesWithoutEnd()
  const rows: KnownRow[] = []
  let [until, allKnown] = [Number.POSITIVE_INFINITY, true]
  for (const policy of policies) {
    if (slices.isOver()) await slices.breathe()
    const { id } = policy
    const runs = (id !== undefined && known?.byPolicy.get(id)) || noRuns
    const knownSince = id === undefined ? undefined : known?.knownSince.get(id)
    const before = made().get(policy)
    const holds = before?.runs === runs && before.knownSince === knownSince && now.getTime() < before.until
    const present = holds ? before : make(policy, runs, knownSince, now)
    if (!holds) made().set(policy, present)
    rows.push(present.row)
    until = Math.min(until, present.until)
    allKnown &&= id === undefined || knownSince !== undefined
  }
  return { rows, until, allKnown }
}
