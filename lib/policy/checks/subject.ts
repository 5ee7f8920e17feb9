import type { Finding } from '../../contract/console/checks'
import type { Registry } from '../../contract/swr/registry'
import type { Replication } from '../../contract/swr/replication'
import type { Retention } from '../../contract/swr/retention'
import { isTemporaryPolicyName } from '../replication/partial'
import { asRun } from '../replication/pull'
import { remoteOf } from '../replication/request'
import type { DatedImage } from '../retention/dated-image'
import type { ImmutableWords } from '../retention/immutable'

/** A repository with its full name. */
export interface CheckedRepository {
  readonly name: string
  readonly images: readonly DatedImage[]
}

/** A policy of an instance at the other side of a registry that copies back to here. */
export interface ReversePolicy {
  readonly connection: string
  readonly instance: string
  readonly policy: Replication
}

/** What checks look at. */
export interface Subject {
  readonly policies: readonly Replication[]
  readonly registries: readonly Pick<Registry, 'id' | 'name' | 'status' | 'type'>[]
  readonly retentions: readonly Retention[]
  /** Immutable tag rules by their namespace: they spare what retention would delete. */
  readonly immutable: ReadonlyMap<string, readonly ImmutableWords[]>
  readonly repositories: readonly CheckedRepository[]
  /** Seconds that the runs of a policy usually take. */
  readonly usual: ReadonlyMap<number, number>
  /** Milliseconds for which the newest run of a policy has hung. */
  readonly hanging: ReadonlyMap<number, number>
  /** By the registry through which this instance copies there. */
  readonly back: ReadonlyMap<number, readonly ReversePolicy[]>
  readonly now: Date
}

/** An enabled policy, read. */
export interface CheckedPolicy {
  readonly id: number
  readonly name: string
  readonly direction: 'push' | 'pull'
  readonly registry: { readonly id: number; readonly name: string }
  /** As a run very probably takes it: without filters where they have no effect. */
  readonly policy: Replication
  /** As it was read. */
  readonly said: Replication
}

/** Enabled policies with a registry: others do nothing. Those that the console makes for a moment repeat their parents. */
export function enabledOf(policies: readonly Replication[], registries: Subject['registries']): CheckedPolicy[] {
  const names = new Map(registries.map(({ id, name }) => [id, name]))
  return policies.flatMap((policy) => {
    const { id, name } = policy
    const { direction, registry, name: said } = remoteOf(policy)
    if (id === undefined || registry === undefined || policy.enabled !== true || isTemporaryPolicyName(name)) return []
    const registryName = names.get(registry) || said || `#${registry}`
    return [
      {
        id,
        name: name ?? `#${id}`,
        direction,
        registry: { id: registry, name: registryName },
        policy: asRun(policy, registries),
        said: policy,
      },
    ]
  })
}

export const isByEvent = ({ policy }: CheckedPolicy): boolean => policy.trigger?.type === 'event_based'

/** How many examples a finding has. */
export const maxExamples = 5

export const toFinding = (
  kind: Finding['kind'],
  policies: readonly CheckedPolicy[],
  more: Partial<Finding> = {},
): Finding => ({
  kind,
  policies: policies.map(({ id, name }) => ({ id, name })),
  registry: null,
  retention: null,
  elsewhere: null,
  examples: [],
  count: 0,
  interval: null,
  usual: null,
  ...more,
})
