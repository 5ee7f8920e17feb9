import { parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { pageWindow, pagingAddress } from '@/components/table/search-params'
import type { AuditOutcome, AuditScope, ConsoleInput } from '@/lib/contract/console/schemas'

export const auditOutcomes = [
  'open',
  'done',
  'failed',
  'refused',
  'denied',
  'interrupted',
] as const satisfies readonly AuditOutcome[]

/** `all` asks for no scope. */
export const scopes = ['swr', 'accounts', 'all'] as const satisfies readonly (AuditScope | 'all')[]

const text = parseAsString.withDefault('')

/** Everything that makes one view of the audit log; `entry` is the one that is open. Times are UTC instants. */
export const auditAddress = {
  ...pagingAddress,
  person: text,
  object: text,
  operation: text,
  outcome: parseAsStringLiteral(auditOutcomes),
  scope: parseAsStringLiteral(scopes).withDefault('swr'),
  from: text,
  to: text,
  // Only by links: one policy's entries.
  connection: text,
  instance: text,
  kind: text,
  objectId: text,
  entry: parseAsInteger,
}

const texts = ['person', 'object', 'operation', 'from', 'to', 'connection', 'instance', 'kind', 'objectId'] as const

export interface AuditView extends Record<(typeof texts)[number], string> {
  page: number
  size: number
  outcome: AuditOutcome | null
  scope: (typeof scopes)[number]
  entry: number | null
}

/** What a view is narrowed by, its scope not counted. Times that are none are left out. */
export function filtersOf(
  view: AuditView,
): Partial<Record<(typeof texts)[number], string>> & { outcome?: AuditOutcome } {
  const given = texts.flatMap((name) => {
    const value = view[name].trim()
    const isTime = name === 'from' || name === 'to'
    if (value === '' || (isTime && Number.isNaN(Date.parse(value)))) return []
    return [[name, isTime ? new Date(value).toISOString() : value] as const]
  })
  return { ...Object.fromEntries(given), ...(view.outcome && { outcome: view.outcome }) }
}

/** What the log is about; an operation, a kind or a person's own choice says so more exactly. */
export const scopeOf = ({ scope, operation, kind }: AuditView): { scope?: AuditScope } =>
  scope === 'all' || operation !== '' || kind !== '' ? {} : { scope }

/** The one question that answers a view; the page and the browser ask it under the same key. */
export const auditInput = (view: AuditView): ConsoleInput<'auditList'> => ({
  params: {},
  query: { ...pageWindow(view), ...filtersOf(view), ...scopeOf(view) },
})

/** One entry by its number, wherever it stands in the log. */
export const entryInput = (id: number): ConsoleInput<'auditList'> => ({
  params: {},
  query: { offset: 0, limit: 1, id },
})
