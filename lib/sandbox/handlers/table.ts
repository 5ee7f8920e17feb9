import type { swrSchemas } from '../../contract/swr/schemas'
import { autoSyncHandlers } from './auto-sync'
import { basicHandlers } from './basic'
import { accountHandlers } from './basic-account'
import type { Handlers } from './handler'
import { instanceHandlers } from './instances'
import { manualSyncHandlers } from './manual-sync'
import { registryHandlers } from './registries'
import { replicationHandlers } from './replication'
import { repositoryHandlers } from './repositories'
import { retentionHandlers } from './retention'
import { unbuilt } from './unbuilt'

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
  immutableRuleList: unbuilt,
  immutableRuleCreate: unbuilt,
  immutableRuleUpdate: unbuilt,
  immutableRuleDelete: unbuilt,
  basicRetentionList: unbuilt,
  basicRetentionCreate: unbuilt,
  basicRetentionUpdate: unbuilt,
  basicRetentionDelete: unbuilt,
  basicRetentionLogList: unbuilt,
}
