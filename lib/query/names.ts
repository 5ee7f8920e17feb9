import 'server-only'
import type { Actor } from '../contract/actor'
import type { InstanceLocation } from '../routes'
import { apiQuery } from './client'
import { prefetch } from './prefetch'
import { requestClient } from './request-client'

/** The name of a policy for the title of its page, which reads it as well; its number where it has none or is gone. */
export async function replicationName(actor: Actor, { connection, instance }: InstanceLocation, policy: string) {
  const input = { params: { connection, instance_id: instance, policy_id: policy } }
  const cache = requestClient()
  await prefetch(cache, actor, 'replicationShow', input)
  return cache.getQueryData(apiQuery('replicationShow', input).queryKey)?.name ?? `#${policy}`
}

/** The same for a retention policy. */
export async function retentionName(
  actor: Actor,
  { connection, instance }: InstanceLocation,
  { namespace, policy }: { namespace: string; policy: string },
) {
  const input = { params: { connection, instance_id: instance, namespace_name: namespace, policy_id: policy } }
  const cache = requestClient()
  await prefetch(cache, actor, 'retentionShow', input)
  return cache.getQueryData(apiQuery('retentionShow', input).queryKey)?.name ?? `#${policy}`
}
