import type { Difference } from '../difference'
import type { InOf, OutOf, Schemas } from '../operation'
import { basicOperations } from './basic'
import { basicRetentionOperations } from './basic-retention'
import { immutableRuleOperations } from './immutable-rule'
import { instanceOperations } from './instance'
import type { SwrOperation } from './operations'
import { type Registry, registryOperations } from './registry'
import { type Replication, replicationOperations } from './replication'
import { repositoryOperations } from './repository'
import { type Retention, retentionOperations } from './retention'

/** Schemas of every operation in the allow-list. For servers and tests: the browser imports `wire.ts` and types only. */
export const swrSchemas = {
  ...instanceOperations,
  ...repositoryOperations,
  ...registryOperations,
  ...replicationOperations,
  ...retentionOperations,
  ...immutableRuleOperations,
  ...basicOperations,
  ...basicRetentionOperations,
} satisfies Record<SwrOperation, Schemas>

export type SwrInput<Name extends SwrOperation> = InOf<Name, (typeof swrSchemas)[Name]>
export type SwrOutput<Name extends SwrOperation> = OutOf<(typeof swrSchemas)[Name]>

/** What became of a policy or registry that was written: read again afterwards, since SWR changes some of what it is told. */
export interface WrittenResult<Policy> {
  /** Of a new one. */
  readonly id?: number
  /** Null when it could not be read again. */
  readonly now: Policy | null
  /** What SWR made of what was sent. */
  readonly normalised: Difference[]
  /** SWR's answer to the write did not arrive, but the new policy is there. */
  readonly answerLost?: true
}

/** What the console answers: SWR's answer, except for writes of policies and registries. */
export type SwrResult<Name extends SwrOperation> = Name extends 'replicationCreate' | 'replicationUpdate'
  ? WrittenResult<Replication>
  : Name extends 'retentionCreate' | 'retentionUpdate'
    ? WrittenResult<Retention>
    : Name extends 'registryCreate' | 'registryUpdate'
      ? WrittenResult<Registry>
      : SwrOutput<Name>
