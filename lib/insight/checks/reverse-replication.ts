import 'server-only'
import { cached, cacheKeyPrefix } from '../../cache'
import type { Actor } from '../../contract/actor'
import type { Registry } from '../../contract/swr/registry'
import type { CheckedPolicy, ReversePolicy } from '../../policy/checks/subject'
import { enabledOf, isByEvent } from '../../policy/checks/subject'
import type { InstanceLocation } from '../../routes'
import { connection as connectionOf } from '../../swr/connection'
import { remoteEndpointOf } from '../copy-plan/remote-endpoint'
import { fetchPolicies, fetchRegistries } from '../policies/policies'

/** Whether a registry is an instance of ours. */
function leadsTo(
  { type, project_id, instance_id, region_id }: Registry,
  { connection, instance }: InstanceLocation,
): boolean {
  const { project, region } = connectionOf(connection)
  const isHere = type === 'swr-pro-internal' && project_id === project && instance_id === instance
  return isHere && (!region_id || region_id === region)
}

/** A check of what is being typed asks again and again. */
const keeping = { freshMs: 60_000, keepMs: 5 * 60_000 }

/** Policies by event of the instance behind a registry that push to `place`. */
async function backThrough(actor: Actor, place: InstanceLocation, registry: number): Promise<ReversePolicy[]> {
  const key = `${cacheKeyPrefix(place.connection, place.instance)}target/${registry}`
  const { value: target } = await cached(key, keeping, () => remoteEndpointOf(actor, place, registry))
  if (target?.kind !== 'instance') return []
  const [policies, registries] = await Promise.all([fetchPolicies(actor, target), fetchRegistries(actor, target)])
  const here = new Set(registries.value.rows.filter((row) => leadsTo(row, place)).map(({ id }) => id))
  return enabledOf(policies.value.rows, registries.value.rows)
    .filter((each) => each.direction === 'push' && isByEvent(each) && here.has(each.registry.id))
    .map(({ policy }) => ({ connection: target.connection, instance: target.instance, policy }))
}

export interface ReversePolicies {
  readonly byRegistry: ReadonlyMap<number, readonly ReversePolicy[]>
  /** Of each registry that can be looked behind. */
  readonly complete: boolean
}

/** What comes back from where policies by event push to, as far as our own connections can see. */
export async function findReversePolicies(
  actor: Actor,
  place: InstanceLocation,
  enabled: readonly CheckedPolicy[],
): Promise<ReversePolicies> {
  const pushes = enabled.filter((each) => each.direction === 'push' && isByEvent(each))
  const byRegistry = new Map<number, ReversePolicy[]>()
  let complete = true
  for (const registry of new Set(pushes.map((each) => each.registry.id))) {
    try {
      byRegistry.set(registry, await backThrough(actor, place, registry))
    } catch {
      // Logged where it was asked. What is behind the other registries can be seen all the same.
      complete = false
    }
  }
  return { byRegistry, complete }
}
