'use client'

import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import { Skeleton } from '@/components/ui/skeleton'
import type { Retention, RetentionBody } from '@/lib/contract/swr/retention'
import { effectOfSaving } from '@/lib/policy/retention/saving'
import type { InstanceLocation } from '@/lib/routes'
import { useReason } from '../../match/listing'
import { ImageChips } from '../what-if/image-chips'
import { DecisionBasis, DecisionWarnings } from '../what-if/notes'
import { DecisionChange, DecisionTotals } from '../what-if/totals'
import { decisionQuery, wholeView } from '../what-if/use-decisions'
import { useDimmed } from '../what-if/use-dimmed'
import { SavingNote } from './saving-note'

/** As high before the answer as after most of them: the buttons below it stay under the pointer. */
const frame = 'min-h-34 overflow-hidden rounded-md border border-line'

/** The last look before a save: what the edit newly deletes, and whether saving switches the policy off. */
export function ReviewImpact({
  at,
  namespace,
  body,
  original,
  isOffered,
}: {
  at: InstanceLocation
  namespace: string
  body: RetentionBody
  original: Retention | undefined
  /** The form asks for an enabled policy; the request may say less. */
  isOffered: boolean
}) {
  const t = useTranslations('retention')
  const because = useReason()
  const { rules, algorithm } = body
  const subject = { namespace, rules, algorithm, policy: original?.id }
  const { data, error, isFetching } = useQuery({
    ...decisionQuery(at, { subject, daysAhead: 0, view: wholeView }),
    // Older numbers would be taken for the present ones.
    staleTime: 0,
  })
  const dimmed = useDimmed(isFetching)
  const effect = effectOfSaving({ ...body, enabled: isOffered }, original)
  const isEdit = original !== undefined
  const lost = (data?.images.rows ?? []).filter(
    ({ decision, before }) => decision === 'delete' && (!isEdit || (before !== null && before !== 'delete')),
  )
  return (
    <section aria-label={t('review.title')} className="mt-4">
      <h3 className="mb-1">{t('review.title')}</h3>
      {error && !data ? (
        <Note tone="warn">{t('whatIf.failed', { reason: because(error.code) })}</Note>
      ) : data === undefined ? (
        <div className={frame}>
          <Skeleton className="m-4 w-56" />
        </div>
      ) : (
        <div aria-busy={isFetching} className={clsx('@container pb-3', frame, dimmed)}>
          <DecisionTotals decisions={data} />
          {isEdit && <DecisionChange decisions={data} />}
          <ImageChips images={lost} total={isEdit ? data.newlyDeleted.images : data.amounts.delete.images} />
          <DecisionBasis decisions={data} />
          <DecisionWarnings warnings={data.warnings} />
        </div>
      )}
      {effect !== 'none' && (
        <div className="mt-2">
          <SavingNote effect={effect} place={{ ...at, namespace }} body={body} original={original} />
        </div>
      )}
    </section>
  )
}
