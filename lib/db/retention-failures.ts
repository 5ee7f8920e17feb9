import 'server-only'
import { and, count, eq, sql } from 'drizzle-orm'
import { retentionImages } from './retention-tables'
import type { Db } from './schema'

const { job: jobColumn, repository, tags, copy, copyText, restore, restoreText } = retentionImages

/** Images of a repository that were not copied, or not brought back, with the same words. */
interface FailedImages {
  readonly text: string
  readonly repository: string
  readonly images: number
  /** Of one of them; empty where it has none. */
  readonly tag: string
}

/** What of a run was not copied, or not brought back, by its words and repository. */
export async function failedImages(db: Db, job: number, act: 'copy' | 'restore'): Promise<FailedImages[]> {
  const [state, text] = act === 'copy' ? [copy, copyText] : [restore, restoreText]
  return await db
    .select({ text, repository, images: count(), tag: sql<string>`coalesce(min(${tags}->>0), '')` })
    .from(retentionImages)
    .where(and(eq(jobColumn, job), eq(state, 'failed')))
    .groupBy(text, repository)
}
