import 'server-only'
import { z } from 'zod'
import { everyEntry } from '../audit/store'
import { actorFrom } from '../auth/actor'
import { ownWire } from '../contract/console/operations'
import { auditFilters } from '../contract/console/schemas'
import { ProblemError, problemOf } from '../contract/problem'
import { allows } from '../contract/roles'
import { db } from '../db/open'
import { messages } from '../i18n/messages'
import { auditActOf } from '../policy/diff/audit-act'
import { changesText } from '../policy/diff/changes-text'
import { entryOf, filtersOf } from './console-handlers'

type Line = ReturnType<typeof entryOf>

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

const textOf = (value: unknown) =>
  value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)

/** RFC 4180. Spreadsheets run what begins like a formula: a quote before it makes it a text. */
const cell = (value: unknown) =>
  `"${textOf(value)
    .replace(/^[=+\-@\t\r\n]/, "'$&")
    .replaceAll('"', '""')}"`

const row = (cells: readonly unknown[]) => `${cells.map(cell).join(',')}\r\n`

const formats = {
  csv: {
    type: 'text/csv; charset=utf-8; header=present',
    // Spreadsheets take a file without the mark for one in the machine's own encoding.
    head: `\ufeff${row(columns)}`,
    line: (entry: Line) => {
      const told = { ...entry, action: actionText(entry), changes: changesText(entry.before, entry.after) }
      return row(columns.map((name) => told[name]))
    },
  },
  jsonl: {
    type: 'application/jsonl; charset=utf-8',
    head: '',
    line: (entry: Line) => `${JSON.stringify(entry)}\n`,
  },
} as const

const query = z.strictObject({ format: z.enum(['csv', 'jsonl']), ...auditFilters })

/** The change log as a file, with the filters of the list; read and sent piece by piece. */
export async function exportAudit(request: Request): Promise<Response> {
  try {
    const actor = await actorFrom(request.headers)
    if (!allows(actor.role, ownWire.auditList)) throw new ProblemError({ status: 403, code: 'role_too_low' })
    const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams))
    if (!asked.success) throw new ProblemError({ status: 422, code: 'invalid_request' })
    const { format, ...filters } = asked.data
    const { type, head, line } = formats[format]
    const store = await db()
    const now = new Date()
    const name = `change-log-${now.toISOString().slice(0, 19).replaceAll(':', '')}Z.${format}`
    const lines = async function* () {
      yield head
      for await (const entry of everyEntry(store, filtersOf(filters), now)) yield line(entryOf(entry))
    }
    const headers = {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    }
    return new Response(streamOf(lines()), { headers })
  } catch (error) {
    const problem = problemOf(error)
    return Response.json(problem, { status: problem.status, headers: { 'cache-control': 'no-store' } })
  }
}

/** Reads on only as fast as the browser takes it. */
function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await lines.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: async () => {
      await lines.return(undefined)
    },
  })
}
