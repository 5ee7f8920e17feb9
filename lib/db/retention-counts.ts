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
  /** Of what SWR keeps: that of which the console is not sure. */
  readonly doubtful: Amount
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
  doubtful: noAmount(),
  copy: {} as Partial<Record<CopyState, number>>,
  restore: {} as Partial<Record<RestoreState, number>>,
  differences: 0,
})

function add(amount: Amount, more: Readonly<Amount>): void {
  amount.images += more.images
  amount.tags += more.tags
  amount.bytes += more.bytes
  amount.names += more.names
}

/** How many images of each job there are in each state. */
export async function countImages(db: Db, jobs: readonly number[]): Promise<Map<number, ImageCounts>> {
  const counts = new Map(jobs.map((job) => [job, noCounts()]))
  if (jobs.length === 0) return counts
  const { job, swr, ours, copy, restore, tags, size, differs } = retentionImages
  const rows = await db
    .select({
      job,
      swr,
      ours,
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
    .groupBy(job, swr, ours, copy, restore)
  for (const row of rows) {
    const sum = counts.get(row.job)
    if (!sum) continue
    add(sum.swr[row.swr as SwrAction], row)
    if (row.ours === 'unsure' && (row.swr === 'keep' || row.swr === 'immutable')) add(sum.doubtful, row)
    const [copied, restored] = [row.copy as CopyState, row.restore as RestoreState]
    sum.copy[copied] = (sum.copy[copied] ?? 0) + row.images
    sum.restore[restored] = (sum.restore[restored] ?? 0) + row.images
    sum.differences += row.differences
  }
  return counts
}
