import 'server-only'
import type { AuditEvent } from '../audit/store'
import { type AuditContext, auditDenied, withAudit } from '../audit/with-audit'
import { type Identity, identity } from '../auth/identity'
import type { Actor } from '../contract/actor'
import { type ConsoleOperation, type ConsoleRoute, consoleRoutes } from '../contract/console/operations'
import { basicEdition } from '../contract/console/retention-vocabulary'
import { type ConsoleOutput, consoleSchemas } from '../contract/console/schemas'
import { paramSchemas } from '../contract/params'
import { type OperationInput, parseInput } from '../contract/parse-input'
import { ProblemError, problemOf } from '../contract/problem'
import { allows } from '../contract/roles'
import { config } from '../env/config'
import type { ConsoleRequest } from '../insight/handler'
import { log } from '../net/log'
import { consoleHandlers } from './console-handlers'

/** These may have to read lists of SWR before they begin, or try a key. */
const slow: readonly ConsoleOperation[] = [
  'partialRunStart',
  'connectionRetry',
  'syncJobStart',
  'syncJobRetry',
  'inUsePut',
  'retentionRunStart',
  'retentionRunConfirm',
  'archiveCopyDelete',
  'basicRetentionSave',
  'basicRetentionConfirm',
]
const timeoutSecondsFor = (name: ConsoleOperation) => (slow.includes(name) ? 120 : 30)

const isOfLimits = (name: ConsoleOperation) => name === 'retentionSettingsUpdate' || name.startsWith('retentionCeiling')

const clusterOf = (params: OperationInput['params']) => paramSchemas.cluster.safeParse(params.cluster).data

/** What an entry says before anything of the request is believed: an account, or a policy of an instance. */
export function consoleAuditEvent(
  actor: AuditEvent['actor'],
  name: ConsoleOperation,
  { params, reason }: OperationInput,
): AuditEvent {
  const user = paramSchemas.user_id.safeParse(params.user_id).data
  const connection = config().connections.find(({ id }) => id === params.connection)?.id
  if (name === 'connectionRetry')
    return { actor, operation: name, kind: 'connection', connection, objectId: connection, reason }
  const token = paramSchemas.token_id.safeParse(params.token_id).data
  if (name === 'tokenCreate' || name === 'tokenRevoke')
    return { actor, operation: name, kind: 'token', objectId: token, reason }
  if (name.startsWith('syncJob')) {
    const objectId = paramSchemas.sync_job_id.safeParse(params.sync_job_id).data
    return { actor, operation: name, kind: 'sync_job', connection, objectId, reason }
  }
  const instance = paramSchemas.instance_id.safeParse(params.instance_id).data
  if (name === 'findingMute' || name === 'findingUnmute')
    return { actor, operation: name, connection, instance, kind: 'finding', reason }
  if (name.startsWith('basicRetention')) return { actor, operation: name, connection, kind: 'basic_retention', reason }
  if (name.startsWith('inUse'))
    return { actor, operation: name, kind: 'cluster', objectName: clusterOf(params), reason }
  if (isOfLimits(name) && instance === basicEdition)
    return { actor, operation: name, connection, kind: 'basic_retention', reason }
  if (isOfLimits(name) || name === 'archiveCopyDelete')
    return { actor, operation: name, connection, instance, kind: 'instance', objectId: instance, reason }
  if (params.policy_id === undefined) return { actor, operation: name, kind: 'account', objectId: user, reason }
  return {
    actor,
    operation: name,
    connection,
    instance,
    kind: name.startsWith('retention') ? 'retention' : 'replication',
    objectId: paramSchemas.policy_id.safeParse(params.policy_id).data,
    reason,
  }
}

/** The one way to what the console knows itself, for the API and for pages alike. Throws a ProblemError. */
export async function callConsole<Name extends ConsoleOperation>(
  actor: Actor,
  name: Name,
  rawInput: OperationInput,
  { forPage = false }: { forPage?: boolean } = {},
): Promise<ConsoleOutput<Name>> {
  const operation: ConsoleRoute = consoleRoutes[name]
  const known = await identity()
  const answer = async (entry?: AuditContext): Promise<ConsoleOutput<Name>> => {
    const input = parseInput(operation.path, consoleSchemas[name], rawInput)
    // Parsed by the schemas that the type is made of.
    const given = {
      actor,
      known,
      tell: entry?.tell ?? (() => {}),
      forPage,
      reason: rawInput.reason,
      ifMatch: rawInput.ifMatch,
      ...input,
    } as ConsoleRequest<Name, Identity>
    return consoleSchemas[name].response.parse(await consoleHandlers[name](given)) as ConsoleOutput<Name>
  }
  try {
    if (!allows(actor.role, operation)) {
      const error = new ProblemError({ status: 403, code: 'role_too_low' })
      if (operation.risk !== 'read') await auditDenied(known, consoleAuditEvent(actor, name, rawInput), error)
      throw error
    }
    return operation.risk === 'read'
      ? await answer()
      : await withAudit(known, consoleAuditEvent(actor, name, rawInput), timeoutSecondsFor(name), answer)
  } catch (error) {
    const { status, code } = problemOf(error)
    const bug = code === 'unexpected' && error instanceof Error ? known.redact(error.stack ?? '') : undefined
    log[bug === undefined ? 'warn' : 'error']({ actor: actor.id, operation: name, status, code, bug }, 'call failed')
    throw error
  }
}
