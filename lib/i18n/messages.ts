import type { Locale } from './locale'
import enAccount from './messages/en/account.json'
import enAudit from './messages/en/audit.json'
import enBasicRetention from './messages/en/basic-retention.json'
import enChecks from './messages/en/checks.json'
import enCode from './messages/en/code.json'
import enCommon from './messages/en/common.json'
import enField from './messages/en/field.json'
import enForm from './messages/en/form.json'
import enHistory from './messages/en/history.json'
import enImmutable from './messages/en/immutable.json'
import enInUse from './messages/en/in-use.json'
import enInstance from './messages/en/instance.json'
import enMatches from './messages/en/matches.json'
import enPartialRun from './messages/en/partial-run.json'
import enPlan from './messages/en/plan.json'
import enPolicyPage from './messages/en/policy-page.json'
import enProblem from './messages/en/problem.json'
import enRegistry from './messages/en/registry.json'
import enReplication from './messages/en/replication.json'
import enReplicationForm from './messages/en/replication-form.json'
import enRetention from './messages/en/retention.json'
import enRetentionRuns from './messages/en/retention-runs.json'
import enRun from './messages/en/run.json'
import enSchedule from './messages/en/schedule.json'
import enSettings from './messages/en/settings.json'
import enSync from './messages/en/sync.json'
import enUsers from './messages/en/users.json'
import enWeek from './messages/en/week.json'
import zhAccount from './messages/zh-CN/account.json'
import zhAudit from './messages/zh-CN/audit.json'
import zhBasicRetention from './messages/zh-CN/basic-retention.json'
import zhChecks from './messages/zh-CN/checks.json'
import zhCode from './messages/zh-CN/code.json'
import zhCommon from './messages/zh-CN/common.json'
import zhField from './messages/zh-CN/field.json'
import zhForm from './messages/zh-CN/form.json'
import zhHistory from './messages/zh-CN/history.json'
import zhImmutable from './messages/zh-CN/immutable.json'
import zhInUse from './messages/zh-CN/in-use.json'
import zhInstance from './messages/zh-CN/instance.json'
import zhMatches from './messages/zh-CN/matches.json'
import zhPartialRun from './messages/zh-CN/partial-run.json'
import zhPlan from './messages/zh-CN/plan.json'
import zhPolicyPage from './messages/zh-CN/policy-page.json'
import zhProblem from './messages/zh-CN/problem.json'
import zhRegistry from './messages/zh-CN/registry.json'
import zhReplication from './messages/zh-CN/replication.json'
import zhReplicationForm from './messages/zh-CN/replication-form.json'
import zhRetention from './messages/zh-CN/retention.json'
import zhRetentionRuns from './messages/zh-CN/retention-runs.json'
import zhRun from './messages/zh-CN/run.json'
import zhSchedule from './messages/zh-CN/schedule.json'
import zhSettings from './messages/zh-CN/settings.json'
import zhSync from './messages/zh-CN/sync.json'
import zhUsers from './messages/zh-CN/users.json'
import zhWeek from './messages/zh-CN/week.json'

const en = {
  account: enAccount,
  audit: enAudit,
  basicRetention: enBasicRetention,
  checks: enChecks,
  code: enCode,
  common: enCommon,
  field: enField,
  form: enForm,
  history: enHistory,
  immutable: enImmutable,
  inUse: enInUse,
  instance: enInstance,
  matches: enMatches,
  plan: enPlan,
  policyPage: enPolicyPage,
  problem: enProblem,
  registry: enRegistry,
  replication: enReplication,
  replicationForm: enReplicationForm,
  retention: enRetention,
  retentionRuns: enRetentionRuns,
  run: enRun,
  schedule: enSchedule,
  partialRun: enPartialRun,
  settings: enSettings,
  sync: enSync,
  users: enUsers,
  week: enWeek,
}

const zh = {
  account: zhAccount,
  audit: zhAudit,
  basicRetention: zhBasicRetention,
  checks: zhChecks,
  code: zhCode,
  common: zhCommon,
  field: zhField,
  form: zhForm,
  history: zhHistory,
  immutable: zhImmutable,
  inUse: zhInUse,
  instance: zhInstance,
  matches: zhMatches,
  plan: zhPlan,
  policyPage: zhPolicyPage,
  problem: zhProblem,
  registry: zhRegistry,
  replication: zhReplication,
  replicationForm: zhReplicationForm,
  retention: zhRetention,
  retentionRuns: zhRetentionRuns,
  run: zhRun,
  schedule: zhSchedule,
  partialRun: zhPartialRun,
  settings: zhSettings,
  sync: zhSync,
  users: zhUsers,
  week: zhWeek,
}

/** A namespace is a screen, or something shared by several. English types the keys; a test keeps Chinese equal. */
export type Messages = typeof en

// Typed by the English texts themselves; a test compares keys and placeholders of both.
const chinese = zh satisfies Record<keyof Messages, unknown> as unknown as Messages

export const messages: Record<Locale, Messages> = { en, 'zh-CN': chinese }
