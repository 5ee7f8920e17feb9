import 'server-only'
import { type AuditContext, auditDenied, withAudit } from '../audit/with-audit'
import { type Identity, identity } from '../auth/identity'
import type { Actor } from '../contract/actor'
import { type ConsoleOperation, type ConsoleRoute, consoleRoutes } from '../contract/console/operations'
import { type ConsoleOutput, consoleSchemas } from '../contract/console/schemas'
import { type OperationInput, parseInput } from '../contract/parse-input'
import { ProblemError, problemOf } from '../contract/problem'
import { allows } from '../contract/roles'
import type { ConsoleRequest } from '../insight/handler'
import { log } from '../net/log'
import { consoleAuditEvent } from './console-audit-event'
import { consoleHandlers } from './console-handlers'

/** These may have to read lists of SWR before they begin, or try a key. */
const slow: readonly ConsoleOperation[] = [
  'partialRunStart',
  'connectionRetry',
  'syncJobRetry',
  'inUsePut',
  'retentionRunStart',
  'retentionRunConfirm',
  'archiveCopyDelete',
  'basicRetentionSave',
  'basicRetentionConfirm',
]
const timeoutSecondsFor = (name: ConsoleOperation) => (slow.includes(name) ? 120 : 30)

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
