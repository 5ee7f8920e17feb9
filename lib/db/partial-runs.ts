import 'server-only'
import { and, count, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { ScopedPart, StopReason } from '../contract/console/partial-runs'
import type { InstanceAt } from '../routes'
import { type Db, scopedRuns, users } from './schema'

/** A policy of an instance. */
export interface ScopedAt extends InstanceAt {
  readonly policyId: number
}

type Row = typeof scopedRuns.$inferSelect
export interface ScopedRow extends Omit<Row, 'parts'> {
  parts: ScopedPart[]
}

// Only this file writes the column.
const told = (row: Row): ScopedRow => ({ ...row, parts: row.parts as ScopedPart[] })

/** For how long who carries a run out holds it, without saying that it goes on. */
export const holdSeconds = 60

// The database's clock: consoles on several machines share it.
const until = (seconds = holdSeconds) => sql`now() + make_interval(secs => ${seconds})`

const of = ({ connection, instance, policyId }: ScopedAt) =>
  and(eq(scopedRuns.connection, connection), eq(scopedRuns.instance, instance), eq(scopedRuns.policyId, policyId))

const moves = ({ parts }: ScopedRow) => parts.some(({ state }) => state === 'waiting' || state === 'running')

/** Runs that one person may have in an instance at a time. */
export const maxRunsPerPerson = 3

/**
 * Enters a run, held by `holder` from the start. Refused with a word when another run of the same policy goes on, or too
 * many of the same person in the instance: two people who press at the same moment take turns here.
 */
export async function addScopedRun(
  db: Db,
  run: Omit<typeof scopedRuns.$inferInsert, 'id' | 'until' | 'at' | 'endedAt' | 'parts'> & { parts: ScopedPart[] },
): Promise<ScopedRow | 'policy_busy' | 'person_busy'> {
  return await db.transaction(async (inside) => {
    const key = ['scoped', run.connection, run.instance].join('/')
    await inside.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`)
    const open = await inside
      .select()
      .from(scopedRuns)
      .where(
        and(
          eq(scopedRuns.connection, run.connection),
          eq(scopedRuns.instance, run.instance),
          isNull(scopedRuns.endedAt),
        ),
      )
    // One that only waits for its leftovers to be removed is in nobody's way.
    const others = open.map(told).filter(moves)
    if (others.some(({ policyId }) => policyId === run.policyId)) return 'policy_busy'
    if (others.filter(({ actorId }) => actorId === run.actorId).length >= maxRunsPerPerson) return 'person_busy'
    const [made] = await inside
      .insert(scopedRuns)
      .values({ ...run, at: new Date(), until: until() })
      .returning()
    if (!made) throw new Error('the database answered nothing')
    return told(made)
  })
}

interface Listed {
  readonly offset: number
  readonly limit: number
  /** Those that copy the failures of this run. */
  readonly execution?: number | undefined
}

export async function listScopedRuns(db: Db, at: ScopedAt, { offset, limit, execution }: Listed) {
  const wanted = execution === undefined ? of(at) : and(of(at), eq(scopedRuns.executionId, execution))
  const rows = await db.select().from(scopedRuns).where(wanted).orderBy(desc(scopedRuns.id)).limit(limit).offset(offset)
  const [total] = await db.select({ count: count() }).from(scopedRuns).where(wanted)
  return { runs: rows.map(told), total: total?.count ?? 0 }
}

/** The policy and the run of which a short-lived policy copies a part; null for any other policy. */
export async function scopedParent(db: Db, { connection, instance, policyId }: ScopedAt) {
  const [row] = await db
    .select({ policy: scopedRuns.policyId, execution: scopedRuns.executionId })
    .from(scopedRuns)
    .where(
      and(
        eq(scopedRuns.connection, connection),
        eq(scopedRuns.instance, instance),
        sql`${scopedRuns.parts} @> ${JSON.stringify([{ policy: policyId }])}::jsonb`,
      ),
    )
    .orderBy(desc(scopedRuns.id))
    .limit(1)
  return row ?? null
}

/** For how long nobody may have worked at a run before what has not begun of it is not begun any more. */
const forsakenAfter = sql`interval '1 hour'`

/** Takes one run that nobody carries out any more, if there is one. */
export async function adoptScopedRun(
  db: Db,
  holder: string,
): Promise<{ readonly run: ScopedRow; readonly isForsaken: boolean } | undefined> {
  const [left] = await db
    .select({ id: scopedRuns.id, isForsaken: sql<boolean>`${scopedRuns.until} < now() - ${forsakenAfter}` })
    .from(scopedRuns)
    .where(and(isNull(scopedRuns.endedAt), lt(scopedRuns.until, sql`now()`)))
    .orderBy(scopedRuns.until)
    .limit(1)
  if (!left) return undefined
  const [taken] = await db
    .update(scopedRuns)
    .set({ holder, until: until() })
    .where(and(eq(scopedRuns.id, left.id), isNull(scopedRuns.endedAt), lt(scopedRuns.until, sql`now()`)))
    .returning()
  return taken && { run: told(taken), isForsaken: left.isForsaken }
}

/** Goes on holding a run; false when somebody else does by now. */
export async function holdScopedRun(db: Db, { id, holder }: ScopedRow): Promise<boolean> {
  const held = await db
    .update(scopedRuns)
    .set({ until: until() })
    .where(and(eq(scopedRuns.id, id), eq(scopedRuns.holder, holder)))
    .returning({ id: scopedRuns.id })
  return held.length > 0
}

/** Keeps what has become of a run and goes on holding it; false when somebody else does by now. */
export async function saveScopedRun(
  db: Db,
  run: ScopedRow,
  { ended, seconds }: { readonly ended: boolean; readonly seconds?: number | undefined },
): Promise<boolean> {
  const saved = await db
    .update(scopedRuns)
    .set({ parts: run.parts, until: until(seconds), endedAt: ended ? sql`now()` : null })
    .where(and(eq(scopedRuns.id, run.id), eq(scopedRuns.holder, run.holder)))
    .returning({ id: scopedRuns.id })
  return saved.length > 0
}

/** For a database that one process owns: at its start nobody carries out anything. */
export async function releaseScopedRuns(db: Db): Promise<void> {
  await db.update(scopedRuns).set({ until: sql`now() - interval '1 second'` }).where(isNull(scopedRuns.endedAt))
}

export interface Standing {
  readonly stopped: { readonly reason: StopReason; readonly name: string } | null
  /** Of the person who started it, as they are now; null when the account is disabled or gone. */
  readonly role: string | null
}

/** What decides whether a run may go on. */
export async function standingOf(db: Db, { id }: Pick<ScopedRow, 'id'>): Promise<Standing> {
  const [row] = await db
    .select({ reason: scopedRuns.stopReason, name: scopedRuns.stopName, role: users.role, banned: users.banned })
    .from(scopedRuns)
    .leftJoin(users, eq(users.id, scopedRuns.actorId))
    .where(eq(scopedRuns.id, id))
  const stopped = row?.reason ? { reason: reasonOf(row.reason), name: row.name ?? '' } : null
  return { stopped, role: row && !row.banned ? row.role : null }
}

// Only this file writes the column.
export const reasonOf = (text: string): StopReason => (text === 'cancelled' ? 'cancelled' : 'right_lost')

/**
 * Says that no further step of a run is to be taken; the first reason stays. Answers the run, null when there is none. Whoever
 * carries it out sees it at the next step; one that waits for later is taken up soon.
 */
export async function stopScopedRun(
  db: Db,
  at: ScopedAt & { readonly id: number },
  stop: { readonly reason: StopReason; readonly name: string },
): Promise<ScopedRow | null> {
  const same = and(of(at), eq(scopedRuns.id, at.id))
  await db
    .update(scopedRuns)
    .set({
      stopReason: stop.reason,
      stopName: stop.name,
      stoppedAt: sql`now()`,
      until: sql`least(${scopedRuns.until}, ${until()})`,
    })
    .where(and(same, isNull(scopedRuns.endedAt), isNull(scopedRuns.stopReason)))
  const [row] = await db.select().from(scopedRuns).where(same)
  return row ? told(row) : null
}
