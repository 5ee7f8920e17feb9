import 'server-only'
import { randomUUID } from 'node:crypto'
import { and, eq, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import { jobs } from '../db/job-tables'
import type { Db } from '../db/schema'
import { fromNow, type JobRow, leaseSeconds } from './store'

/* What who carries a job out does with its row: nothing that another worker has taken is changed any more. */

export interface Held {
  readonly id: number
  readonly holder: string
}

const ours = ({ id, holder }: Held) => and(eq(jobs.id, id), eq(jobs.holder, holder))

/** A paused one is due only to be tidied up. */
const isDue = and(
  isNull(jobs.endedAt),
  lte(jobs.until, sql`now()`),
  or(eq(jobs.paused, false), isNotNull(jobs.stopReason)),
)

/** Takes one job of these kinds that is due and that nobody carries out, and says for how long it has been so. */
export async function claimJob(
  db: Db,
  kinds: readonly string[],
): Promise<{ readonly row: JobRow; readonly idleSeconds: number } | undefined> {
  const due = db.$with('due').as(
    db
      .select({ id: jobs.id, idle: sql<number>`extract(epoch from now() - ${jobs.until})::float8`.as('idle') })
      .from(jobs)
      .where(and(isDue, inArray(jobs.kind, [...kinds])))
      .orderBy(jobs.until)
      .limit(1)
      .for('update', { skipLocked: true }),
  )
  const [taken] = await db
    .with(due)
    .update(jobs)
    .set({ holder: randomUUID(), until: fromNow(leaseSeconds) })
    .from(due)
    .where(eq(jobs.id, due.id))
    .returning()
  if (!taken) return undefined
  const { due: was, ...row } = taken
  return { row, idleSeconds: was.idle }
}

/** Goes on holding a job; false when somebody else does by now. */
export async function renewJob(db: Db, held: Held, seconds: number): Promise<boolean> {
  const kept = await db
    .update(jobs)
    .set({ until: fromNow(seconds) })
    .where(ours(held))
    .returning({ id: jobs.id })
  return kept.length > 0
}

/** Saves and goes on holding; the new version, or null when somebody else holds it by now. */
export async function saveJob(
  db: Db,
  held: Held & { readonly data: unknown },
  seconds: number,
): Promise<number | null> {
  const [saved] = await db
    .update(jobs)

    .set({ data: held.data, version: sql`${jobs.version} + 1`, until: fromNow(seconds) })
    .where(ours(held))
    .returning({ version: jobs.version })
  return saved?.version ?? null
}

type Known = Held & { readonly version: number }

/** Ends a job unless it has another version than its worker knows; false then, null when somebody else holds it by now. */
export async function endJob(db: Db, held: Known): Promise<boolean | null> {
  const ended = await db
    .update(jobs)
    .set({ endedAt: sql`now()`, until: sql`now()`, holder: '', version: sql`${jobs.version} + 1` })
    .where(and(ours(held), eq(jobs.version, held.version)))
    .returning({ id: jobs.id })
  if (ended.length > 0) return true
  return (await heldRow(db, held)) ? false : null
}

/** Lets go of a job until it is due again; at once when it has another version than its worker knows. Null as above. */
export async function letGoOfJob(db: Db, held: Known, seconds: number): Promise<true | null> {
  const left = await db
    .update(jobs)
    .set({
      holder: '',
      until: sql`case when ${jobs.version} = ${held.version} then ${fromNow(seconds)} else now() end`,
    })
    .where(ours(held))
    .returning({ id: jobs.id })
  return left.length > 0 ? true : null
}

/** The row, locked as long as a transaction lasts; null when somebody else holds the job by now. */
export async function heldRow(db: Db, held: Held): Promise<JobRow | null> {
  const [row] = await db.select().from(jobs).where(ours(held)).for('update')
  return row ?? null
}
