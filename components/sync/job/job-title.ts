import type { SyncJob } from '@/lib/contract/console/sync'
import { progressOf } from './cells'

/** What the tab says of a job: how much is not there yet, or how it ended. Green words only for what was seen. */
export function titleOf(job: SyncJob) {
  const { total, verified, open, unproven } = progressOf(job)
  const id = String(job.id)
  if (open > 0) return { key: 'open', values: { count: open, total, id } } as const
  if (unproven > 0) return { key: 'unproven', values: { count: unproven, total, id } } as const
  return { key: 'verified', values: { count: verified, total, id } } as const
}
