import 'server-only'
import type { insightOperations } from '../contract/console/insight'
import { checkDraft, checkList } from './checks/checks'
import { muteHandlers } from './checks/mutes'
import { copyPlanShow } from './copy-plan/copy-plan'
import { targetNamespaceShow } from './copy-plan/target-namespace'
import type { ConsoleHandlers } from './handler'
import { matchPreview } from './inventory/matches'
import { retryPlanShow } from './partial-runs/retry-plan'
import { partialRunHandlers } from './partial-runs/start'
import { replicationIndex } from './policies/policy-index'
import { registryUseList } from './policies/registry-use'
import { weekHandlers } from './policies/week'
import { retentionHandlers } from './retention/handlers'
import { runHandlers } from './runs/run'
import { syncHandlers } from './sync/handlers'

/** Answers of what the console works out, one file for each subject. */
export const insightHandlers: ConsoleHandlers<keyof typeof insightOperations> = {
  replicationIndex,
  ...weekHandlers,
  registryUseList,
  ...retentionHandlers,
  targetNamespaceShow,
  matchPreview,
  ...runHandlers,
  retryPlanShow,
  copyPlanShow,
  ...partialRunHandlers,
  ...syncHandlers,
  checkList,
  checkDraft,
  ...muteHandlers,
}
