'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { GatedButton } from '@/components/shell/permission-button'
import { Ago } from '@/components/shell/relative-time'
import type { Column } from '@/components/table/column'
import { Pager } from '@/components/table/pager'
import { ResourceTable } from '@/components/table/resource-table'
import { SearchField } from '@/components/table/search-field'
import { type pageSizes, pageWindow } from '@/components/table/search-params'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import type { AutoSyncRule } from '@/lib/contract/console/auto-sync'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import { matchingRules, ruleKey } from './search-params'

interface View {
  page: number
  size: (typeof pageSizes)[number]
  q: string
}

/** The rules of an organization. SWR lists them by repository: they are searched and paged here, over the whole answer. */
export function RuleTable({
  query,
  view,
  onView,
  onDelete,
  onRuns,
}: {
  query: UseQueryResult<ConsoleOutput<'autoSyncRuleList'>, unknown>
  view: View
  onView: (part: { page?: number | null; size?: View['size']; q?: string | null }) => void
  onDelete: (rule: AutoSyncRule) => void
  onRuns: (repository: string) => void
}) {
  const t = useTranslations('sync.auto')
  const p = useTranslations('problem')
  const c = useTranslations('common')
  const { rules = [], failed = [], repositories = [], asked = 0, complete = true } = query.data ?? {}
  const isCut = asked < repositories.length
  const matching = matchingRules(rules, view.q)
  const { offset, limit } = pageWindow(view)
  const rows = matching.slice(offset, offset + limit)
  const columns: Column<AutoSyncRule>[] = [
    {
      id: 'repository',
      header: t('column.repository'),
      rowHeader: true,
      className: 'wrap-anywhere',
      cell: ({ repository }) => <span className="font-mono text-xs/5">{repository}</span>,
    },
    {
      id: 'target',
      header: t('column.target'),
      className: 'wrap-anywhere',
      cell: ({ region, organization }) => (
        <>
          {region}
          <small className="mt-px block text-ink-3 text-xs">{organization}</small>
        </>
      ),
    },
    {
      id: 'overwrite',
      header: t('column.overwrite'),
      labelled: true,
      width: '@table:w-36',
      cell: ({ overwrite }) => t(overwrite === null ? 'unknown' : overwrite ? 'yes' : 'no'),
    },
    {
      id: 'created',
      header: t('column.created'),
      labelled: true,
      width: '@table:w-36',
      cell: ({ created }) => <Ago time={created ?? undefined} />,
    },
    {
      id: 'acts',
      header: t('column.acts'),
      hiddenHeader: true,
      width: '@table:w-48',
      cell: (rule) => (
        <span className="flex flex-wrap gap-2 @table:justify-end">
          <Button aria-label={t('runsOf', { repository: rule.repository })} onClick={() => onRuns(rule.repository)}>
            {t('runs')}
          </Button>
          <GatedButton
            operation="autoSyncDelete"
            look="danger"
            aria-label={t('deleteOf', { repository: rule.repository, region: rule.region })}
            onClick={() => onDelete(rule)}
          >
            {t('delete')}
          </GatedButton>
        </span>
      ),
    },
  ]
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2 print:hidden">
        <SearchField value={view.q} onSearch={(q) => onView({ q, page: null })} />
      </div>
      {(isCut || (!complete && failed.length === 0)) && (
        <Note tone="warn" role="status" className="mb-3">
          {isCut ? t('cut', { asked, all: repositories.length }) : t('incomplete')}
        </Note>
      )}
      {failed.length > 0 && (
        <Note tone="warn" role="status" className="mb-3">
          <p>{t('failed', { count: failed.length })}</p>
          <ul className="max-h-40 overflow-auto">
            {failed.map(({ repository, code }) => (
              <li key={repository} className="wrap-anywhere">
                {repository}: {p(`${code}.title`)}
              </li>
            ))}
          </ul>
        </Note>
      )}
      <ResourceTable
        label={t('label')}
        columns={columns}
        rows={rows}
        rowId={ruleKey}
        query={query}
        empty={
          matching.length > 0 ? (
            <Empty title={c('pager.pastEnd')} />
          ) : view.q ? (
            <Empty
              title={t('filtered')}
              action={<Button onClick={() => onView({ q: null, page: null })}>{c('clearFilters')}</Button>}
            />
          ) : (
            <Empty title={t('none')}>{t('noneText')}</Empty>
          )
        }
      />
      {query.data && (
        <Pager view={view} onChange={onView} total={matching.length} all={rules.length} shown={rows.length} />
      )}
    </>
  )
}
