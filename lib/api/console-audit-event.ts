import 'server-only'
import { z } from 'zod'
import type { AuditEvent } from '../audit/store'
import type { AuditKind } from '../contract/audit-kinds'
import { type ConsoleOperation, consoleRoutes } from '../contract/console/operations'
import { basicEdition } from '../contract/console/retention-vocabulary'
import { paramSchemas } from '../contract/params'
import type { OperationInput } from '../contract/parse-input'
import type { ParamName } from '../contract/path'
import type { WriteOf } from '../contract/swr/route'
import { config } from '../env/config'

type ConsoleWrite = WriteOf<typeof consoleRoutes>

/** The type names every write: forgetting one does not compile. */
const kinds: Readonly<Record<ConsoleWrite, AuditKind>> = {
  userInvite: 'account',
  userUpdate: 'account',
  userResetLink: 'account',
  userUnlock: 'account',
  userSignOut: 'account',
  tokenCreate: 'token',
  tokenRevoke: 'token',
  connectionRetry: 'connection',
  partialRunStart: 'replication',
  partialRunCancel: 'replication',
  retentionDryRunStart: 'retention',
  retentionDryRunSee: 'retention',
  retentionRunStart: 'retention',
  retentionRunConfirm: 'retention',
  retentionRunCancel: 'retention',
  retentionRestoreStart: 'retention',
  retentionSettingsUpdate: 'retention_limits',
  retentionCeilingConfirm: 'retention_limits',
  retentionCeilingWithdraw: 'retention_limits',
  archiveCopyDelete: 'archive',
  inUsePut: 'cluster',
  inUseDelete: 'cluster',
  basicRetentionSave: 'basic_retention',
  basicRetentionConfirm: 'basic_retention',
  basicRetentionWithdraw: 'basic_retention',
  basicRetentionRemove: 'basic_retention',
  findingMute: 'finding',
  findingUnmute: 'finding',
  syncJobStart: 'sync_job',
  syncJobRetry: 'sync_job',
  syncJobPause: 'sync_job',
  syncJobResume: 'sync_job',
  syncJobCancel: 'sync_job',
}

const isWrite = (name: ConsoleOperation): name is ConsoleWrite => consoleRoutes[name].risk !== 'read'

function kindOf(name: ConsoleOperation): AuditKind {
  if (!isWrite(name)) throw new TypeError(`${name} changes nothing`)
  return kinds[name]
}

/** Where the path of a write says which object it is about; what is made, or stands in the body, its handler tells. */
const ids: Partial<Readonly<Record<AuditKind, ParamName>>> = {
  account: 'user_id',
  token: 'token_id',
  connection: 'connection',
  replication: 'policy_id',
  retention: 'policy_id',
  retention_limits: 'instance_id',
  archive: 'instance_id',
  cluster: 'cluster',
  sync_job: 'sync_job_id',
}

/** Of the Basic Edition's retention, which stands in the body. */
const repositoryNamed = z.object({ organization: paramSchemas.namespace, repository: paramSchemas.repository })

/** What an entry says before anything of the request is believed: only what could be true. */
export function consoleAuditEvent(
  actor: AuditEvent['actor'],
  name: ConsoleOperation,
  { params, body, reason }: OperationInput,
): AuditEvent {
  const kind = kindOf(name)
  const param = (key: ParamName) => paramSchemas[key].safeParse(params[key]).data
  const connection = config().connections.find(({ id }) => id === params.connection)?.id
  const instance = param('instance_id')
  const key = ids[kind]
  const place = kind === 'basic_retention' ? repositoryNamed.safeParse(body).data : undefined
  return {
    actor,
    operation: name,
    kind,
    connection,
    instance: instance === basicEdition ? undefined : instance,
    objectId: kind === 'connection' ? connection : key && param(key),
    objectName: kind === 'cluster' ? param('cluster') : place && `${place.organization}/${place.repository}`,
    reason,
  }
}
