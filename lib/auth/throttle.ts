import 'server-only'
import { createHash } from 'node:crypto'
import { eq, lt, sql } from 'drizzle-orm'
import { type Db, throttles } from '../db/schema'
import { ProblemError } from '../problem'

const most = 10
const windowSeconds = 15 * 60

const keyOf = (email: string) =>
  createHash('sha256').update(`sign-in\0${email.trim().toLowerCase()}`).digest('base64url')

/**
 * Counts an attempt on an account before its password is looked at, so that many at once cannot slip through. The same
 * for accounts that do not exist: the answer tells nothing.
 */
export async function countAttempt(db: Db, email: string, at = new Date()): Promise<void> {
  const oldest = new Date(at.getTime() - windowSeconds * 1000)
  const over = lt(throttles.since, oldest)
  const [row] = await db
    .insert(throttles)
    .values({ key: keyOf(email), count: 1, since: at })
    .onConflictDoUpdate({
      target: throttles.key,
      set: {
        count: sql`case when ${over} then 1 else ${throttles.count} + 1 end`,
        since: sql`case when ${over} then excluded.since else ${throttles.since} end`,
      },
    })
    .returning()
  if (!row || row.count <= most) return
  const retryAfter = Math.ceil((row.since.getTime() - oldest.getTime()) / 1000)
  throw new ProblemError({ status: 429, code: 'too_many_attempts', retryAfter })
}

/** After the right password. Also the moment to forget what is long over. */
export async function forgetAttempts(db: Db, email: string, at = new Date()): Promise<void> {
  await db.delete(throttles).where(eq(throttles.key, keyOf(email)))
  await db.delete(throttles).where(lt(throttles.since, new Date(at.getTime() - windowSeconds * 1000)))
}
