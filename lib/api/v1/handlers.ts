import 'server-only'
import type { AuditEvent } from '../../audit/store'
import type { ConsoleOperation } from '../../contract/console/operations'
import type { PublicOperation } from '../../contract/v1/operations'
import { startedEvent } from '../../swr/audit-event'
import { consoleAuditEvent } from '../console-audit-event'
import { connectionHandlers } from './handlers/connections'
import { inUseHandlers } from './handlers/in-use'
import { policyHandlers } from './handlers/policies'
import { retentionPolicyHandlers } from './handlers/retention-policies'
import { retentionRunHandlers } from './handlers/retention-runs'
import { runHandlers } from './handlers/runs'
import { syncJobHandlers } from './handlers/sync-jobs'
import { syncPlanHandlers } from './handlers/sync-plans'
import { openApiDocument } from './openapi'
import { type PublicHandlers, publicUrl } from './request'

/** One file for each subject. */
export const publicHandlers: PublicHandlers<PublicOperation> = {
  apiShow: async ({ known }) => ({ name: 'SWR Policy Console', version: 1, openapi: publicUrl.document(known) }),
  openapiShow: async ({ known }) => openApiDocument(known.settings.url),
  ...connectionHandlers,
  ...policyHandlers,
  ...runHandlers,
  ...syncPlanHandlers,
  ...syncJobHandlers,
  ...retentionPolicyHandlers,
  ...retentionRunHandlers,
  ...inUseHandlers,
}

type Params = Readonly<Record<string, string>>

const bySame =
  (name: ConsoleOperation) =>
  (actor: AuditEvent['actor'], params: Params): AuditEvent =>
    consoleAuditEvent(actor, name, { params })

/**
 * What the audit log says of a write that is refused before it is carried out, by the console's own operation; what is carried
 * out is entered by that operation.
 */
export const deniedEvents: Partial<
  Readonly<Record<PublicOperation, (actor: AuditEvent['actor'], params: Params) => AuditEvent>>
> = {
  runStart: (actor, { connection = '', instance_id = '', policy_id = '' }) =>
    startedEvent(actor, connection, 'executionStart', { params: { instance_id, policy_id } }),
  syncJobStart: bySame('syncJobStart'),
  syncJobRetry: bySame('syncJobRetry'),
  syncJobPause: bySame('syncJobPause'),
  syncJobResume: bySame('syncJobResume'),
  syncJobCancel: bySame('syncJobCancel'),
  retentionDryRunStart: bySame('retentionDryRunStart'),
  retentionRunStart: bySame('retentionRunStart'),
  inUsePut: bySame('inUsePut'),
  inUseDelete: bySame('inUseDelete'),
}
