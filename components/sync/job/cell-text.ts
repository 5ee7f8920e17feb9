import { useTranslations } from 'next-intl'
import type { SyncCell } from '@/lib/contract/console/sync'

/** Reasons that the server gives (lib/insight/sync); one that a newer server gives is shown as it is. */
const reasons = [] as const

const isReason = (code: string | null): code is (typeof reasons)[number] => reasons.some((each) => each === code)

/** Why a cell is as it is; empty where its state says all. */
export function useReasonText() {
  const t = useTranslations('sync.job.why')
  return ({ reason }: Pick<SyncCell, 'reason'>) => (isReason(reason) ? t(reason) : (reason ?? ''))
}
