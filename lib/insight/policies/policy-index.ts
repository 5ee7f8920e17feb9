import 'server-only'
import { oldest } from '../../cache'
import type { LastResult, PolicyRow } from '../../contract/console/insight'
import type { Execution, Replication } from '../../contract/swr/replication'
import { remoteOf } from '../../policy/replication/request'
import { outcomeOf, readStatus } from '../../policy/runs/status'
import { instantOf } from '../../policy/schedule/instant'
import { missedTimes, type SeenRun } from '../../policy/schedule/missed-runs'
import { nextRuns } from '../../policy/schedule/schedule'
import type { AskedOwn, OwnHandlers } from '../handler'
import { type LatestRuns, latestRunsOf } from './latest-runs'
import { policiesOf } from './policies'

const minute = 60_000
/** Older misses are no news, and SWR may not keep runs for longer. */
const lookBack = 7 * 24 * 60 * minute
/** Whoever has just changed a policy has not missed the run of this very minute. */
const settles = 10 * minute

const seenRun = (run: Execution): SeenRun => ({
  at: instantOf(run.created_at) ?? 0,
  end: readStatus(run.status).phase === 'running' ? null : (instantOf(run.updated_at) ?? 0),
  trigger: run.trigger ?? '',
})

/** Scheduled times without a run, where every run since then is known. */
function missedBy(policy: Replication, cron: string, runs: readonly Execution[], known: LatestRuns, now: Date) {
  const changed = instantOf(policy.updated_at)
  const knownSince = policy.id === undefined ? undefined : known.knownSince.get(policy.id)
  if (changed === null || knownSince === undefined) return []
  // SWR may have dropped runs from before the oldest that it still lists.
  const oldest = runs.at(-1)
  const since = Math.max(changed + settles, knownSince, oldest ? seenRun(oldest).at : 0, now.getTime() - lookBack)
  return missedTimes(cron, new Date(since), now, runs.map(seenRun))
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
  const missed = cron && known ? missedBy(policy, cron, runs, known, now) : []
  const latest = missed.at(-1)
  const late = latest !== undefined && (last === null || seenRun(last).at < latest.getTime())
  const [next] = cron ? nextRuns(cron, now, 1) : []
  return {
    policy,
    last,
    result: resultOf(last, late, id !== undefined && known?.knownSince.has(id) === true),
    next: next?.toISOString() ?? null,
    missed: missed[0] ? { count: missed.length, since: missed[0].toISOString() } : null,
    late,
  }
}

/** What went wrong is said before that nothing came after it. */
function resultOf(last: Execution | null, late: boolean, isKnown: boolean): LastResult {
  const outcome = last ? outcomeOf(last) : isKnown ? 'never' : 'unknown'
  return late && !['running', 'failed', 'partly_failed'].includes(outcome) ? 'late' : outcome
}

type Query = AskedOwn<'replicationIndex'>['query']

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
      ? instantOf(last?.created_at)
      : sort === 'next'
        ? instantOf(next)
        : sort === 'name'
          ? null
          : instantOf(policy[sort])
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

export const replicationIndex: OwnHandlers<'replicationIndex'>['replicationIndex'] = async ({
  actor,
  params,
  query,
}) => {
  const place = { connection: params.connection, instance: params.instance_id }
  // Without runs there is still a list.
  const [policies, runs] = await Promise.all([policiesOf(actor, place), latestRunsOf(actor, place).catch(() => null)])
  const now = new Date()
  const all = policies.value.rows.map((policy) => rowOf(policy, runs?.value ?? null, now))
  const rows = all.filter((row) => fits(row, query)).sort(compare(query.sort, query.order))
  const isKnown = ({ policy: { id } }: PolicyRow) => id === undefined || runs?.value.knownSince.has(id) === true
  return {
    at: oldest([policies, runs]),
    complete: policies.value.complete && !policies.problem && !runs?.problem && all.every(isKnown),
    refreshing: policies.refreshing || runs?.refreshing === true,
    rows: rows.slice(query.offset, query.offset + query.limit),
    total: rows.length,
    all: all.length,
  }
}
