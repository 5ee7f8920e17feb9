import 'server-only'
import { count, inArray, sql } from 'drizzle-orm'
import type { CopyState, RestoreState, SwrAction } from '../contract/console/retention-vocabulary'
import { retentionImages } from './retention-tables'
import type { Db } from './schema'

interface Amount {
  images: number
  tags: number
  bytes: number
  /** Names that can be deleted: tags, and images without any. */
  names: number
}

export interface ImageCounts {
  readonly swr: Readonly<Record<SwrAction, Amount>>
  readonly copy: Partial<Record<CopyState, number>>
  readonly restore: Partial<Record<RestoreState, number>>
  readonly differences: number
}

const noAmount = (): Amount => ({ images: 0, tags: 0, bytes: 0, names: 0 })
const noCounts = () => ({
  swr: {
    keep: noAmount(),
    delete: noAmount(),
    immutable: noAmount(),
    error: noAmount(),
    unknown: noAmount(),
  },
  copy: {} as Partial<Record<CopyState, number>>,
  restore: {} as Partial<Record<RestoreState, number>>,
  differences: 0,
})

/** How many images of each job there are in each state. */
export async function countImages(db: Db, jobs: readonly number[]): Promise<Map<number, ImageCounts>> {
  const counts = new Map(jobs.map((job) => [job, noCounts()]))
  if (jobs.length === 0) return counts
  const { job, swr, copy, restore, tags, size, differs } = retentionImages
  const rows = await db
    .select({
      job,
      swr,
      copy,
      restore,
      images: count(),
      tags: sql<number>`coalesce(sum(jsonb_array_length(${tags})), 0)::float8`,
      names: sql<number>`coalesce(sum(greatest(jsonb_array_length(${tags}), 1)), 0)::float8`,
      bytes: sql<number>`coalesce(sum(${size}), 0)::float8`,
      differences: sql<number>`(count(*) filter (where ${differs}))::int`,
    })
    .from(retentionImages)
    .where(inArray(job, [...jobs]))
    .groupBy(job, swr, copy, restore)
  for (const row of rows) {
    const sum = counts.get(row.job)
    if (!sum) continue
    const amount = sum.swr[row.swr as SwrAction]
    amount.images += row.images
    amount.tags += row.tags
    amount.bytes += row.bytes
    amount.names += row.names
    const [copied, restored] = [row.copy as CopyState, row.restore as RestoreState]
    sum.copy[copied] = (sum.copy[copied] ?? 0) + row.images
    sum.restore[restored] = (sum.restore[restored] ?? 0) + row.images
    sum.differences += row.differences
  }
  return counts
}
