import type { Locale } from './locale'
import enCommon from './messages/en/common.json'
import enField from './messages/en/field.json'
import enForm from './messages/en/form.json'
import enInstance from './messages/en/instance.json'
import enProblem from './messages/en/problem.json'
import enRegistry from './messages/en/registry.json'
import enReplication from './messages/en/replication.json'
import enReplicationForm from './messages/en/replication-form.json'
import enRetention from './messages/en/retention.json'
import enSchedule from './messages/en/schedule.json'
import enSettings from './messages/en/settings.json'
import enSync from './messages/en/sync.json'
import zhCommon from './messages/zh-CN/common.json'
import zhField from './messages/zh-CN/field.json'
import zhForm from './messages/zh-CN/form.json'
import zhInstance from './messages/zh-CN/instance.json'
import zhProblem from './messages/zh-CN/problem.json'
import zhRegistry from './messages/zh-CN/registry.json'
import zhReplication from './messages/zh-CN/replication.json'
import zhReplicationForm from './messages/zh-CN/replication-form.json'
import zhRetention from './messages/zh-CN/retention.json'
import zhSchedule from './messages/zh-CN/schedule.json'
import zhSettings from './messages/zh-CN/settings.json'
import zhSync from './messages/zh-CN/sync.json'

const en = {
  common: enCommon,
  field: enField,
  form: enForm,
  instance: enInstance,
  problem: enProblem,
  registry: enRegistry,
  replication: enReplication,
  replicationForm: enReplicationForm,
  retention: enRetention,
  schedule: enSchedule,
  settings: enSettings,
  sync: enSync,
}

const zh = {
  common: zhCommon,
  field: zhField,
  form: zhForm,
  instance: zhInstance,
  problem: zhProblem,
  registry: zhRegistry,
  replication: zhReplication,
  replicationForm: zhReplicationForm,
  retention: zhRetention,
  schedule: zhSchedule,
  settings: zhSettings,
  sync: zhSync,
}

/** A namespace is a screen, or something shared by several. English types the keys; a test keeps Chinese equal. */
export type Messages = typeof en

// Typed by the English texts themselves; a test compares keys and placeholders of both.
const chinese = zh satisfies Record<keyof Messages, unknown> as unknown as Messages

export const messages: Record<Locale, Messages> = { en, 'zh-CN': chinese }
