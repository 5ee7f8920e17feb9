import 'server-only'
import { and, eq, gt } from 'drizzle-orm'
import type { AuditKind } from '../contract/audit-kinds'
import type { AuditOutcome as Outcome } from '../contract/console/schemas'
import type { Role } from '../contract/roles'
import { audit, type Db } from '../db/schema'

/** What is known before the call. */
export interface AuditEvent {
  readonly actor: { readonly id: string | null; readonly email: string; readonly role: Role | null }
  readonly operation: string
  readonly connection?: string
  readonly instance?: string
  readonly kind?: AuditKind
  readonly objectId?: string
  readonly objectName?: string
  readonly reason?: string
}

/** What is known after it. `before` and `after` are JSON; an id or a name may only be known now. */
export interface AuditOutcomeDetail {
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
const time = (start: Date, seconds: number) => ({ at: start, until: new Date(start.getTime() + seconds * 1000) })

const texts = <Entry extends AuditEvent>({ actor, ...rest }: Entry) => ({
  ...rest,
  actorId: actor.id,
  actorName: actor.email,
  role: actor.role,
})

/** Before the call, which can take `seconds`: whatever happens then, the attempt is on record. */
export async function startEntry(db: Db, redact: Redact, entry: AuditEvent, seconds: number, at = new Date()) {
  const row = { ...redact(texts(entry)), ...time(at, seconds), outcome: 'open' }
  const [made] = await db.insert(audit).values(row).returning({ id: audit.id })
  if (!made) throw new Error('the audit log answered nothing')
  return made.id
}

/** While it is open: what is known before it ends. */
export async function updateEntry(db: Db, redact: Redact, id: number, known: Omit<AuditOutcomeDetail, 'outcome'>) {
  await db.update(audit).set(redact(known)).where(eq(audit.id, id))
}

export async function finishEntry(db: Db, redact: Redact, id: number, closing: AuditOutcomeDetail, now = new Date()) {
  const row = { ...redact(closing), closedAt: now }
  await db.update(audit).set(row).where(eq(audit.id, id))
}

/** An entry of something that is over already: a refusal, a sign-in. */
export async function addFinishedEntry(
  db: Db,
  redact: Redact,
  entry: AuditEvent & AuditOutcomeDetail,
  at = new Date(),
) {
  await db.insert(audit).values({ ...redact(texts(entry)), ...time(at, 0), outcome: entry.outcome, closedAt: at })
}

/** For a database that one process owns: what is still open at its start was interrupted. */
export async function markInterrupted(db: Db, now = new Date()) {
  await db
    .update(audit)
    .set({ until: now })
    .where(and(eq(audit.outcome, 'open'), gt(audit.until, now)))
}
