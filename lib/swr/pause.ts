import 'server-only'
import { setTimeout } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { type Problem, ProblemError } from '../contract/problem'
import { db } from '../db/open'
import { leases } from '../db/schema'
import { globalSlot } from '../global-slot'
import { log } from '../net/log'

/*
 * After "too many requests" nobody uses the connection for a while: the time is kept in the database, for all consoles on it, and
 * in memory, for when the database cannot be asked.
 */

/** A pause that is no longer is waited out; of a longer one the caller is told at once. */
const maxWaitMs = 5_000
/** When SWR does not say for how long. */
const defaultSeconds = 5
/** What another console was told is noticed after so long, in time for almost all requests and at the cost of few queries. */
const lookEveryMs = 2_000

interface Pause {
  until: number
  lookedAt: number
}

const pauses = globalSlot('pauses', () => new Map<string, Pause>())

function pauseOf(connection: string): Pause {
  const known = pauses().get(connection)
  if (known) return known
  const pause = { until: 0, lookedAt: Number.NEGATIVE_INFINITY }
  pauses().set(connection, pause)
  return pause
}

const keyOf = (connection: string) => `pause/${connection}`

const complain = (error: unknown) =>
  log.error({ error: error instanceof Error ? error.name : typeof error }, 'a pause could not be read or kept')

function lengthen(pause: Pause, seconds: number): void {
  pause.until = Math.max(pause.until, performance.now() + seconds * 1000)
}

/** Milliseconds for which no request of a connection is to be sent, by what any console on this database knows now. */
export async function pauseLeftMs(connection: string): Promise<number> {
  const pause = pauseOf(connection)
  // Before it is known: others need not ask as well.
  pause.lookedAt = performance.now()
  try {
    const [row] = await (await db())
      .select({ seconds: sql<number>`extract(epoch from ${leases.until} - now())::float8` })
      .from(leases)
      .where(eq(leases.key, keyOf(connection)))
    if (row) lengthen(pause, row.seconds)
  } catch (error) {
    complain(error)
  }
  return Math.max(0, pause.until - performance.now())
}

/** Waits as long as SWR has asked any request of this connection to wait. Throws `swr_throttled` when that is too long. */
export async function waitOutPause(connection: string): Promise<void> {
  const pause = pauseOf(connection)
  if (performance.now() - pause.lookedAt >= lookEveryMs) await pauseLeftMs(connection)
  for (;;) {
    const left = pause.until - performance.now()
    if (left <= 0) return
    if (left > maxWaitMs)
      throw new ProblemError({ status: 429, code: 'swr_throttled', retryAfter: Math.ceil(left / 1000) })
    await setTimeout(left)
  }
}

/** After "too many requests" nobody asks before SWR's time is over, or ours; answers its seconds. */
export async function notePause(connection: string, { retryAfter }: Pick<Problem, 'retryAfter'>): Promise<number> {
  const seconds = retryAfter || defaultSeconds
  lengthen(pauseOf(connection), seconds)
  try {
    await (await db())
      .insert(leases)
      .values({ key: keyOf(connection), holder: '', until: sql`now() + make_interval(secs => ${seconds})` })
      .onConflictDoUpdate({
        target: leases.key,
        set: { until: sql`greatest(${leases.until}, excluded.until)` },
      })
  } catch (error) {
    complain(error)
  }
  return seconds
}
