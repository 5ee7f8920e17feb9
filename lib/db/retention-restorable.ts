import 'server-only'
import { and, asc, count, eq, inArray, not } from 'drizzle-orm'
import { type ImageNarrowing, imagesIn } from './retention-image-narrowing'
import { isAmong } from './retention-images'
import { retentionImages } from './retention-tables'
import type { Db } from './schema'

/* What can be brought back: it has a copy, it may be gone, and nobody has brought it back or is about to. */

const { index, job: jobColumn, swr, copy, restore } = retentionImages
const isRestorable = and(
  inArray(swr, ['delete', 'unknown', 'error']),
  inArray(copy, ['seen', 'unseen']),
  inArray(restore, ['none', 'failed']),
)

/** Chosen one by one, or all of a view but some. */
export type RestoreChoice =
  | { readonly images: readonly number[] }
  | { readonly view: ImageNarrowing; readonly except: readonly number[] }

/** Indexes of those that can be brought back, in the run's order. */
export async function restorableAmong(db: Db, job: number, choice: RestoreChoice): Promise<number[]> {
  const chosen =
    'images' in choice
      ? and(eq(jobColumn, job), isAmong(choice.images))
      : and(imagesIn(job, choice.view), not(isAmong(choice.except)))
  const rows = await db.select({ index }).from(retentionImages).where(and(chosen, isRestorable)).orderBy(asc(index))
  return rows.map((row) => row.index)
}

export async function countRestorable(db: Db, job: number, view: ImageNarrowing): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(retentionImages)
    .where(and(imagesIn(job, view), isRestorable))
  return row?.count ?? 0
}
