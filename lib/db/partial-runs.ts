import 'server-only'
import { and, count, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { PartialRunItem, StopReason } from '../contract/console/partial-runs'
import type { InstanceLocation } from '../routes'
import { type Db, partialRuns, users } from './schema'

/** A policy of an instance. */
export interface PartialRunKey extends InstanceLocation {
  readonly policyId: number
}

type Row = typeof partialRuns.$inferSelect
export interface PartialRunRow extends Omit<Row, 'parts'> {
  parts: PartialRunItem[]
}

// Only this file writes the column.
const told = (row: Row): PartialRunRow => ({ ...row, parts: row.parts as PartialRunItem[] })

/** For how long who carries a run out holds it, without saying that it goes on. */
export const leaseSeconds = 60

// The database's clock: consoles on several machines share it.
const until = (seconds = leaseSeconds) => sql`now() + make_interval(secs => ${seconds})`

const of = ({ connection, instance, policyId }: PartialRunKey) =>
  and(eq(partialRuns.connection, connection), eq(partialRuns.instance, instance), eq(partialRuns.policyId, policyId))

const moves = ({ parts }: PartialRunRow) => parts.some(({ state }) => state === 'waiting' || state === 'running')

/** Runs that one person may have in an instance at a time. */
export const maxRunsPerPerson = 3

/**
 * Enters a run, held by `holder` from the start. Refused with a word when another run of the same policy goes on, or too
 * many of the same person in the instance: two people who press at the same moment take turns here.
 */
export async function insertPartialRun(
  db: Db,
  run: Omit<typeof partialRuns.$inferInsert, 'id' | 'until' | 'at' | 'endedAt' | 'parts'> & { parts: PartialRunItem[] },
): Promise<PartialRunRow | 'policy_busy' | 'person_busy'> {
  return await db.transaction(async (inside) => {
    const key = ['scoped', run.connection, run.instance].join('/')
    await inside.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`)
    const open = await inside
      .select()
      .from(partialRuns)
      .where(
        and(
          eq(partialRuns.connection, run.connection),
          eq(partialRuns.instance, run.instance),
          isNull(partialRuns.endedAt),
        ),
      )
    // One that only waits for its leftovers to be removed is in nobody's way.
    const others = open.map(told).filter(moves)
    if (others.some(({ policyId }) => policyId === run.policyId)) return 'policy_busy'
    if (others.filter(({ actorId }) => actorId === run.actorId).length >= maxRunsPerPerson) return 'person_busy'
    const [made] = await inside
      .insert(partialRuns)
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

export async function listPartialRuns(db: Db, at: PartialRunKey, { offset, limit, execution }: Listed) {
  const wanted = execution === undefined ? of(at) : and(of(at), eq(partialRuns.executionId, execution))
  const rows = await db
    .select()
    .from(partialRuns)
    .where(wanted)
    .orderBy(desc(partialRuns.id))
    .limit(limit)
    .offset(offset)
  const [total] = await db.select({ count: count() }).from(partialRuns).where(wanted)
  return { runs: rows.map(told), total: total?.count ?? 0 }
}

/** One run by its number, whatever policy it is of. */
export async function findPartialRun(
  db: Db,
  { connection, instance, id }: InstanceLocation & { readonly id: number },
): Promise<PartialRunRow | undefined> {
  const place = and(eq(partialRuns.connection, connection), eq(partialRuns.instance, instance))
  const [row] = await db
    .select()
    .from(partialRuns)
    .where(and(place, eq(partialRuns.id, id)))
  return row && told(row)
}

/** The policy and the run of which a short-lived policy copies a part; null for any other policy. */
export async function parentOfTemporaryPolicy(db: Db, { connection, instance, policyId }: PartialRunKey) {
  const [row] = await db
    .select({ policy: partialRuns.policyId, execution: partialRuns.executionId })
    .from(partialRuns)
    .where(
      and(
        eq(partialRuns.connection, connection),
        eq(partialRuns.instance, instance),
        sql`${partialRuns.parts} @> ${JSON.stringify([{ policy: policyId }])}::jsonb`,
      ),
    )
    .orderBy(desc(partialRuns.id))
    .limit(1)
  return row ?? null
}

/** For how long nobody may have worked at a run before what has not begun of it is not begun any more. */
const forsakenAfter = sql`interval '1 hour'`

/** Takes one run that nobody carries out any more, if there is one. */
export async function claimAbandonedPartialRun(
  db: Db,
  holder: string,
): Promise<{ readonly run: PartialRunRow; readonly isForsaken: boolean } | undefined> {
  const [left] = await db
    .select({ id: partialRuns.id, isForsaken: sql<boolean>`${partialRuns.until} < now() - ${forsakenAfter}` })
    .from(partialRuns)
    .where(and(isNull(partialRuns.endedAt), lt(partialRuns.until, sql`now()`)))
    .orderBy(partialRuns.until)
    .limit(1)
  if (!left) return undefined
  const [taken] = await db
    .update(partialRuns)
    .set({ holder, until: until() })
    .where(and(eq(partialRuns.id, left.id), isNull(partialRuns.endedAt), lt(partialRuns.until, sql`now()`)))
    .returning()
  return taken && { run: told(taken), isForsaken: left.isForsaken }
}

/** Goes on holding a run; false when somebody else does by now. */
export async function leasePartialRun(db: Db, { id, holder }: PartialRunRow): Promise<boolean> {
  const held = await db
    .update(partialRuns)
    .set({ until: until() })
    .where(and(eq(partialRuns.id, id), eq(partialRuns.holder, holder)))
    .returning({ id: partialRuns.id })
  return held.length > 0
}

/** Keeps what has become of a run and goes on holding it; false when somebody else does by now. */
export async function updatePartialRun(
  db: Db,
  run: PartialRunRow,
  { ended, seconds }: { readonly ended: boolean; readonly seconds?: number | undefined },
): Promise<boolean> {
  const saved = await db
    .update(partialRuns)
    .set({ parts: run.parts, until: until(seconds), endedAt: ended ? sql`now()` : null })
    .where(and(eq(partialRuns.id, run.id), eq(partialRuns.holder, run.holder)))
    .returning({ id: partialRuns.id })
  return saved.length > 0
}

/** For a database that one process owns: at its start nobody carries out anything. */
export async function releasePartialRuns(db: Db): Promise<void> {
  await db.update(partialRuns).set({ until: sql`now() - interval '1 second'` }).where(isNull(partialRuns.endedAt))
}

export interface Standing {
  readonly stopped: { readonly reason: StopReason; readonly name: string } | null
  /** Of the person who started it, as they are now; null when the account is disabled or gone. */
  readonly role: string | null
}

/** What decides whether a run may go on. */
export async function standingOf(db: Db, { id }: Pick<PartialRunRow, 'id'>): Promise<Standing> {
  const [row] = await db
    .select({ reason: partialRuns.stopReason, name: partialRuns.stopName, role: users.role, banned: users.banned })
    .from(partialRuns)
    .leftJoin(users, eq(users.id, partialRuns.actorId))
    .where(eq(partialRuns.id, id))
  const stopped = row?.reason ? { reason: reasonOf(row.reason), name: row.name ?? '' } : null
  return { stopped, role: row && !row.banned ? row.role : null }
}

// Only this file writes the column.
export const reasonOf = (text: string): StopReason => (text === 'cancelled' ? 'cancelled' : 'right_lost')

/**
 * Says that no further step of a run is to be taken; the first reason stays. Answers the run, null when there is none. Whoever
 * carries it out sees it at the next step; one that waits for later is taken up soon.
 */
export async function cancelPartialRunRow(
  db: Db,
  at: PartialRunKey & { readonly id: number },
  stop: { readonly reason: StopReason; readonly name: string },
): Promise<PartialRunRow | null> {
  const same = and(of(at), eq(partialRuns.id, at.id))
  await db
    .update(partialRuns)
    .set({
      stopReason: stop.reason,
      stopName: stop.name,
      stoppedAt: sql`now()`,
      until: sql`least(${partialRuns.until}, ${until()})`,
    })
    .where(and(same, isNull(partialRuns.endedAt), isNull(partialRuns.stopReason)))
  const [row] = await db.select().from(partialRuns).where(same)
  return row ? told(row) : null
}
