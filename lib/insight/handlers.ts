import 'server-only'
import type { insightOperations } from '../contract/insight'
import type { OwnHandlers } from '../gateway/asked-own'
import { checkDraft, checkList } from './checks'
import { copyPlanShow } from './copy-plan'
import { matchPreview } from './matches'
import { replicationIndex } from './policy-index'
import { registryUseList } from './registry-use'
import { runHandlers } from './run'
import { scopedRunHandlers } from './scoped-runs'
import { weekShow } from './week'

/** Answers of what the console works out, one file for each subject. */
export const insightHandlers: OwnHandlers<keyof typeof insightOperations> = {
  replicationIndex,
  weekShow,
  registryUseList,
  matchPreview,
  ...runHandlers,
  copyPlanShow,
  ...scopedRunHandlers,
  checkList,
  checkDraft,
}
