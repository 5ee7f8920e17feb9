import 'server-only'
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { entryChunks } from '../audit/search'
import { actorFrom } from '../auth/actor'
import { consoleRoutes } from '../contract/console/operations'
import { auditFilters } from '../contract/console/schemas'
import { ProblemError, problemOf } from '../contract/problem'
import { allows } from '../contract/roles'
import { db } from '../db/open'
import { messages } from '../i18n/messages'
import { auditActOf } from '../policy/diff/audit-act'
import { changesText } from '../policy/diff/changes-text'
import { toAuditEntry, toAuditFilters } from './console-handlers'
import { toCsv } from './csv'
import { textStream } from './text-stream'

type Line = ReturnType<typeof toAuditEntry>

const columns = [
  'id',
  'at',
  'closedAt',
  'actorId',
  'actorName',
  'role',
  'connection',
  'instance',
  'operation',
  'action',
  'kind',
  'objectId',
  'objectName',
  'outcome',
  'status',
  'code',
  'requestId',
  'reason',
  'changes',
  'before',
  'after',
] as const satisfies readonly (keyof Line | 'action' | 'changes')[]

const actions: Readonly<Record<string, string>> = messages.en.audit.operation
/** What a person reads for an operation, in English as the columns are. */
const actionText = (entry: Line) => actions[auditActOf(entry)] ?? entry.operation

const formats = {
  csv: {
    type: 'text/csv; charset=utf-8; header=present',
    text: (entries: readonly Line[], first: boolean) =>
      toCsv(
        entries.map((entry) => ({
          ...entry,
          action: actionText(entry),
          changes: changesText(entry.before, entry.after),
        })),
        columns,
        { first },
      ),
  },
  jsonl: {
    type: 'application/jsonl; charset=utf-8',
    text: (entries: readonly Line[]) => entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''),
  },
} as const

/** Written at once: an entry can hold two versions of a policy, and others are served in between. */
const maxLines = 20

const query = z.strictObject({ format: z.enum(['csv', 'jsonl']), ...auditFilters })

/** The audit log as a file, with the filters of the list; read and sent piece by piece. */
export async function exportAudit(request: Request): Promise<Response> {
  try {
    const actor = await actorFrom(request.headers)
    if (!allows(actor.role, consoleRoutes.auditList)) throw new ProblemError({ status: 403, code: 'role_too_low' })
    const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams))
    if (!asked.success) throw new ProblemError({ status: 422, code: 'invalid_request' })
    const { format, ...filters } = asked.data
    const { type, text } = formats[format]
    const store = await db()
    const now = new Date()
    const name = `audit-log-${now.toISOString().slice(0, 19).replaceAll(':', '')}Z.${format}`
    const chunks = async function* () {
      yield text([], true)
      for await (const entries of entryChunks(store, toAuditFilters(filters), now)) {
        // It can take minutes: who loses the right to it meanwhile gets no more of it.
        if (!allows((await actorFrom(request.headers)).role, consoleRoutes.auditList)) return
        for (let at = 0; at < entries.length; at += maxLines) {
          yield text(entries.slice(at, at + maxLines).map(toAuditEntry), false)
          await setImmediate()
        }
      }
    }
    const headers = {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    }
    return new Response(textStream(chunks()), { headers })
  } catch (error) {
    const problem = problemOf(error)
    return Response.json(problem, { status: problem.status, headers: { 'cache-control': 'no-store' } })
  }
}
