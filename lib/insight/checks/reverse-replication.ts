import 'server-only'
import { kept, workOf } from '../../cache'
import type { Actor } from '../../contract/actor'
import type { Registry } from '../../contract/swr/registry'
import type { BackPolicy, CheckedPolicy } from '../../policy/checks/subject'
import { enabledOf, isByEvent } from '../../policy/checks/subject'
import type { InstanceAt } from '../../routes'
import { connection as connectionOf } from '../../swr/connection'
import { targetOf } from '../copy-plan/remote-endpoint'
import { policiesOf, registriesOf } from '../policies/policies'

/** Whether a registry is an instance of ours. */
function leadsTo(
  { type, project_id, instance_id, region_id }: Registry,
  { connection, instance }: InstanceAt,
): boolean {
  const { project, region } = connectionOf(connection)
  const isHere = type === 'swr-pro-internal' && project_id === project && instance_id === instance
  return isHere && (!region_id || region_id === region)
}

/** A check of what is being typed asks again and again. */
const keeping = { fresh: 60_000, keep: 5 * 60_000 }

/** Policies by event of the instance behind a registry that push to `place`. */
async function backThrough(actor: Actor, place: InstanceAt, registry: number): Promise<BackPolicy[]> {
  const key = `${workOf(place.connection, place.instance)}target/${registry}`
  const { value: target } = await kept(key, keeping, () => targetOf(actor, place, registry))
  if (target?.kind !== 'instance') return []
  const [policies, registries] = await Promise.all([policiesOf(actor, target), registriesOf(actor, target)])
  const here = new Set(registries.value.rows.filter((row) => leadsTo(row, place)).map(({ id }) => id))
  return enabledOf(policies.value.rows, registries.value.rows)
    .filter((each) => each.direction === 'push' && isByEvent(each) && here.has(each.registry.id))
    .map(({ policy }) => ({ connection: target.connection, instance: target.instance, policy }))
}

export interface Back {
  readonly byRegistry: ReadonlyMap<number, readonly BackPolicy[]>
  /** Of each registry that can be looked behind. */
  readonly complete: boolean
}

/** What comes back from where policies by event push to, as far as our own connections can see. */
export async function backOf(actor: Actor, place: InstanceAt, enabled: readonly CheckedPolicy[]): Promise<Back> {
  const pushes = enabled.filter((each) => each.direction === 'push' && isByEvent(each))
  const byRegistry = new Map<number, BackPolicy[]>()
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
