import 'server-only'
import { type Cached, cached, cacheKeyPrefix, oldest } from '../../cache'
import type { Actor } from '../../contract/actor'
import type { RetentionIndexRow } from '../../contract/console/retention-decisions'
import { type Problem, problemOf } from '../../contract/problem'
import type { Namespace } from '../../contract/swr/repository'
import type { Retention } from '../../contract/swr/retention'
import { readTrigger } from '../../policy/schedule/trigger'
import type { InstanceLocation } from '../../routes'
import { requestSwr } from '../../swr/client'
import type { ConsoleHandlers } from '../handler'
import { type InventoryState, inventoryOf } from '../inventory/inventory'
import type { InventoryRepository } from '../inventory/state'
import { fetchAllPages, type Pages } from '../paginate'
import { fetchRetentions } from '../policies/policies'
import { nextStart, startTimes } from '../policies/start-times'
import { retentionContentHash } from './content-hash'
import { immutableRulesOf } from './immutable-rules'
import { impactOf } from './impacts'
import { type LastExecution, lastExecutionsOf } from './last-executions'

const maxNamespaces = 10_000
const keeping = { freshMs: 30_000, keepMs: 15 * 60_000, rows: ({ rows }: Pages<Namespace>) => rows.length }

const fetchNamespaces = (actor: Actor, { connection, instance }: InstanceLocation): Promise<Cached<Pages<Namespace>>> =>
  cached(`${cacheKeyPrefix(connection, instance)}namespaces`, keeping, () =>
    fetchAllPages(
      async (query) => {
        const params = { instance_id: instance }
        const page = await requestSwr(actor, connection, 'namespaceList', { params, query })
        return { rows: page.namespaces, total: page.total }
      },
      { maxRows: maxNamespaces },
    ),
  )

/** A part without which there is a list all the same. */
const orProblem = <Value extends object>(reading: Promise<Value>): Promise<Value | { failed: Problem }> =>
  reading.catch((error: unknown) => ({ failed: problemOf(error) }))
const isFailed = (value: object): value is { failed: Problem } => 'failed' in value

/** Listed repositories by their namespace. */
function byNamespace({ repositories }: InventoryState): Map<string, InventoryRepository[]> {
  const all = new Map<string, InventoryRepository[]>()
  for (const repository of repositories) {
    const namespace = repository.name.slice(0, repository.name.indexOf('/'))
    const own = all.get(namespace)
    if (own) own.push(repository)
    else all.set(namespace, [repository])
  }
  return all
}

function nextOf({ enabled, trigger }: Retention, now: Date): string | null {
  const { trigger: type, cron } = readTrigger(trigger)
  if (enabled !== true || type !== 'scheduled') return null
  return nextStart(startTimes(cron, now), now)?.toISOString() ?? null
}

const policyOf = (row: Retention & { id: number }, last: LastExecution | null, now: Date) => ({
  id: row.id,
  name: row.name ?? `#${row.id}`,
  enabled: row.enabled ?? null,
  content: retentionContentHash(row),
  next: nextOf(row, now),
  last,
})

const countTags = (repositories: readonly InventoryRepository[]) =>
  repositories.reduce((sum, { images }) => sum + images.reduce((own, { tags }) => own + tags.length, 0), 0)

const compareRows = (a: RetentionIndexRow, b: RetentionIndexRow) =>
  a.namespace < b.namespace ? -1 : a.namespace > b.namespace ? 1 : (a.policy?.id ?? 0) - (b.policy?.id ?? 0)

/** Every retention policy of an instance with what SWR's own list lacks, and the namespaces that nobody cleans up. */
export const retentionIndex: ConsoleHandlers<'retentionIndex'>['retentionIndex'] = async ({
  actor,
  params,
  forPage,
}) => {
  const at = { connection: params.connection, instance: params.instance_id }
  const patience = forPage ? 0 : undefined
  const [retentions, namespaces, images, immutable] = await Promise.all([
    fetchRetentions(actor, at),
    orProblem(fetchNamespaces(actor, at)),
    orProblem(inventoryOf(actor, at, patience)),
    immutableRulesOf(actor, at),
  ])
  const known = retentions.value.rows.flatMap(({ id, namespace_name: namespace, ...row }) =>
    id !== undefined && namespace ? [{ ...row, id, namespace }] : [],
  )
  const places = known.map(({ id, namespace }) => ({ ...at, namespace, policy: id }))
  const lasts = await lastExecutionsOf(actor, at, places, patience)
  const listed = isFailed(images) ? new Map<string, InventoryRepository[]>() : byNamespace(images)
  const now = new Date()
  const rows: RetentionIndexRow[] = []
  const add = async (namespace: string, row: (Retention & { id: number }) | null, count: number | undefined) => {
    const own = listed.get(namespace) ?? []
    // What is still being listed, or could not be, says too little of what would go.
    const canTell = row !== null && !isFailed(images) && (images.complete || images.capped)
    const rules = immutable.byNamespace.get(namespace) ?? []
    rows.push({
      namespace,
      policy: row && policyOf(row, lasts.byPolicy.get(row.id) ?? null, now),
      repositories: Math.max(own.length, count ?? 0),
      tags: countTags(own),
      impact: canTell ? await impactOf(row, namespace, images.repositories, own, rules) : null,
    })
  }
  const counts = new Map(
    (isFailed(namespaces) ? [] : namespaces.value.rows).flatMap(({ name, repo_count: count }) =>
      name ? [[name, count] as const] : [],
    ),
  )
  for (const { namespace, ...row } of known) await add(namespace, row, counts.get(namespace))
  const covered = new Set(known.map(({ namespace }) => namespace))
  for (const [name, count] of counts) if (!covered.has(name)) await add(name, null, count)
  const looks = [retentions, isFailed(namespaces) ? null : namespaces, isFailed(images) ? null : images]
  const lists = [retentions, ...(isFailed(namespaces) ? [] : [namespaces])]
  const problems = [
    ...lists.flatMap(({ problem, value }) => problem ?? value.problem ?? []),
    ...[namespaces, images].flatMap((each) => (isFailed(each) ? each.failed : [])),
    ...(isFailed(images) || !images.problem ? [] : [images.problem]),
  ]
  return {
    at: oldest(looks),
    complete:
      problems.length === 0 && lists.every(({ value }) => value.complete) && !isFailed(images) && images.complete,
    refreshing:
      lists.some(({ refreshing }) => refreshing) || lasts.refreshing || (!isFailed(images) && images.refreshing),
    rows: rows.sort(compareRows),
    problem: problems[0]?.code ?? null,
  }
}
