import { useTranslations } from 'next-intl'
import type { SyncJob } from '@/lib/contract/console/sync'
import { progressOf } from './cells'

/** What the tab says of a job: how much is not there yet, or how it ended. Green words only for what was seen. */
export function useJobTitle() {
  const t = useTranslations('sync.job.tab')
  return (job: SyncJob) => jobTitle(t, job)
}

type Words = (key: 'open' | 'unproven' | 'verified', values: { count: number; total: number; id: string }) => string

export function jobTitle(t: Words, job: SyncJob): string {
  const { total, open, unproven } = progressOf(job)
  const id = String(job.id)
  if (open > 0) return t('open', { count: open, total, id })
  return unproven > 0 ? t('unproven', { count: unproven, total, id }) : t('verified', { count: total, total, id })
}
