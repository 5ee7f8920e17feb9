import type { Registry } from '../../contract/swr/registry'
import type { Replication } from '../../contract/swr/replication'
import { ignoresFilters } from '../../contract/vocabulary'
import { remoteOf } from './request'

type Registries = readonly Pick<Registry, 'id' | 'type'>[]

/** The policy pulls from a registry where its filters very probably have no effect. */
export function pullsAll(policy: Replication, registries: Registries): boolean {
  const { direction, registry } = remoteOf(policy)
  return ignoresFilters(direction, registries.find(({ id }) => id !== undefined && id === registry)?.type)
}

/** The policy as a run very probably takes it. */
export const asRun = (policy: Replication, registries: Registries): Replication =>
  pullsAll(policy, registries) ? { ...policy, filters: [] } : policy
