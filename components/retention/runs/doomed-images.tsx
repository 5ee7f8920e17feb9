'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import { Skeleton } from '@/components/ui/skeleton'
import type { DryRun } from '@/lib/contract/console/retention-runs'
import { apiQuery } from '@/lib/query/client'
import type { RetentionLocation } from '@/lib/routes'
import { ImageChips } from '../what-if/image-chips'
import { DecisionWarnings } from '../what-if/notes'
import { dryRunInput } from './queries'

/** As many as are named. */
const few = 8

/** What a dry run says would go, by name, and what stands out in it. */
export function DoomedImages({ place, dryRun }: { place: RetentionLocation; dryRun: DryRun }) {
  const t = useTranslations('retentionRuns.ask')
  const p = useTranslations('problem')
  const { id, warnings, totals } = dryRun
  const { data, error } = useQuery(
    apiQuery('retentionDryRunImageList', {
      ...dryRunInput(place, id),
      query: { filter: 'delete', offset: 0, limit: few },
    }),
  )
  if (totals.delete.images === 0 && warnings.length === 0) return null
  return (
    <section aria-label={t('hit')} className="mt-3 rounded-md border border-line pb-3">
      {data ? (
        <ImageChips images={data.rows} total={data.total} />
      ) : (
        <div className="px-4 pt-3">
          {error ? (
            <Note tone="warn">{t('hitFailed', { reason: p(`${error.code}.title`) })}</Note>
          ) : (
            <Skeleton className="w-64" />
          )}
        </div>
      )}
      <DecisionWarnings warnings={warnings} />
    </section>
  )
}
