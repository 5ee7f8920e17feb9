'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { ProblemPanel } from '@/components/shell/error-panel'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { GatedLink } from '@/components/shell/permission-button'
import { FilterBar } from '@/components/table/filter-bar'
import { Pager } from '@/components/table/pager'
import { Refresh } from '@/components/table/refresh'
import { ResourceTable } from '@/components/table/resource-table'
import { SearchField } from '@/components/table/search-field'
import { pageWindow } from '@/components/table/search-params'
import { SortSelect } from '@/components/table/sorting'
import { UnknownParams } from '@/components/table/unknown-params'
import { Note } from '@/components/ui/alert'
import { Button, buttonClass } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { type InstanceLocation, routes } from '@/lib/routes'
import { useReason } from '../../match/listing'
import { useRetentionColumns } from './columns'
import { RetentionFilters } from './filters'
import { useRetentionActions } from './row-actions'
import { viewOf } from './rows'
import { filterCount, isFiltered, noFilters, retentionAddress } from './search-params'
import { useRetentionRows } from './use-rows'

/** The retention policies of an instance, and its namespaces without one; the view is in the address. */
export function RetentionList({ at }: { at: InstanceLocation }) {
  const t = useTranslations('retention')
  const c = useTranslations('common')
  const h = useTranslations('history')
  const r = useTranslations('retentionRuns')
  const because = useReason()
  const [view, setView] = useQueryStates(retentionAddress, { history: 'push' })
  const { rows, complete, policies, failed, index, refetch } = useRetentionRows(at)
  const { actionsOf, dialog } = useRetentionActions(at)
  const columns = useRetentionColumns({ at, refreshing: index.isPending || index.data?.refreshing === true, actionsOf })
  const fitting = viewOf(rows, view)
  const { offset, limit } = pageWindow(view)
  const shown = fitting.slice(offset, offset + limit)
  const clear = () => setView({ ...noFilters, page: null })
  const sorting = {
    column: view.sort,
    order: view.order,
    change: (sort: string, order: 'asc' | 'desc') =>
      setView({ sort: retentionAddress.sort.parse(sort), order, page: null }),
  }
  // One failure is told once, by the table.
  const told = policies.error?.code
  const unread = index.error?.code ?? index.data?.problem
  const deleted = (
    <Link href={routes.retentionDeleted(at)} prefetch={false} className={buttonClass('ghost')}>
      {h('deleted.link')}
    </Link>
  )
  const add = (
    <GatedLink operation="retentionCreate" href={routes.retentionNew(at)} look="primary">
      {t('new')}
    </GatedLink>
  )
  return (
    <>
      <InstanceCrumbs
        at={at}
        title={t('title')}
        lead={t('lead')}
        actions={
          <>
            <Refresh
              at={policies.dataUpdatedAt}
              busy={policies.isFetching || index.isFetching || index.data?.refreshing === true}
              onRefresh={refetch}
            />
            <span className="@max-table:hidden">{deleted}</span>
            <Link href={routes.retentionSettings(at)} prefetch={false} className={buttonClass()}>
              {r('limits.link')}
            </Link>
            {add}
          </>
        }
      />
      <UnknownParams parsers={retentionAddress} />
      <div className="mb-3 flex flex-wrap items-center gap-2 print:hidden">
        <SearchField value={view.q} onSearch={(q) => setView({ q: q || null, page: null })} />
        <FilterBar count={filterCount(view)} onClear={isFiltered(view) ? clear : undefined}>
          <RetentionFilters view={view} rows={rows} onChange={(part) => setView({ ...part, page: null })} />
        </FilterBar>
        <span className="ml-auto">
          <SortSelect columns={columns} sorting={sorting} />
        </span>
      </div>
      {failed && failed.code !== told && (
        <div className="mb-3">
          <ProblemPanel error={failed} retry={refetch} />
        </div>
      )}
      {unread && unread !== told && (
        <Note tone="warn" className="mb-3">
          {t('impact.failed', { reason: because(unread) })}
        </Note>
      )}
      <ResourceTable
        label={t('title')}
        columns={columns}
        rows={shown}
        rowId={({ key }) => key}
        query={policies}
        sorting={sorting}
        empty={
          view.page > 1 && fitting.length > 0 ? (
            <Empty title={c('pager.pastEnd')} />
          ) : isFiltered(view) ? (
            <Empty title={t('empty.filtered')} action={<Button onClick={clear}>{c('clearFilters')}</Button>}>
              {t('empty.filteredText')}
            </Empty>
          ) : (
            <Empty title={t('empty.new')} action={add}>
              {t('empty.newText')}
            </Empty>
          )
        }
      />
      <Pager
        view={view}
        onChange={setView}
        total={policies.data && complete ? fitting.length : undefined}
        all={rows.length}
        shown={shown.length}
      />
      {/* On a phone it would stand between its user and the first policy. */}
      <div className="@table:hidden">{deleted}</div>
      {dialog}
    </>
  )
}
