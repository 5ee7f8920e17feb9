'use client'

import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import { Skeleton } from '@/components/ui/skeleton'
import type { RetentionLocation } from '@/lib/routes'
import { useReason } from '../../match/listing'
import { ImageChips } from '../what-if/image-chips'
import { DecisionAge, DecisionBasis, DecisionWarnings } from '../what-if/notes'
import { DecisionTotals } from '../what-if/totals'
import { decisionQuery, wholeView } from '../what-if/use-decisions'
import { useDimmed } from '../what-if/use-dimmed'

/** Asked anew whenever it is shown: old numbers would be taken for the present ones. */
export function usePolicyImpact({ namespace, policy, ...at }: RetentionLocation) {
  const query = useQuery({
    ...decisionQuery(at, { subject: { namespace, policy }, daysAhead: 0, view: { ...wholeView, filter: 'delete' } }),
    staleTime: 0,
  })
  return {
    data: query.data,
    error: query.error,
    /** What is shown is old, or nothing is shown yet. */
    isOld: query.isFetching || (query.data?.refreshing === true && !query.error),
  }
}

/** What a run of the policy would delete now, as far as the console can tell; where it cannot, it says so. */
export function PolicyImpact({ impact: { data, error, isOld } }: { impact: ReturnType<typeof usePolicyImpact> }) {
  const t = useTranslations('retention')
  const because = useReason()
  const dimmed = useDimmed(isOld)
  return (
    <section aria-label={t('enable.impact')} aria-busy={isOld} className="mt-4">
      <div className="mb-1 flex flex-wrap items-baseline justify-between gap-x-3">
        <h3>{t('enable.impact')}</h3>
        {data && <DecisionAge decisions={data} />}
      </div>
      {error && !isOld ? (
        <Note tone="warn">{t('whatIf.failed', { reason: because(error.code) })}</Note>
      ) : data === undefined ? (
        <Skeleton className="w-56" />
      ) : (
        <div
          aria-live="polite"
          className={clsx('@container overflow-hidden rounded-md border border-line pb-3', dimmed)}
        >
          <DecisionTotals decisions={data} />
          <ImageChips images={data.images.rows} total={data.images.total} />
          <DecisionBasis decisions={data} />
          <DecisionWarnings warnings={data.warnings} />
        </div>
      )}
    </section>
  )
}
