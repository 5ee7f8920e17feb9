import type { Replication, ReplicationBody } from '../../contract/swr/replication'
import { filterTypes, policyNamePattern, replicationTriggers, scopeModes } from '../../contract/vocabulary'
import { oneOf } from '../enum'
import { readTrigger, triggerToWire } from '../schedule/trigger'

/** The remote side of a policy: this instance has the id 0, or is missing (NOTES section 1, rule 5). */
export function remoteOf({ src_registry: source, dest_registry: destination }: Replication) {
  const pull = Boolean(source?.id)
  // Two remote sides are not documented: nobody can say which way that copies.
  if (pull && destination?.id) return { direction: 'push' as const, registry: undefined, name: undefined }
  const remote = pull ? source : destination
  const direction = pull || (destination?.id === 0 && source?.id === undefined) ? ('pull' as const) : ('push' as const)
  return { direction, registry: remote?.id || undefined, name: remote?.id ? remote.name : undefined }
}

/** Requests name the remote side only. */
export const remoteSide = (direction: 'push' | 'pull', id: number) =>
  direction === 'pull' ? { src_registry: { id } } : { dest_registry: { id } }

/** What a policy says in the shape of a request, odd values included: the `before` of its differences. */
export function asRequest(policy: Replication): object {
  const { direction, registry } = remoteOf(policy)
  const { trigger } = policy
  return {
    name: policy.name,
    description: policy.description,
    ...(registry !== undefined && remoteSide(direction, registry)),
    dest_namespace: policy.dest_namespace,
    filters: policy.filters.map(({ type, value }) => ({ type, value })),
    repo_scope_mode: policy.repo_scope_mode,
    trigger: trigger && triggerToWire(trigger.type ?? '', readTrigger(trigger).cron, trigger),
    override: policy.override,
    enabled: policy.enabled,
  }
}

/**
 * The request that only switches a policy on or off; null when a request cannot repeat the rest of what was read, so that
 * it has to be looked at in the form. PUT replaces the whole policy (NOTES section 1, rule 6).
 */
export function switched(policy: Replication, enabled: boolean): ReplicationBody | null {
  const { direction, registry } = remoteOf(policy)
  const scope = oneOf(scopeModes, policy.repo_scope_mode)
  const type = oneOf(replicationTriggers, policy.trigger?.type)
  const { cron } = readTrigger(policy.trigger)
  const filters = policy.filters.flatMap(({ type, value }) => {
    const known = oneOf(filterTypes, type)
    return known !== undefined && value ? [{ type: known, value }] : []
  })
  const complete = filters.length > 0 && filters.length === policy.filters.length
  const { name } = policy
  if (name === undefined || !policyNamePattern.test(name) || registry === undefined || !scope || !type || !complete)
    return null
  if (type === 'scheduled' && cron === '') return null
  return {
    name,
    ...(policy.description !== undefined && { description: policy.description }),
    ...remoteSide(direction, registry),
    ...(policy.dest_namespace !== undefined && { dest_namespace: policy.dest_namespace }),
    filters,
    repo_scope_mode: scope,
    trigger: triggerToWire(type, cron, policy.trigger),
    ...(policy.override !== undefined && { override: policy.override }),
    enabled,
  }
}
