import {
  basicRetentionDecide,
  basicRetentionDelete,
  basicRetentionLogList,
  basicRetentionSave,
  basicRetentionShow,
} from './basic-retention'
import { retentionDecide, retentionIndex } from './retention-decisions'
import { retentionExecutionImageList, retentionExecutionShow, retentionHistoryList } from './retention-executions'
import {
  retentionDryRunImageList,
  retentionDryRunSee,
  retentionDryRunShow,
  retentionDryRunStart,
  retentionLockShow,
  retentionRestoreStart,
  retentionRunCancel,
  retentionRunConfirm,
  retentionRunImageList,
  retentionRunShow,
  retentionRunStart,
} from './retention-runs'
import {
  archiveCopyDelete,
  archiveCopyList,
  inUseDelete,
  inUseList,
  inUsePut,
  retentionSettingsShow,
  retentionSettingsUpdate,
} from './retention-settings'

/** Retention, one file for each subject beside this one. */
export const retentionOperations = {
  retentionDecide,
  retentionIndex,
  retentionLockShow,
  retentionDryRunStart,
  retentionDryRunShow,
  retentionDryRunImageList,
  retentionDryRunSee,
  retentionRunStart,
  retentionRunShow,
  retentionRunImageList,
  retentionRunConfirm,
  retentionRunCancel,
  retentionRestoreStart,
  retentionHistoryList,
  retentionExecutionShow,
  retentionExecutionImageList,
  retentionSettingsShow,
  retentionSettingsUpdate,
  archiveCopyList,
  archiveCopyDelete,
  inUseList,
  inUsePut,
  inUseDelete,
  basicRetentionShow,
  basicRetentionDecide,
  basicRetentionSave,
  basicRetentionRemove: basicRetentionDelete,
  basicRetentionLogShow: basicRetentionLogList,
} as const
