import { useFormatter, useTranslations } from 'next-intl'
import type { Ceiling } from '@/lib/policy/retention-limits/ceiling'

/** A ceiling in words. */
export function useCeilingText(): (ceiling: Ceiling) => string {
  const t = useTranslations('retentionRuns.limits.said')
  const format = useFormatter()
  return ({ ceilingTags: tags, ceilingShare }) => {
    const share =
      ceilingShare === null ? null : format.number(ceilingShare, { style: 'percent', maximumFractionDigits: 2 })
    if (tags !== null) return share === null ? t('tags', { tags }) : t('both', { tags, share })
    return share === null ? t('none') : t('share', { share })
  }
}
