import 'server-only'
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { and, eq, lt, sql } from 'drizzle-orm'
import { ProblemError } from '../problem'
import { type Db, leases } from './schema'

const pause = 100

// The database's clock: consoles on several machines share it.
const after = (seconds: number) => sql`now() + make_interval(secs => ${seconds})`

/** One statement, so two cannot both have it. A row whose time is over was left by a console that died. */
async function take(db: Db, key: string, holder: string, seconds: number): Promise<boolean> {
  const taken = await db
    .insert(leases)
    .values({ key, holder, until: after(seconds) })
    .onConflictDoUpdate({
      target: leases.key,
      set: { holder, until: after(seconds) },
      setWhere: lt(leases.until, sql`now()`),
    })
    .returning({ holder: leases.holder })
  return taken.length > 0
}

/**
 * Runs `work` while nobody else does under the same key, in any console on this database. `seconds` must be longer than
 * `work` can take. Not a transaction: it would hold PGlite's only connection.
 */
export async function withLease<Result>(
  db: Db,
  key: string,
  seconds: number,
  work: () => Promise<Result>,
  patience = 15,
): Promise<Result> {
  const holder = randomUUID()
  const end = performance.now() + patience * 1000
  while (!(await take(db, key, holder, seconds))) {
    if (performance.now() >= end) throw new ProblemError({ status: 409, code: 'busy_here' })
    await setTimeout(pause)
  }
  try {
    return await work()
  } finally {
    await db.delete(leases).where(and(eq(leases.key, key), eq(leases.holder, holder)))
  }
}
