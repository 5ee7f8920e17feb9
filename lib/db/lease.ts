import 'server-only'
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { and, eq, lt, sql } from 'drizzle-orm'
import { ProblemError } from '../contract/problem'
import { type Db, leases } from './schema'

const pollMs = 100

/** Throws when somebody else may have begun. To be asked right before what cannot be taken back. */
export type Lease = () => Promise<void>

// The database's clock: consoles on several machines share it.
const after = (seconds: number) => sql`now() + make_interval(secs => ${seconds})`

const busy = () => new ProblemError({ status: 409, code: 'busy_here' })

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

const mine = (key: string, holder: string) => and(eq(leases.key, key), eq(leases.holder, holder))

/** False when another has it. One whose time is over, but which nobody took, is still ours. */
async function renew(db: Db, key: string, holder: string, seconds: number): Promise<boolean> {
  const kept = await db
    .update(leases)
    .set({ until: after(seconds) })
    .where(mine(key, holder))
    .returning({ holder: leases.holder })
  return kept.length > 0
}

/** Runs `work` while nobody else does under the same key, in any console on this database. */
export const withLease = <Result>(
  db: Db,
  key: string,
  seconds: number,
  work: (hold: Lease) => Promise<Result>,
  patienceSeconds = 15,
): Promise<Result> => withAnyLease(db, [key], { seconds, patienceSeconds }, work)

interface Terms {
  /** How long others wait for a console that died: a lease is renewed as long as its work goes on. */
  readonly seconds: number
  /** Seconds after which waiting ends with `busy_here`. */
  readonly patienceSeconds: number
  /** Waits before the next try. */
  readonly pause?: () => Promise<unknown>
  /** Asked before each try: false leaves it out, and what it throws ends the waiting. */
  readonly mayTry?: () => Promise<boolean>
}

/** Runs `work` under the first of the keys that is free: as many at once as there are keys. */
export async function withAnyLease<Result>(
  db: Db,
  keys: readonly string[],
  { seconds, patienceSeconds, pause = () => setTimeout(pollMs), mayTry = async () => true }: Terms,
  work: (hold: Lease) => Promise<Result>,
): Promise<Result> {
  const holder = randomUUID()
  const end = performance.now() + patienceSeconds * 1000
  for (;;) {
    if (await mayTry())
      for (const key of keys)
        if (await take(db, key, holder, seconds)) return await underLease(db, { key, holder, seconds }, work)
    if (performance.now() >= end) throw busy()
    await pause()
  }
}

/** Not a transaction: it would hold PGlite's only connection. */
async function underLease<Result>(
  db: Db,
  { key, holder, seconds }: { key: string; holder: string; seconds: number },
  work: (hold: Lease) => Promise<Result>,
): Promise<Result> {
  let lost = false
  const hold = async () => {
    if (!lost && !(await renew(db, key, holder, seconds))) lost = true
    if (lost) throw busy()
  }
  // A database that cannot be asked now may answer before the time is over; who needs to be sure asks again.
  const renewing = setInterval(() => void hold().catch(() => undefined), (seconds * 1000) / 3)
  renewing.unref()
  try {
    return await work(hold)
  } finally {
    clearInterval(renewing)
    // What was done is done, also when this fails: then the row ends with its time.
    await db
      .delete(leases)
      .where(mine(key, holder))
      .catch(() => undefined)
  }
}

/** For a database that one process owns: what is held at its start was left by the one before. */
export const releaseLeases = async (db: Db) => void (await db.delete(leases))
