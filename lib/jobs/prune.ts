import 'server-only'
import { and, eq, inArray, lt, notExists, sql } from 'drizzle-orm'
import { jobs } from '../db/job-tables'
import { retentionImages } from '../db/retention-tables'
import type { Db } from '../db/schema'

/** Jobs that are removed at once: each may have thousands of cells, which go with it. */
const batchSize = 50

/** Nobody else knows what lies in an archive, and of which image it is the copy. */
const hasNoCopies = (db: Db) =>
  notExists(
    db
      .select({ one: sql`1` })
      .from(retentionImages)
      .where(and(eq(retentionImages.job, jobs.id), inArray(retentionImages.copy, ['seen', 'unseen']))),
  )

/**
 * Removes jobs that ended before a moment, with all that belongs to them; answers how many. Runs of retention whose copies are
 * in the archive stay.
 */
export async function pruneJobs(db: Db, before: Date): Promise<number> {
  let removed = 0
  for (;;) {
    // What has not ended has no such time, and is never old.
    const some = db
      .select({ id: jobs.id })
      .from(jobs)
      .where(and(lt(jobs.endedAt, before), hasNoCopies(db)))
      .orderBy(jobs.id)
      .limit(batchSize)
    // Asked once more by the statement itself: somebody may just have opened one again.
    const gone = await db
      .delete(jobs)
      .where(and(inArray(jobs.id, some), lt(jobs.endedAt, before), hasNoCopies(db)))
      .returning({ id: jobs.id })
    if (gone.length === 0) return removed
    removed += gone.length
  }
}
