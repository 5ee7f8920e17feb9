import type { Difference } from '../difference'
import type { InOf, OutOf, Schemas } from '../operation'
import { basicOperations } from './basic'
import { instanceOperations } from './instance'
import type { OperationName } from './operations'
import { type Registry, registryOperations } from './registry'
import { type Replication, replicationOperations } from './replication'
import { repositoryOperations } from './repository'
import { type Retention, retentionOperations } from './retention'

/** Schemas of every operation in the allow-list. For servers and tests: the browser imports `wire.ts` and types only. */
export const swr = {
  ...instanceOperations,
  ...repositoryOperations,
  ...registryOperations,
  ...replicationOperations,
  ...retentionOperations,
  ...basicOperations,
} satisfies Record<OperationName, Schemas>

export type In<Name extends OperationName> = InOf<Name, (typeof swr)[Name]>
export type Out<Name extends OperationName> = OutOf<(typeof swr)[Name]>

/** What became of a policy or registry that was written: read again afterwards, since SWR changes some of what it is told. */
export interface Written<Policy> {
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
export type Result<Name extends OperationName> = Name extends 'replicationCreate' | 'replicationUpdate'
  ? Written<Replication>
  : Name extends 'retentionUpdate'
    ? Written<Retention>
    : Name extends 'registryCreate' | 'registryUpdate'
      ? Written<Registry>
      : Out<Name>
