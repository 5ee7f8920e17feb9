import type { swrSchemas } from '../../contract/swr/schemas'
import { artifactHandlers } from './artifacts'
import { autoSyncHandlers } from './auto-sync'
import { basicHandlers } from './basic'
import { accountHandlers } from './basic-account'
import { basicRetentionHandlers } from './basic-retention'
import { garbageCollectionHandlers } from './garbage-collection'
import type { Handlers } from './handler'
import { immutableRuleHandlers } from './immutable-rules'
import { instanceHandlers } from './instances'
import { manualSyncHandlers } from './manual-sync'
import { registryHandlers } from './registries'
import { replicationHandlers } from './replication'
import { repositoryHandlers } from './repositories'
import { retentionHandlers } from './retention'
import { retentionRunHandlers } from './retention-runs'

/** A handler for every operation of the contract. */
export const handlers: Handlers<typeof swrSchemas> = {
  ...instanceHandlers,
  ...repositoryHandlers,
  ...registryHandlers,
  ...replicationHandlers,
  ...retentionHandlers,
  ...basicHandlers,
  ...manualSyncHandlers,
  ...accountHandlers,
  ...autoSyncHandlers,
  ...artifactHandlers,
  ...immutableRuleHandlers,
  ...garbageCollectionHandlers,
  ...basicRetentionHandlers,
  ...retentionRunHandlers,
}
