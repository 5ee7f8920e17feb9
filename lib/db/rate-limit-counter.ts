import 'server-only'
import { createHash } from 'node:crypto'
import { eq, inArray, lt, lte, sql } from 'drizzle-orm'
import { type Db, throttles } from './schema'

export interface RateLimitCount {
  readonly count: number
  /** Until the window ends and counting begins anew. */
  readonly secondsLeft: number
}

/** No window is longer. */
const maxWindowSeconds = 15 * 60

/** Hashed: what people type as their e-mail is not kept, and addresses are as long as they like. */
const hashOf = (name: string) => createHash('sha256').update(name).digest('base64url')

/** A name, or one of a group that can be forgotten together. */
export type TallyName = string | readonly [group: string, name: string]

const keyOf = (name: TallyName) => (typeof name === 'string' ? hashOf(name) : `${hashOf(name[0])}.${hashOf(name[1])}`)

/**
 * Counts once more under a name, before anything else is done, so that many at once cannot slip through. A window begins
 * with its first count and ends after so many seconds, however many come in between.
 */
export async function countAttemptIn(
  db: Db,
  name: TallyName,
  seconds: number,
  now = new Date(),
): Promise<RateLimitCount> {
  const oldest = new Date(now.getTime() - seconds * 1000)
  const over = lte(throttles.since, oldest)
  const [row] = await db
    .insert(throttles)
    .values({ key: keyOf(name), count: 1, since: now })
    .onConflictDoUpdate({
      target: throttles.key,
      set: {
        count: sql`case when ${over} then 1 else ${throttles.count} + 1 end`,
        since: sql`case when ${over} then excluded.since else ${throttles.since} end`,
      },
    })
    .returning()
  if (!row) throw new Error('the tally answered nothing')
  if (row.count === 1) await sweep(db, now)
  return { count: row.count, secondsLeft: Math.ceil((row.since.getTime() - oldest.getTime()) / 1000) }
}

/** Whoever comes under a thousand names leaves nothing behind. What another console removes just now is left to it. */
async function sweep(db: Db, time: Date) {
  const oldest = new Date(time.getTime() - maxWindowSeconds * 1000)
  const over = db
    .select({ key: throttles.key })
    .from(throttles)
    .where(lt(throttles.since, oldest))
    .limit(100)
    .for('update', { skipLocked: true })
  await db.delete(throttles).where(inArray(throttles.key, over))
}

/** Takes one count back: what was counted before it was known was not what is counted. */
export async function takeBack(db: Db, name: TallyName): Promise<void> {
  await db
    .update(throttles)
    .set({ count: sql`greatest(${throttles.count} - 1, 0)` })
    .where(eq(throttles.key, keyOf(name)))
}

export async function resetCount(db: Db, name: TallyName): Promise<void> {
  await db.delete(throttles).where(eq(throttles.key, keyOf(name)))
}

export async function forgetGroup(db: Db, group: string): Promise<void> {
  await db.delete(throttles).where(sql`starts_with(${throttles.key}, ${`${hashOf(group)}.`})`)
}
