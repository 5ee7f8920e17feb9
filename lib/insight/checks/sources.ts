import 'server-only'
import { type Cached, oldest } from '../../cache'
import type { Actor } from '../../contract/actor'
import type { CheckPart, Findings } from '../../contract/console/checks'
import { type Problem, problemOf } from '../../contract/problem'
import type { Execution, Replication } from '../../contract/swr/replication'
import type { Subject } from '../../policy/checks/subject'
import { enabledOf } from '../../policy/checks/subject'
import { hangsSince, usualOf } from '../../policy/runs/duration'
import type { InstanceLocation } from '../../routes'
import { inventoryOf } from '../inventory/inventory'
import type { Pages } from '../paginate'
import { fetchLatestRuns } from '../policies/latest-runs'
import { fetchPolicies, fetchRegistries, fetchRetentions } from '../policies/policies'
import { immutableRulesOf } from '../retention/immutable-rules'
import { slicesWithoutEnd } from '../time-slice'
import { findReversePolicies } from './reverse-replication'

/** What is checked, and how well it is known. */
export interface CheckSources {
  readonly subject: Subject
  readonly look: Pick<Findings, 'at' | 'refreshing' | 'looked' | 'unread' | 'problem'>
}

/** One part of it. */
interface Part {
  readonly part: CheckPart
  readonly at: Date | null
  readonly refreshing: boolean
  readonly complete: boolean
  readonly problem: Problem | null
}

const listPart = (part: CheckPart, list: Cached<Pages<unknown>>): Part => {
  const problem = list.problem ?? list.value.problem
  return { part, at: list.at, refreshing: list.refreshing, complete: list.value.complete && !problem, problem }
}

/** A part that could not be had at all: the others are worth checking. */
const orProblem = <Value>(reading: Promise<Value>): Promise<Value | { failed: Problem }> =>
  reading.catch((error: unknown) => ({ failed: problemOf(error) }))
const missing = (part: CheckPart, problem: Problem): Part => ({
  part,
  at: null,
  refreshing: false,
  complete: false,
  problem,
})
const failed = (value: object): value is { failed: Problem } => 'failed' in value

/** `changed` says what the policies would be: they alone can be imagined. */
export async function fetchCheckSources(
  actor: Actor,
  place: InstanceLocation,
  changed: (policies: readonly Replication[]) => readonly Replication[] = (policies) => policies,
): Promise<CheckSources> {
  const [policies, registries, retentions, images, runs, immutable] = await Promise.all([
    fetchPolicies(actor, place),
    orProblem(fetchRegistries(actor, place)),
    orProblem(fetchRetentions(actor, place)),
    orProblem(inventoryOf(actor, place)),
    orProblem(fetchLatestRuns(actor, place)),
    immutableRulesOf(actor, place),
  ])
  const rows = changed(policies.value.rows)
  const registryRows = failed(registries) ? [] : registries.value.rows
  const back = await findReversePolicies(actor, place, enabledOf(rows, registryRows))
  const byPolicy: ReadonlyMap<number, readonly Execution[]> = failed(runs) ? new Map() : runs.value.byPolicy
  const usual = new Map<number, number>()
  const hanging = new Map<number, number>()
  const now = new Date()
  const slices = slicesWithoutEnd()
  for (const { id } of rows) {
    if (slices.isOver()) await slices.breathe()
    if (id === undefined) continue
    const own = byPolicy.get(id) ?? []
    const seconds = usualOf(own)
    if (seconds !== null) usual.set(id, seconds)
    const since = own[0] ? hangsSince(own[0], seconds, now.getTime()) : null
    if (since !== null) hanging.set(id, now.getTime() - since)
  }
  const parts: Part[] = [
    listPart('policies', policies),
    failed(registries) ? missing('registries', registries.failed) : listPart('registries', registries),
    failed(retentions) ? missing('retentions', retentions.failed) : listPart('retentions', retentions),
    failed(images) ? missing('images', images.failed) : { part: 'images', ...images },
    failed(runs) ? missing('runs', runs.failed) : { part: 'runs', ...runs, complete: !runs.problem },
    { ...listPart('policies', policies), part: 'targets', complete: back.complete, problem: null },
  ]
  const retentionRows = failed(retentions) ? [] : retentions.value.rows
  const repositories = failed(images) ? [] : images.repositories
  return {
    subject: {
      policies: rows,
      registries: registryRows,
      retentions: retentionRows,
      immutable: immutable.byNamespace,
      repositories,
      usual,
      hanging,
      back: back.byRegistry,
      now,
    },
    look: {
      at: oldest(parts),
      refreshing: parts.some(({ refreshing }) => refreshing),
      looked: {
        policies: rows.length,
        registries: registryRows.length,
        retentions: retentionRows.length,
        repositories: repositories.length,
        tags: failed(images) ? 0 : images.tags,
      },
      unread: parts.flatMap(({ part, complete }) => (complete ? [] : [part])),
      problem: parts.find(({ problem }) => problem)?.problem?.code ?? null,
    },
  }
}
