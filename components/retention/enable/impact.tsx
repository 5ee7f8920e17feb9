'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import { Skeleton } from '@/components/ui/skeleton'
import type { RetentionLocation } from '@/lib/routes'
import { useReason } from '../../match/listing'
import { ImageChips } from '../what-if/image-chips'
import { DecisionAge, DecisionBasis, DecisionWarnings } from '../what-if/notes'
import { DecisionTotals } from '../what-if/totals'
import { decisionQuery, wholeView } from '../what-if/use-decisions'

/** What a run of the policy would delete now, as far as the console can tell; where it cannot, it says so. */
export function PolicyImpact({ place }: { place: RetentionLocation }) {
  const t = useTranslations('retention')
  const because = useReason()
  const { namespace, policy, ...at } = place
  const { data, error } = useQuery({
    ...decisionQuery(at, { subject: { namespace, policy }, daysAhead: 0, view: { ...wholeView, filter: 'delete' } }),
    // Old numbers would be taken for the present ones.
    staleTime: 0,
  })
  return (
    <section aria-label={t('enable.impact')} className="mt-4">
      <div className="mb-1 flex flex-wrap items-baseline justify-between gap-x-3">
        <h3>{t('enable.impact')}</h3>
        {data && <DecisionAge decisions={data} />}
      </div>
      {error && !data ? (
        <Note tone="warn">{t('whatIf.failed', { reason: because(error.code) })}</Note>
      ) : data === undefined ? (
        <Skeleton className="w-56" />
      ) : (
        <div aria-live="polite" className="@container overflow-hidden rounded-md border border-line pb-3">
          <DecisionTotals decisions={data} />
          <ImageChips images={data.images.rows} total={data.images.total} />
          <DecisionBasis decisions={data} />
          <DecisionWarnings warnings={data.warnings} />
        </div>
      )}
    </section>
  )
}
