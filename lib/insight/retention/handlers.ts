import 'server-only'
import type { retentionOperations } from '../../contract/console/retention'
import { basicRetentionHandlers } from '../basic-retention/handlers'
import type { ConsoleHandlers } from '../handler'
import { inUseHandlers } from '../in-use/handlers'
import { archiveHandlers } from './archive/handlers'
import { archiveNamespaceList } from './archive/namespaces'
import { retentionArmingShow } from './arming'
import { retentionDecide } from './decide'
import { dryRunHandlers } from './dry-run/handlers'
import { executionHandlers } from './executions'
import { retentionIndex } from './index-rows'
import { realRunHandlers } from './real-run/handlers'
import { settingsHandlers } from './settings'

/** One file for each subject. */
export const retentionHandlers: ConsoleHandlers<keyof typeof retentionOperations> = {
  retentionDecide,
  retentionIndex,
  retentionArmingShow,
  archiveNamespaceList,
  ...dryRunHandlers,
  ...realRunHandlers,
  ...archiveHandlers,
  ...executionHandlers,
  ...settingsHandlers,
  ...inUseHandlers,
  ...basicRetentionHandlers,
}
