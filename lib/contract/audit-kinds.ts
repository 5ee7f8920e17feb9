/** Kinds of objects that entries of the audit log are about. Entries of before may say another one. */
export const auditKinds = [
  'replication',
  'execution',
  'retention',
  'immutable_rule',
  'basic_retention',
  'retention_limits',
  'archive',
  'artifact',
  'registry',
  'repository',
  'organization',
  'sync_job',
  'finding',
  'cluster',
  'connection',
  'account',
  'token',
  /** Where somebody came from whom nobody knows. */
  'address',
] as const
export type AuditKind = (typeof auditKinds)[number]
