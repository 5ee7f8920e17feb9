import 'server-only'
import { and, count, desc, eq, gt, gte, ilike, isNotNull, isNull, lt, or, type SQL } from 'drizzle-orm'
import { auditOutcomes, type AuditOutcome as Outcome, type AuditScope as Scope } from '../contract/console/schemas'
import type { Role } from '../contract/roles'
import { storableText } from '../db/pg-text'
import { audit, type Db } from '../db/schema'

/** What is known before the call. */
export interface Opening {
  readonly actor: { readonly id: string | null; readonly email: string; readonly role: Role | null }
  readonly operation: string
  readonly connection?: string
  readonly instance?: string
  readonly kind?: string
  readonly objectId?: string
  readonly objectName?: string
  readonly reason?: string
}

/** What is known after it. `before` and `after` are JSON; an id or a name may only be known now. */
export interface Closing {
  /** `done`; `failed`: it is not known or went wrong on the way; `refused`: SWR said no; `denied`: we did. */
  readonly outcome: Exclude<Outcome, 'open' | 'interrupted'>
  readonly objectId?: string
  readonly objectName?: string
  readonly before?: unknown
  readonly after?: unknown
  readonly status?: number
  readonly code?: string
  readonly requestId?: string
}

/** Removes secrets from whatever is about to be stored. */
export type Redact = <Value>(value: Value) => Value

/** When it happened, and how many seconds later it can only have been interrupted. */
const time = (at: Date, seconds: number) => ({ at, until: new Date(at.getTime() + seconds * 1000) })

const texts = <Entry extends Opening>({ actor, ...rest }: Entry) => ({
  ...rest,
  actorId: actor.id,
  actorName: actor.email,
  role: actor.role,
})

/** Before the call, which can take `seconds`: whatever happens then, the attempt is on record. */
export async function openEntry(db: Db, redact: Redact, entry: Opening, seconds: number, at = new Date()) {
  const row = { ...redact(texts(entry)), ...time(at, seconds), outcome: 'open' }
  const [made] = await db.insert(audit).values(row).returning({ id: audit.id })
  if (!made) throw new Error('the change log answered nothing')
  return made.id
}

/** While it is open: what is known before it ends. */
export async function describeEntry(db: Db, redact: Redact, id: number, known: Omit<Closing, 'outcome'>) {
  await db.update(audit).set(redact(known)).where(eq(audit.id, id))
}

export async function closeEntry(db: Db, redact: Redact, id: number, closing: Closing, at = new Date()) {
  const row = { ...redact(closing), closedAt: at }
  await db.update(audit).set(row).where(eq(audit.id, id))
}

/** An entry of something that is over already: a refusal, a sign-in. */
export async function noteEntry(db: Db, redact: Redact, entry: Opening & Closing, at = new Date()) {
  await db.insert(audit).values({ ...redact(texts(entry)), ...time(at, 0), outcome: entry.outcome, closedAt: at })
}

/** For a database that one process owns: what is still open at its start was interrupted. */
export async function abandonOpen(db: Db, at = new Date()) {
  await db
    .update(audit)
    .set({ until: at })
    .where(and(eq(audit.outcome, 'open'), gt(audit.until, at)))
}

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

const part = (text: string) => `%${storableText(text).replaceAll(/[\\%_]/g, '\\$&')}%`

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

function read({ until, ...row }: Row, now: Date): AuditEntry {
  const outcome = auditOutcomes.find((known) => known === row.outcome) ?? 'failed'
  return { ...row, outcome: outcome === 'open' && until < now ? 'interrupted' : outcome }
}

/** Newest first. */
export async function listEntries(
  db: Db,
  filters: AuditFilters,
  { offset, limit }: { offset: number; limit: number },
  now = new Date(),
): Promise<{ total: number; entries: AuditEntry[] }> {
  const where = having(filters, now)
  const rows = await db.select().from(audit).where(where).orderBy(desc(audit.id)).limit(limit).offset(offset)
  const [counted] = await db.select({ total: count() }).from(audit).where(where)
  return { total: counted?.total ?? 0, entries: rows.map((row) => read(row, now)) }
}

/** Newest first, without holding all of them: for exports. */
export async function* everyEntry(db: Db, filters: AuditFilters, now = new Date(), chunk = 500) {
  const where = having(filters, now)
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const rows = await db
      .select()
      .from(audit)
      .where(and(where, lt(audit.id, before)))
      .orderBy(desc(audit.id))
      .limit(chunk)
    yield* rows.map((row) => read(row, now))
    if (rows.length < chunk) return
    before = rows.at(-1)?.id ?? 0
  }
}
