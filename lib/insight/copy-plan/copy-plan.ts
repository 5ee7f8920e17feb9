import 'server-only'
import { cached } from '../../cache'
import type { CopyPlan, Filter } from '../../contract/console/matches'
import { problemOf } from '../../contract/problem'
import type { Replication } from '../../contract/swr/replication'
import { destinationOf } from '../../policy/replication/destination'
import { readFilters } from '../../policy/replication/filter'
import { remoteOf } from '../../policy/replication/request'
import { requestSwr } from '../../swr/client'
import type { ConsoleRequest } from '../handler'
import { PolicyFilter } from '../inventory/filter'
import { remoteEndpointOf } from './remote-endpoint'
import { destinationAt, instanceSide, type Side, type SideProgress, sourceOf } from './sides'

const maxListed = 50
/** Made of a listing that was not finished it is worked out anew, but not for everybody who asks again every second. */
const keeping = { freshMs: ({ refreshing }: CopyPlan) => (refreshing ? 5_000 : 60_000), keepMs: 5 * 60_000 }

type Asked = ConsoleRequest<'copyPlanShow'>
type Lists = Pick<CopyPlan, 'total' | 'fresh' | 'same' | 'other'>

const noLists = (): Lists => ({ total: { fresh: 0, same: 0, other: 0 }, fresh: [], same: [], other: [] })

const empty = (policy: Replication, target: CopyPlan['target'], problem: string | null): CopyPlan => ({
  at: new Date().toISOString(),
  complete: false,
  refreshing: false,
  target,
  problem,
  override: policy.override ?? false,
  ...noLists(),
})

/** Filters of kinds that the console does not know narrow the run further: what it would copy cannot be told. */
function filtersOf(policy: Replication): { filters: Filter[]; known: boolean } {
  const { filters, isComplete } = readFilters(policy)
  return { filters: filters.map(({ pattern: value, ...rest }) => ({ ...rest, value })), known: isComplete }
}

async function compared({ actor }: Asked, policy: Replication, from: Side, to: Side): Promise<CopyPlan> {
  const { filters, known } = filtersOf(policy)
  const source = await sourceOf(actor, from, new PolicyFilter(filters))
  const copies = source.tags.map((each) => ({ ...each, target: destinationOf(policy, each.repository) }))
  const there = await destinationAt(actor, to, [...new Set(copies.map(({ target }) => target))])
  const lists = noLists()
  for (const { repository, tag, digest, target } of copies) {
    const now = there.digest(target, tag)
    if (now === undefined) continue
    const kind = now === null ? 'fresh' : now === digest ? 'same' : 'other'
    lists.total[kind] += 1
    if (lists[kind].length < maxListed) lists[kind].push({ repository, tag, target })
  }
  const both: SideProgress[] = [source, there]
  return {
    at: new Date(Math.min(source.at.getTime(), there.at.getTime())).toISOString(),
    complete: known && both.every(({ complete }) => complete),
    refreshing: both.some(({ refreshing }) => refreshing),
    target: 'seen',
    problem: both.find(({ problem }) => problem)?.problem?.code ?? null,
    override: policy.override ?? false,
    ...lists,
  }
}

/**
 * What a run would find at the other side: tags that are new there, the same, or others of that name. Tags whose repository
 * could not be read there are in no list, and the plan is not complete.
 */
export async function copyPlanShow(request: Asked): Promise<CopyPlan> {
  const { actor, params } = request
  const place = { connection: params.connection, instance: params.instance_id }
  const { policy_id } = params
  const policy = await requestSwr(actor, place.connection, 'replicationShow', {
    params: { instance_id: place.instance, policy_id },
  })
  const { direction, registry } = remoteOf(policy)
  if (registry === undefined) return empty(policy, 'unseen', null)
  try {
    const remote = await remoteEndpointOf(actor, place, registry)
    if (!remote) return empty(policy, 'unseen', null)
    const here = instanceSide(place)
    const [from, to] = direction === 'push' ? [here, remote] : [remote, here]
    if (remote.kind === 'instance') return await compared(request, policy, from, to)
    // What is pulled from the Basic Edition is very probably not filtered (docs/swr-api.md section 8).
    const taken = direction === 'pull' ? { ...policy, filters: [] } : policy
    // A call for each repository: worth keeping while the dialog is open.
    const key = `copy-plan/${place.connection}/${place.instance}/${policy_id}/${policy.content_hash}`
    const plan = await cached(key, keeping, () => compared(request, taken, from, to))
    return { ...plan.value, refreshing: plan.value.refreshing || plan.refreshing }
  } catch (error) {
    return empty(policy, 'failed', problemOf(error).code)
  }
}
