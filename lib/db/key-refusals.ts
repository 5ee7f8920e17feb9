import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import type { Problem } from '../contract/problem'
import { type Db, keyRefusals } from './schema'

/** A cloud key without the key: `key` is the same for all secrets that were tried with it. */
export interface KeyId {
  readonly key: string
  readonly fingerprint: string
}

export interface KeyRefusals {
  readonly spent: number
  /** By any secret of the same key, since SWR last accepted one. */
  readonly inRow: number
  readonly retryAt: Date
  readonly granted: boolean
  readonly problem: Problem
}

/** Minutes until a refused key is tried again by itself, refusal by refusal. */
const waitMinutes = [1, 5, 15, 60] as const

const same = ({ key, fingerprint }: KeyId) => and(eq(keyRefusals.key, key), eq(keyRefusals.fingerprint, fingerprint))

/** What SWR has refused; null when it has accepted the key since. */
export async function findRefusals(db: Db, id: KeyId): Promise<KeyRefusals | null> {
  const rows = await db.select().from(keyRefusals).where(eq(keyRefusals.key, id.key))
  const own = rows.find(({ fingerprint }) => fingerprint === id.fingerprint)
  const inRow = rows.reduce((sum, row) => sum + row.inRow, 0)
  const shown = own ?? (inRow > 0 ? rows[0] : undefined)
  if (!shown) return null
  return {
    spent: own?.spent ?? 0,
    inRow,
    retryAt: own?.retryAt ?? new Date(0),
    granted: own?.granted ?? false,
    // Only this file writes the column.
    problem: shown.problem as Problem,
  }
}

/** Enters a refusal. Several that were under way together move the next try on by one step only. */
export async function addRefusal(
  db: Db,
  id: KeyId,
  { problem, isSpent, minMinutes }: { problem: Problem; isSpent: boolean; minMinutes: number },
  now: Date,
): Promise<void> {
  const spent = isSpent ? 1 : 0
  const nextStep = sql`case when ${keyRefusals.retryAt} <= ${now} then ${keyRefusals.step} + 1 else ${keyRefusals.step} end`
  const waits = sql.join(
    waitMinutes.map((minutes) => sql`${Math.max(minutes, minMinutes)}::int`),
    sql`, `,
  )
  const after = (step: ReturnType<typeof sql>) =>
    sql`${now}::timestamptz + make_interval(mins => (array[${waits}])[least(${step}, ${waitMinutes.length})])`
  await db
    .insert(keyRefusals)
    .values({ ...id, spent, inRow: spent, step: 1, retryAt: after(sql`1`), problem })
    .onConflictDoUpdate({
      target: [keyRefusals.key, keyRefusals.fingerprint],
      set: {
        spent: sql`${keyRefusals.spent} + ${spent}`,
        inRow: sql`${keyRefusals.inRow} + ${spent}`,
        step: nextStep,
        retryAt: sql`case when ${keyRefusals.retryAt} <= ${now} then ${after(nextStep)} else ${keyRefusals.retryAt} end`,
        problem,
      },
    })
}

/** SWR has accepted the key: what was refused before is over, but not for other secrets that were tried with it. */
export async function clearRefusals(db: Db, id: KeyId): Promise<void> {
  await db.delete(keyRefusals).where(same(id))
  await db.update(keyRefusals).set({ inRow: 0 }).where(eq(keyRefusals.key, id.key))
}

/** Allows one more request, whatever was refused before. */
export async function grantTry(db: Db, id: KeyId, problem: Problem): Promise<void> {
  await db
    .insert(keyRefusals)
    .values({ ...id, spent: 0, inRow: 0, step: 0, retryAt: new Date(0), granted: true, problem })
    .onConflictDoUpdate({ target: [keyRefusals.key, keyRefusals.fingerprint], set: { granted: true } })
}

/** True for one caller after each grant. */
export async function takeGrant(db: Db, id: KeyId): Promise<boolean> {
  const taken = await db
    .update(keyRefusals)
    .set({ granted: false })
    .where(and(same(id), eq(keyRefusals.granted, true)))
    .returning({ key: keyRefusals.key })
  return taken.length > 0
}
