import 'server-only'
import { and, eq, gt, sql } from 'drizzle-orm'
import { smallJobCells } from '../contract/console/sync-vocabulary'
import { withAnyLease } from '../db/lease'
import { type Db, leases } from '../db/schema'
import { jobEvents, nextEvent, slotFree } from './events'
import type { Job } from './job'
import { fromNow } from './store'

/* Places that all jobs share, in any console on one database. Who waits says so in the table of leases, so that others let it go first. */

/** For how long a place is kept for a console that died. */
const slotSeconds = 30
/** Consoles that wait look so often; inside of a process they are told. */
const pollMs = 500
/** For how long nobody goes before who has said that it waits. */
const queuedSeconds = 3

const queueOf = (keyPrefix: string) => `${keyPrefix}/queue/`

/** Sorted as texts: small jobs, then older ones. */
const placeOf = ({ id, size }: Pick<Job<unknown>, 'id' | 'size'>) =>
  `${size <= smallJobCells ? 0 : 1}/${String(id).padStart(16, '0')}`

async function isFirst(db: Db, keyPrefix: string, place: string): Promise<boolean> {
  const queue = queueOf(keyPrefix)
  const [before] = await db
    .select({ key: leases.key })
    .from(leases)
    .where(
      and(
        sql`starts_with(${leases.key}, ${queue})`,
        // The order of a language would leave signs out.
        sql`${leases.key} collate "C" < ${queue + place}`,
        gt(leases.until, sql`now()`),
      ),
    )
    .limit(1)
  return before === undefined
}

async function queueUp(db: Db, key: string, holder: string): Promise<void> {
  const until = fromNow(queuedSeconds)
  await db
    .insert(leases)
    .values({ key, holder, until })
    .onConflictDoUpdate({ target: leases.key, set: { holder, until } })
}

interface Slot {
  readonly keyPrefix: string
  readonly slots: number
  readonly patienceSeconds: number
  /** Asked before each try; what it throws ends the waiting. */
  readonly permit: () => Promise<void>
}

/** Runs `work` in one of the places, when it is this job's turn. */
export async function inSlot<Result>(
  db: Db,
  job: Pick<Job<unknown>, 'id' | 'size' | 'holder'>,
  { keyPrefix, slots, patienceSeconds, permit }: Slot,
  work: () => Promise<Result>,
): Promise<Result> {
  const place = placeOf(job)
  const key = queueOf(keyPrefix) + place
  let waits = false
  const leaveQueue = async () => {
    if (waits) await db.delete(leases).where(eq(leases.key, key))
    waits = false
  }
  try {
    return await withAnyLease(
      db,
      Array.from({ length: slots }, (_, slot) => `${keyPrefix}/${slot}`),
      {
        seconds: slotSeconds,
        patienceSeconds,
        mayTry: async () => {
          await permit()
          return await isFirst(db, keyPrefix, place)
        },
        pause: async () => {
          const told = nextEvent([slotFree(keyPrefix)], pollMs)
          await queueUp(db, key, job.holder)
          waits = true
          await told
        },
      },
      async () => {
        await leaveQueue()
        return await work()
      },
    )
  } finally {
    await leaveQueue().catch(() => undefined)
    jobEvents().emit(slotFree(keyPrefix))
  }
}
