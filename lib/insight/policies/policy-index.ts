import 'server-only'
import { oldest } from '../../cache'
import type { LastResult, PolicyRow } from '../../contract/console/insight'
import { isProblem, problemOf } from '../../contract/problem'
import type { Execution, Replication } from '../../contract/swr/replication'
import { remoteOf } from '../../policy/replication/request'
import { hangsSince, usualOf } from '../../policy/runs/duration'
import { missedRuns } from '../../policy/runs/missed'
import { outcomeOf } from '../../policy/runs/status'
import { parseTime } from '../../policy/schedule/instant'
import type { ConsoleHandlers, ConsoleRequest } from '../handler'
import { TimeSlicer } from '../time-slice'
import { fetchLatestRuns, type LatestRuns } from './latest-runs'
import { fetchPolicies, keepListMs } from './policies'
import { nextStart, type StartTimes, startTimes } from './start-times'

/** Scheduled times without a run, where every run since then is known. */
function missedBy(policy: Replication, times: StartTimes, runs: readonly Execution[], known: LatestRuns, now: Date) {
  const knownSince = policy.id === undefined ? undefined : known.knownSince.get(policy.id)
  return knownSince === undefined ? [] : missedRuns(policy, times, runs, knownSince, now)
}

interface Known extends PolicyRow {
  /** The newest time by its schedule passed, and nothing ran since. */
  readonly late: boolean
}

function rowOf(policy: Replication, known: LatestRuns | null, now: Date): Known {
  const { id, trigger, enabled } = policy
  const runs = (id !== undefined && known?.byPolicy.get(id)) || []
  const [last = null] = runs
  const cron = trigger?.type === 'scheduled' && enabled ? trigger.trigger_settings?.cron : undefined
  const times = cron ? startTimes(cron, now) : undefined
  const missed = times && known ? missedBy(policy, times, runs, known, now) : []
  const latest = missed.at(-1)
  const late = latest !== undefined && (last === null || (parseTime(last.created_at) ?? 0) < latest)
  const hangs = last !== null && hangsSince(last, usualOf(runs), now.getTime()) !== null
  const next = times && nextStart(times, now)
  return {
    policy,
    last,
    result: hangs ? 'hanging' : resultOf(last, late, id !== undefined && known?.knownSince.has(id) === true),
    next: next?.toISOString() ?? null,
    missed: missed[0] ? { count: missed.length, since: new Date(missed[0]).toISOString() } : null,
    late,
  }
}

/** What went wrong is said before that nothing came after it. */
function resultOf(last: Execution | null, late: boolean, isKnown: boolean): LastResult {
  const outcome = last ? outcomeOf(last) : isKnown ? 'never' : 'unknown'
  return late && !['running', 'failed', 'partly_failed'].includes(outcome) ? 'late' : outcome
}

/** Slices that only let others in. */
const endless = () => new TypeError('has no end')

async function makeRows(policies: readonly Replication[], known: LatestRuns | null): Promise<readonly Known[]> {
  const now = new Date()
  const slices = new TimeSlicer(endless, Number.POSITIVE_INFINITY)
  const rows: Known[] = []
  for (const policy of policies) {
    if (slices.isOver()) await slices.breathe()
    rows.push(rowOf(policy, known, now))
  }
  return rows
}

/** Rows change when what was read changes, and when a scheduled time passes. */
const rowsFreshMs = 5_000

interface Made {
  readonly known: LatestRuns | null
  readonly at: number
  readonly rows: Promise<readonly Known[]>
}
const made = new WeakMap<readonly Replication[], Made>()

/** The rows of an instance, the same for everybody who asks. */
function rowsOf(policies: readonly Replication[], known: LatestRuns | null): Promise<readonly Known[]> {
  const last = made.get(policies)
  const age = Date.now() - (last?.at ?? 0)
  if (last?.known === known && age >= 0 && age < rowsFreshMs) return last.rows
  const rows = makeRows(policies, known)
  made.set(policies, { known, at: Date.now(), rows })
  rows.catch(() => made.delete(policies))
  return rows
}

type Query = ConsoleRequest<'replicationIndex'>['query']

function fits({ policy, result, late }: Known, query: Query): boolean {
  const { direction, registry } = remoteOf(policy)
  const name = policy.name?.toLowerCase() ?? ''
  const wanted = query.last?.split(',')
  return (
    (!query.q || name.includes(query.q.toLowerCase())) &&
    (query.registry === undefined || registry === query.registry) &&
    (query.direction === undefined || (policy.id !== undefined && direction === query.direction)) &&
    (query.trigger === undefined || policy.trigger?.type === query.trigger) &&
    (query.enabled === undefined || (policy.enabled === true) === query.enabled) &&
    // A policy can have failed last and be late as well.
    (wanted === undefined || wanted.includes(result) || (late && wanted.includes('late')))
  )
}

const names = new Intl.Collator('en', { numeric: true })

/** Rows without the value come last, whichever way the others go. */
function compare(sort: Query['sort'], order: Query['order']) {
  const turn = order === 'asc' ? 1 : -1
  const timeOf = ({ policy, last, next }: PolicyRow) =>
    sort === 'last'
      ? parseTime(last?.created_at)
      : sort === 'next'
        ? parseTime(next)
        : sort === 'name'
          ? null
          : parseTime(policy[sort])
  return (a: PolicyRow, b: PolicyRow): number => {
    const ids = turn * ((a.policy.id ?? 0) - (b.policy.id ?? 0))
    if (sort === 'name') {
      const [x, y] = [a.policy.name, b.policy.name]
      if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined) || ids
      return turn * names.compare(x, y) || ids
    }
    const [x, y] = [timeOf(a), timeOf(b)]
    if (x === null || y === null) return Number(x === null) - Number(y === null) || ids
    return turn * (x - y) || ids
  }
}

export const replicationIndex: ConsoleHandlers<'replicationIndex'>['replicationIndex'] = async ({
  actor,
  params,
  query,
  forPage,
}) => {
  const oldestMs = forPage ? keepListMs : undefined
  const place = { connection: params.connection, instance: params.instance_id }
  // Without runs there is still a list.
  const [policies, latest] = await Promise.all([
    fetchPolicies(actor, place, oldestMs),
    fetchLatestRuns(actor, place, oldestMs).catch((error: unknown) => problemOf(error)),
  ])
  const runs = isProblem(latest) ? null : latest
  const all = await rowsOf(policies.value.rows, runs?.value ?? null)
  const rows = all.filter((row) => fits(row, query)).sort(compare(query.sort, query.order))
  const isKnown = ({ policy: { id } }: PolicyRow) => id === undefined || runs?.value.knownSince.has(id) === true
  return {
    at: oldest([policies, runs]),
    complete: policies.value.complete && !policies.problem && !runs?.problem && all.every(isKnown),
    refreshing: policies.refreshing || runs?.refreshing === true,
    rows: rows.slice(query.offset, query.offset + query.limit),
    total: rows.length,
    all: all.length,
    failed: {
      policies: policies.problem ?? policies.value.problem,
      runs: isProblem(latest) ? latest : latest.problem,
    },
  }
}
