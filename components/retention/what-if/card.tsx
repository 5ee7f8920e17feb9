'use client'

import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { FilterSelect } from '@/components/table/filter-select'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Skeleton } from '@/components/ui/skeleton'
import { decisionFilters } from '@/lib/contract/console/retention-vocabulary'
import type { InstanceLocation } from '@/lib/routes'
import { useReason } from '../../match/listing'
import { DaysAhead } from './ahead'
import { type Cut, TagAxis } from './axis'
import { DecisionImages } from './images'
import { DecisionAge, DecisionBasis, DecisionWarnings } from './notes'
import { DecisionRepositories } from './repositories'
import { whatIfAddress, whatIfView } from './search-params'
import { DecisionChange, DecisionTotals } from './totals'
import { type DecisionSubject, useDecisions } from './use-decisions'
import { useDimmed } from './use-dimmed'

/**
 * What rules would do with the images that are there now: totals, what the edit changes, warnings, the axis with its cut, and
 * every image; how it is looked at is in the address. `subject` is undefined while the form says nothing that can be decided; what was decided last stays then.
 */
export function WhatIfCard({
  at,
  subject,
  rules,
  isEdit,
  cut,
}: {
  at: InstanceLocation
  subject: DecisionSubject | undefined
  /** How many there are: the axis is of the first one. */
  rules: number
  /** Compared with the rules that are saved. */
  isEdit: boolean
  /** Undefined where nothing is edited, or the rule says no number. */
  cut: Cut | undefined
}) {
  const t = useTranslations('retention')
  const because = useReason()
  // Replaced, not added to the history: going back leads out of a form, and asks.
  const [address, setAddress] = useQueryStates(whatIfAddress)
  const { daysAhead, view } = whatIfView(address, isEdit)
  const title = t('whatIf.title', { count: daysAhead })
  const { decisions, question, error, retry, isOld } = useDecisions(at, subject, { daysAhead, view })
  const dimmed = useDimmed(isOld || subject === undefined)
  return (
    <section
      aria-label={title}
      className="@container min-h-96 rounded-lg border border-line bg-surface"
      aria-busy={isOld}
    >
      <header className="flex flex-wrap items-baseline justify-between gap-x-3 border-line border-b px-4 py-3">
        <h2>{title}</h2>
        {decisions &&
          (subject === undefined ? (
            <span className="text-ink-3 text-sm">{t('whatIf.last')}</span>
          ) : dimmed ? (
            <span className="text-ink-3 text-sm">{t('whatIf.updating')}</span>
          ) : (
            <DecisionAge decisions={decisions} />
          ))}
      </header>
      {error && !decisions ? (
        <Note tone="bad" className="m-4">
          <p className="font-medium">{t('whatIf.failed', { reason: because(error.code) })}</p>
          <Button className="mt-2" onClick={retry}>
            {t('whatIf.retry')}
          </Button>
        </Note>
      ) : decisions === undefined ? (
        <div className="flex flex-col gap-4 p-4">
          {subject === undefined ? (
            <p className="text-ink-2 text-sm">{t('whatIf.incomplete')}</p>
          ) : (
            ['w-40', 'w-56', 'w-48'].map((width) => <Skeleton key={width} className={width} />)
          )}
        </div>
      ) : (
        <>
          {error && (
            <Note tone="warn" className="m-4 mb-0">
              {t('whatIf.failed', { reason: because(error.code) })}
            </Note>
          )}
          <div className={dimmed}>
            <DecisionTotals decisions={decisions} />
            {isEdit && <DecisionChange decisions={decisions} />}
            <p className="px-4 pt-2 text-ink-3 text-xs">{t('lead')}</p>
            <DecisionBasis decisions={decisions} />
            <DecisionWarnings warnings={decisions.warnings} />
          </div>
          <div className="flex flex-col gap-4 px-4 py-4">
            {decisions.axis && <TagAxis axis={decisions.axis} cut={cut} isFirst={rules > 1} />}
            <DaysAhead days={daysAhead} onChange={(days) => setAddress({ days })} />
          </div>
          <div className={dimmed}>
            <DecisionRepositories
              repositories={decisions.repositories}
              chosen={view.repository}
              onChoose={(repository) => setAddress({ repository: repository ?? null })}
            />
          </div>
          <div className="flex flex-wrap gap-2 px-4 py-3">
            <Input
              type="search"
              aria-label={t('image.search')}
              placeholder={t('image.search')}
              value={view.search}
              className="h-8! min-w-56 flex-1"
              onChange={(event) => setAddress({ q: event.target.value })}
            />
            <FilterSelect
              label={t('image.filter')}
              any={t('image.filters.all')}
              options={decisionFilters
                .filter((value) => value !== 'all' && (isEdit || value !== 'changed'))
                .map((value) => ({ value, label: t(`image.filters.${value}`) }))}
              chosen={view.filter === 'all' ? null : view.filter}
              onChoose={(filter) => setAddress({ filter })}
            />
          </div>
          <div className={dimmed}>
            <DecisionImages at={at} decisions={decisions} question={question} isOld={isOld} />
          </div>
        </>
      )}
      <p role="status" className="sr-only">
        {decisions &&
          !isOld &&
          t('whatIf.said', {
            deleted: decisions.amounts.delete.tags,
            kept: decisions.amounts.keep.tags,
            unsure: decisions.amounts.unsure.images,
          })}
      </p>
    </section>
  )
}
