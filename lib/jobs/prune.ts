import 'server-only'
import { and, inArray, lt } from 'drizzle-orm'
import { jobs } from '../db/job-tables'
import type { Db } from '../db/schema'

/** Jobs that are removed at once: each may have thousands of cells, which go with it. */
const batchSize = 50

/** Removes jobs that ended before a moment, with all that belongs to them; answers how many. */
export async function pruneJobs(db: Db, before: Date): Promise<number> {
  let removed = 0
  for (;;) {
    // What has not ended has no such time, and is never old.
    const some = db.select({ id: jobs.id }).from(jobs).where(lt(jobs.endedAt, before)).orderBy(jobs.id).limit(batchSize)
    // Asked once more by the statement itself: somebody may just have opened one again.
    const gone = await db
      .delete(jobs)
      .where(and(inArray(jobs.id, some), lt(jobs.endedAt, before)))
      .returning({ id: jobs.id })
    if (gone.length === 0) return removed
    removed += gone.length
  }
}
