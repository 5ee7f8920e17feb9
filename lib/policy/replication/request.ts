import type { Replication, ReplicationBody } from '../../contract/swr/replication'
import { readTrigger, toTriggerBody } from '../schedule/trigger'

/** The remote side of a policy: this instance has the id 0, or is missing (docs/swr-api.md section 1, rule 5). */
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

/** The same of a policy that was read. Where no side is the remote one, both are as they were. */
export function sidesOf(policy: Replication): Pick<ReplicationBody, 'src_registry' | 'dest_registry'> {
  const { direction, registry } = remoteOf(policy)
  if (registry !== undefined) return remoteSide(direction, registry)
  const [source, destination] = [policy.src_registry?.id, policy.dest_registry?.id]
  return {
    ...(source !== undefined && { src_registry: { id: source } }),
    ...(destination !== undefined && { dest_registry: { id: destination } }),
  }
}

/** What a policy says in the shape of a request, odd values included: the `before` of its differences. */
export function toRequest(policy: Replication): ReplicationBody {
  const { trigger } = policy
  return {
    ...(policy.name !== undefined && { name: policy.name }),
    ...(policy.description !== undefined && { description: policy.description }),
    ...sidesOf(policy),
    ...(policy.dest_namespace !== undefined && { dest_namespace: policy.dest_namespace }),
    filters: policy.filters.map(({ type, value, decoration }) => ({
      ...(type !== undefined && { type }),
      ...(value !== undefined && { value }),
      ...(decoration !== undefined && { decoration }),
    })),
    ...(policy.repo_scope_mode !== undefined && { repo_scope_mode: policy.repo_scope_mode }),
    ...(trigger && { trigger: toTriggerBody(trigger.type ?? '', readTrigger(trigger).cron, trigger) }),
    ...(policy.override !== undefined && { override: policy.override }),
    enabled: policy.enabled ?? false,
  }
}

/**
 * The request that only switches a policy on or off: all else is sent as it was read, also what the console itself would
 * refuse. PUT replaces the whole policy (docs/swr-api.md section 1, rule 6).
 */
export const withEnabled = (policy: Replication, enabled: boolean): ReplicationBody => ({
  ...toRequest(policy),
  enabled,
})
