import 'server-only'
import { setImmediate } from 'node:timers/promises'
import { and, count, desc, eq, gte, ilike, isNotNull, isNull, lt, lte, max, min, or, type SQL } from 'drizzle-orm'
import { auditOutcomes, type AuditOutcome as Outcome, type AuditScope as Scope } from '../contract/console/schemas'
import { toPgText } from '../db/pg-text'
import { audit, type Db } from '../db/schema'

export interface AuditFilters {
  readonly id?: number
  /** Part of the e-mail. */
  readonly person?: string
  readonly connection?: string
  readonly instance?: string
  readonly kind?: string
  readonly objectId?: string
  /** Part of the object's name or its whole id. */
  readonly object?: string
  readonly operation?: string
  readonly outcome?: Outcome
  readonly scope?: Scope
  readonly from?: Date
  readonly to?: Date
}

const part = (text: string) => `%${toPgText(text).replaceAll(/[\\%_]/g, '\\$&')}%`

function having(filters: AuditFilters, now: Date): SQL | undefined {
  const { id, person, object, outcome, scope, from, to } = filters
  const same = (['connection', 'instance', 'kind', 'objectId', 'operation'] as const).map((name) => {
    const value = filters[name]
    return value === undefined ? undefined : eq(audit[name], value)
  })
  const isOpen = eq(audit.outcome, 'open')
  return and(
    ...same,
    id === undefined ? undefined : eq(audit.id, id),
    person === undefined ? undefined : ilike(audit.actorName, part(person)),
    object === undefined ? undefined : or(eq(audit.objectId, object), ilike(audit.objectName, part(object))),
    outcome === 'interrupted' ? and(isOpen, lt(audit.until, now)) : undefined,
    outcome === 'open' ? and(isOpen, gte(audit.until, now)) : undefined,
    outcome && outcome !== 'interrupted' && outcome !== 'open' ? eq(audit.outcome, outcome) : undefined,
    scope === 'swr' ? isNotNull(audit.connection) : undefined,
    scope === 'accounts' ? isNull(audit.connection) : undefined,
    from && gte(audit.at, from),
    to && lt(audit.at, to),
  )
}

type Row = typeof audit.$inferSelect
export type AuditEntry = Omit<Row, 'outcome' | 'until'> & { readonly outcome: Outcome }

function toEntry({ until, ...row }: Row, now: Date): AuditEntry {
  const outcome = auditOutcomes.find((known) => known === row.outcome) ?? 'failed'
  return { ...row, outcome: outcome === 'open' && until < now ? 'interrupted' : outcome }
}

/*
 * The built-in database works on the event loop: while a query runs, nobody else is served. A log of years is therefore
 * looked at in windows of ids, each of which takes some milliseconds, whatever the filters are.
 */

/** Ids that are looked at in one query, and entries that are read in one. */
const windowSize = 2_500
const maxRows = 100
/** Matches behind the page that are counted; of more it is only said that there are more. */
const maxCounted = 10_000

async function* windows(db: Db): AsyncGenerator<{ readonly top: number; readonly bottom: number }> {
  const [ends] = await db.select({ first: min(audit.id), last: max(audit.id) }).from(audit)
  const first = ends?.first ?? 1
  for (let top = ends?.last ?? 0; top >= first; top -= windowSize) {
    yield { top, bottom: Math.max(first, top - windowSize + 1) }
    await setImmediate()
  }
}

const within = (where: SQL | undefined, { top, bottom }: { top: number; bottom: number }) =>
  and(where, lte(audit.id, top), gte(audit.id, bottom))

export interface AuditPage {
  /** That fit the filters, as far as was counted. */
  readonly total: number
  /** False: there are more than were counted. */
  readonly exact: boolean
  readonly entries: AuditEntry[]
}

/** Newest first. */
export async function listEntries(
  db: Db,
  filters: AuditFilters,
  { offset, limit }: { offset: number; limit: number },
  now = new Date(),
): Promise<AuditPage> {
  const where = having(filters, now)
  const entries: AuditEntry[] = []
  let total = 0
  for await (const window of windows(db)) {
    if (total > offset + limit + maxCounted) return { total, exact: false, entries }
    const inside = within(where, window)
    const [counted] = await db.select({ matches: count() }).from(audit).where(inside)
    const matches = counted?.matches ?? 0
    // Those of this window that belong to the page.
    const skip = Math.max(0, offset - total)
    const wanted = Math.min(matches - skip, limit - entries.length)
    total += matches
    for (let read = 0; read < wanted; ) {
      const rows = await db
        .select()
        .from(audit)
        .where(inside)
        .orderBy(desc(audit.id))
        .limit(Math.min(maxRows, wanted - read))
        .offset(skip + read)
      if (rows.length === 0) break
      entries.push(...rows.map((row) => toEntry(row, now)))
      read += rows.length
      await setImmediate()
    }
  }
  return { total, exact: true, entries }
}

/** Newest first, some at a time, without holding all of them: for exports. */
export async function* entryChunks(db: Db, filters: AuditFilters, now = new Date()): AsyncGenerator<AuditEntry[]> {
  const where = having(filters, now)
  for await (const window of windows(db)) {
    for (let { top } = window; top >= window.bottom; ) {
      const rows = await db
        .select()
        .from(audit)
        .where(within(where, { ...window, top }))
        .orderBy(desc(audit.id))
        .limit(maxRows)
      if (rows.length > 0) yield rows.map((row) => toEntry(row, now))
      top = rows.length < maxRows ? 0 : (rows.at(-1)?.id ?? 0) - 1
      await setImmediate()
    }
  }
}
