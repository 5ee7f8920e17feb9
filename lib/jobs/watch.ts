import 'server-only'
import { eq } from 'drizzle-orm'
import { jobs } from '../db/job-tables'
import type { Db } from '../db/schema'
import { changed, jobEvents, nextEvent } from './events'

/** What other consoles on this database change is noticed after at most so long. */
const pollMs = 1_000

/** Says to all who wait in this process that a job may have changed. To be called after a transaction, not inside. */
export const tellWatchers = (id: number): void => void jobEvents().emit(changed(id))

/**
 * Waits until a job has a later version than `since`, has ended, or so many seconds are over; answers the version that it
 * has, and `since` when there is no such job.
 */
export async function waitForVersion(
  db: Db,
  id: number,
  since: number,
  seconds: number,
  signal?: AbortSignal,
): Promise<number> {
  const end = performance.now() + seconds * 1000
  for (;;) {
    // Before it is read: what happens in between must not be missed.
    const look = nextEvent([changed(id)], Math.min(pollMs, Math.max(end - performance.now(), 0)), signal)
    const [row] = await db.select({ version: jobs.version, endedAt: jobs.endedAt }).from(jobs).where(eq(jobs.id, id))
    if (!row || row.version > since || row.endedAt || performance.now() >= end || signal?.aborted)
      return row?.version ?? since
    await look
  }
}
