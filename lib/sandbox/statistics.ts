import { enterpriseRefusal } from './errors'
import type { Raw } from './json-fields'
import { bytesOf } from './stock'
import type { Instance } from './world'

/** Counters are counted; quotas are usual ones. What an instance states for itself wins over both. */
export function statisticsOf(instance: Instance): Raw {
  const { namespaces, policies, retentions, registries, statistics, unfreedBytes } = instance
  const repositories = namespaces.flatMap((namespace) => namespace.repositories)
  const artifacts = repositories.flatMap((repository) => repository.artifacts)
  return {
    // What was deleted is used until garbage collection has run.
    storage_used: artifacts.reduce((sum, artifact) => sum + bytesOf(artifact), unfreedBytes),
    total_namespace_count: namespaces.length,
    total_image_count: repositories.length,
    namespace_quota: 50,
    image_repo_quota: 500,
    replica_policy_quota: 200,
    retention_policy_quota: 50,
    notify_policy_quota: 50,
    replica_registry_quota: 20,
    sign_policy_quota: 50,
    replica_policy_count: policies.length,
    retention_policy_count: retentions.length,
    notify_policy_count: 0,
    replica_registry_count: registries.length,
    intranet_endpoint_quota: 5,
    intranet_endpoint_count: 1,
    long_term_quota: 20,
    sign_policy_count: 0,
    ...statistics,
  }
}

function checkQuota(
  instance: Instance,
  subject: 'replica_policy' | 'replica_registry' | 'retention_policy',
  name: string,
) {
  const counted = statisticsOf(instance)
  const count = counted[`${subject}_count`]
  const quota = counted[`${subject}_quota`]
  if (typeof count === 'number' && typeof quota === 'number' && count >= quota)
    throw enterpriseRefusal('quota', `the quota of ${quota} ${name} is used up`)
}

/** Refuses one more replication policy when the quota is used up. */
export const checkPolicyQuota = (instance: Instance) => checkQuota(instance, 'replica_policy', 'replication policies')

export const checkRegistryQuota = (instance: Instance) => checkQuota(instance, 'replica_registry', 'registries')

export const checkRetentionQuota = (instance: Instance) =>
  checkQuota(instance, 'retention_policy', 'retention policies')
