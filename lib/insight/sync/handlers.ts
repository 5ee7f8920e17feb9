import 'server-only'
import { ProblemError } from '../../contract/problem'
import type { ConsoleHandlers } from '../handler'

const later = async () => {
  throw new ProblemError({ status: 501, code: 'unexpected' })
}

export const syncHandlers: ConsoleHandlers<
  | 'syncReferenceRead'
  | 'syncTagSearch'
  | 'syncPlanShow'
  | 'syncJobStart'
  | 'syncJobList'
  | 'syncJobShow'
  | 'syncJobRetry'
  | 'syncJobPause'
  | 'syncJobResume'
  | 'syncJobCancel'
  | 'autoSyncRuleList'
> = {
  syncReferenceRead: later,
  syncTagSearch: later,
  syncPlanShow: later,
  syncJobStart: later,
  syncJobList: later,
  syncJobShow: later,
  syncJobRetry: later,
  syncJobPause: later,
  syncJobResume: later,
  syncJobCancel: later,
  autoSyncRuleList: later,
}
