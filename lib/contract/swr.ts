import { basicOperations } from './basic'
import { instanceOperations } from './instance'
import type { InOf, OutOf, Schemas } from './operation'
import { registryOperations } from './registry'
import { replicationOperations } from './replication'
import { repositoryOperations } from './repository'
import { retentionOperations } from './retention'
import type { OperationName } from './wire'

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
