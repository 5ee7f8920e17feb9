'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { decisionKinds } from '@/components/deletion/decision-kinds'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Ago } from '@/components/shell/relative-time'
import { filterChipClass } from '@/components/table/filter-chip'
import { useVirtualRows, type VirtualColumn, VirtualTable } from '@/components/table/virtual-table'
import { Note } from '@/components/ui/alert'
import { Empty } from '@/components/ui/empty'
import { Skeleton } from '@/components/ui/skeleton'
import { Status } from '@/components/ui/status'
import { tooltip } from '@/components/ui/tooltip'
import { useBytes } from '@/components/ui/use-format-bytes'
import type { BasicDecidedImage, BasicDecisions, BasicRule } from '@/lib/contract/console/basic-retention'
import type { Problem } from '@/lib/contract/problem'

const template = '@table:grid-cols-[minmax(0,2fr)_minmax(0,1.4fr)_minmax(0,1.2fr)_8rem_5.5rem]'
const filters = ['delete', 'changed', 'keep', 'unsure', 'in_use', 'all'] as const
type Filter = (typeof filters)[number]

function fits({ decision, before, inUse }: BasicDecidedImage, filter: Filter): boolean {
  if (filter === 'all') return true
  if (filter === 'changed') return before !== null && before !== decision
  return filter === 'in_use' ? inUse.length > 0 : decision === filter
}

/** What a rule would delete now, tag by tag. */
export function Verdicts({
  title,
  query,
  decisions,
  rule,
}: {
  title: string
  query: UseQueryResult<BasicDecisions, Problem>
  /** Of the rule as it stands in the form. */
  decisions: BasicDecisions | undefined
  rule: BasicRule | null
}) {
  const t = useTranslations('basicRetention')
  return (
    <section aria-labelledby="verdicts" className="mb-8">
      <h2 id="verdicts" className="mb-2">
        {title}
      </h2>
      {rule === null ? (
        <p className="text-ink-2">{t('noRule')}</p>
      ) : query.error && !query.isFetching ? (
        <ProblemPanel error={query.error} retry={() => query.refetch()} />
      ) : decisions ? (
        <Decided title={title} decisions={decisions} />
      ) : (
        <Skeleton className="w-64" />
      )}
    </section>
  )
}

/** Tags that go, or may go: what nobody can tell is never counted as kept. */
export const goingOf = (decisions: Pick<BasicDecisions, 'delete' | 'unsure'>) => decisions.delete + decisions.unsure

/** How many go and stay, and whether that is all. */
export function DecidedTotal({ decisions }: { decisions: BasicDecisions }) {
  const t = useTranslations('basicRetention')
  const bytes = useBytes()
  const { keep, unsure, complete } = decisions
  const amount = { count: goingOf(decisions), size: bytes(decisions.bytes) }
  return (
    <>
      <p className="font-medium text-base">{t(unsure > 0 ? 'totalUpTo' : 'total', amount)}</p>
      <p>{t('kept', { keep, unsure })}</p>
      {!complete && <p>{t('incomplete')}</p>}
    </>
  )
}

/** What stands out in what goes. */
export function DecidedWarnings({ decisions }: { decisions: BasicDecisions }) {
  const t = useTranslations('basicRetention')
  return decisions.warnings.map(({ code, count, examples }) => (
    <Note key={code} tone="warn" className="mb-3">
      {t(`warning.${code}`, { count })} <span className="font-mono text-xs">{examples.join(', ')}</span>
    </Note>
  ))
}

function Decided({ title, decisions }: { title: string; decisions: BasicDecisions }) {
  const t = useTranslations('basicRetention')
  const [filter, setFilter] = useState<Filter>('delete')
  const rows = decisions.images.filter((image) => fits(image, filter))
  const virtual = useVirtualRows(rows.length)
  const columns = useColumns()
  return (
    <>
      <Note tone={goingOf(decisions) > 0 ? 'bad' : 'ok'} aria-live="polite" className="mb-3">
        <DecidedTotal decisions={decisions} />
      </Note>
      <DecidedWarnings decisions={decisions} />
      {decisions.old.length > 0 && (
        <Note tone="warn" className="mb-3">
          {t('ask.old', { clusters: decisions.old.join(', '), count: decisions.old.length })}
        </Note>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would have to look like one */}
      <div role="group" aria-label={t('filter.label')} className="mb-3 flex flex-wrap gap-2">
        {filters.map((each) => {
          const count = decisions.images.filter((image) => fits(image, each)).length
          // Nothing to see there.
          if (count === 0 && each !== filter && each !== 'delete') return null
          return (
            <button
              key={each}
              type="button"
              aria-pressed={filter === each}
              className={filterChipClass(filter === each)}
              onClick={() => setFilter(each)}
            >
              {t(`filter.${each}`, { count })}
            </button>
          )
        })}
      </div>
      {rows.length === 0 ? (
        <div className="rounded-lg border border-line bg-surface">
          <Empty title={t('noTags')} />
        </div>
      ) : (
        <VirtualTable
          label={title}
          virtual={virtual}
          rowAt={(index) => rows[index]}
          columns={columns}
          template={template}
          isBusy={false}
        />
      )}
    </>
  )
}

function useColumns(): readonly VirtualColumn<BasicDecidedImage>[] {
  const t = useTranslations('basicRetention')
  const bytes = useBytes()
  const right = 'text-ink-2 whitespace-nowrap tabular-nums @table:text-right'
  return [
    {
      id: 'tag',
      header: t('column.tag'),
      cell: ({ tag, digest, inUse }) => (
        <>
          <span className="font-mono text-sm wrap-anywhere">{tag}</span>
          <small className="flex flex-wrap gap-x-2.5 text-xs">
            <span className="font-mono text-ink-3" {...tooltip(digest)}>
              {digest.slice(0, 19)}
            </span>
            {inUse.length > 0 && <Status kind="warn">{t('inUse', { clusters: inUse.join(', ') })}</Status>}
          </small>
        </>
      ),
    },
    {
      id: 'decision',
      header: t('column.decision'),
      labelled: true,
      cell: ({ decision, exception }) => (
        <>
          <Status kind={decisionKinds[decision]}>{t(`decision.${decision}`)}</Status>
          {exception !== null && (
            <small className="mt-px block text-ink-3 text-xs">{t('byException', { number: exception + 1 })}</small>
          )}
        </>
      ),
    },
    {
      id: 'before',
      header: t('column.before'),
      labelled: true,
      cell: ({ before, decision }) =>
        before === null || before === decision ? (
          ''
        ) : (
          <Status kind={decisionKinds[before]}>{t(`decision.${before}`)}</Status>
        ),
    },
    {
      id: 'updated',
      header: t('column.updated'),
      labelled: true,
      className: right,
      cell: ({ updated }) => <Ago time={updated ?? undefined} style="narrow" />,
    },
    { id: 'size', header: t('column.size'), labelled: true, className: right, cell: ({ size }) => bytes(size) },
  ]
}
