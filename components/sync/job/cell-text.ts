import { useTranslations } from 'next-intl'
import type { SyncCell } from '@/lib/contract/console/sync'
import { problemCodes } from '@/lib/contract/problem'

/** Why a cell is as it is, beside what SWR's refusals say. One that a newer server gives is shown as it is. */
const reasons = [
  'named',
  'other_digest',
  'digest_untold',
  'list_too_long',
  'interrupted',
  'left_out',
  'source_moved',
  'source_missing',
  'organization_missing',
  'same_region',
  'image_sync',
  'cancelled',
  'right_lost',
  'target_lost',
] as const

/** What the state of a cell means, as a key of `sync.job.explained`. SWR's success is only claimed where SWR has reported it. */
export function explanationOf({ state, reason }: Pick<SyncCell, 'state' | 'reason'>) {
  if (state === 'sending' && reason !== null) return 'looking'
  const isUnanswered = reason === 'interrupted' || problemCodes.some((code) => code === reason)
  if (state === 'missing' && isUnanswered) return 'missing_unanswered'
  // What the call was answered is not kept beside that.
  if (state === 'missing' && reason === 'other_digest') return 'missing_different'
  if (state === 'unverifiable' && reason !== null && reason !== 'named') return 'unverifiable_seen'
  return state
}

/** Why a cell is as it is; empty where its state says all. */
export function useReasonText() {
  const t = useTranslations('sync.job')
  const p = useTranslations('problem')
  return ({ reason }: Pick<SyncCell, 'reason'>): string => {
    const own = reasons.find((each) => each === reason)
    const problem = problemCodes.find((each) => each === reason)
    return own ? t(`why.${own}`) : problem ? p(`${problem}.title`) : (reason ?? '')
  }
}
