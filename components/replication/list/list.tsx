'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
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
import { SortSelect } from '@/components/table/sorting'
import { UnknownParams } from '@/components/table/unknown-params'
import { Note } from '@/components/ui/alert'
import { Button, buttonClass } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import { apiPolling, apiQuery } from '@/lib/query/client'
import { allRegistries } from '@/lib/query/queries'
import { type InstanceLocation, routes } from '@/lib/routes'
import { useSelection } from '../../table/use-selection'
import { BulkBar } from '../bulk/bar'
import { BulkPanels } from '../bulk/panels'
import { useReplicationColumns } from './columns'
import { ListFilter } from './filters'
import { useReplicationActions } from './row-actions'
import {
  filterCount,
  isFiltered,
  noFilters,
  pollingOf,
  replicationAddress,
  replicationIndexInput,
} from './search-params'

/** The policies of an instance with their last result and next run; the view is in the address. */
export function ReplicationList({ at }: { at: InstanceLocation }) {
  const t = useTranslations('replication')
  const c = useTranslations('common')
  const h = useTranslations('history')
  const [view, setView] = useQueryStates(replicationAddress, { history: 'push' })
  const input = replicationIndexInput(at, view)
  const index = useQuery({
    ...apiPolling('replicationIndex', input),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => pollingOf(state.data),
  })
  const registries = useQuery(apiQuery('registryList', allRegistries(at))).data?.registries ?? []
  const rows = index.data?.rows ?? []
  const selection = useSelection(rows)
  const { actionsOf, dialog } = useReplicationActions(at)
  const columns = useReplicationColumns({ at, registries, selection, sort: view.sort, actionsOf })
  const clear = () => setView({ ...noFilters, page: null })

  const deleted = (
    <Link href={routes.replicationDeleted(at)} prefetch={false} className={buttonClass('ghost')}>
      {h('deleted.link')}
    </Link>
  )
  const sorting = {
    column: view.sort,
    order: view.order,
    change: (sort: string, order: 'asc' | 'desc') => setView({ sort: columnOf(sort), order, page: null }),
  }

  return (
    <>
      <InstanceCrumbs
        at={at}
        title={t('title')}
        actions={
          <>
            <Refresh
              at={index.data ? Date.parse(index.data.at) : 0}
              busy={index.isFetching || index.data?.refreshing === true}
              onRefresh={() => index.refetch()}
            />
            <span className="@max-table:hidden">{deleted}</span>
            <Link href={routes.week(at)} prefetch={false} className={buttonClass()}>
              {t('week')}
            </Link>
            <GatedLink operation="replicationCreate" href={routes.replicationNew(at)} look="primary">
              {t('new')}
            </GatedLink>
          </>
        }
      />
      <BulkPanels at={at} />
      <UnknownParams parsers={replicationAddress} />
      <div className="mb-3 flex flex-wrap items-center gap-2 print:hidden">
        <SearchField value={view.q} onSearch={(q) => setView({ q: q || null, page: null })} />
        <FilterBar count={filterCount(view)} onClear={isFiltered(view) ? clear : undefined}>
          <ListFilter view={view} registries={registries} onChange={(part) => setView({ ...part, page: null })} />
        </FilterBar>
        <span className="ml-auto">
          <SortSelect columns={columns} sorting={sorting} />
        </span>
      </div>
      {index.data && <Failed failed={index.data.failed} complete={index.data.complete} />}
      <ResourceTable
        label={t('title')}
        columns={columns}
        rows={rows}
        rowId={({ policy }, index) => String(policy.id ?? `unreadable-${index}`)}
        query={index}
        isMarked={({ policy }) => selection.has(policy)}
        sorting={sorting}
        empty={
          view.page > 1 && index.data?.total !== 0 ? (
            <Empty title={c('pager.pastEnd')} />
          ) : isFiltered(view) ? (
            <Empty title={t('empty.filtered')} action={<Button onClick={clear}>{c('clearFilters')}</Button>}>
              {t('empty.filteredText')}
            </Empty>
          ) : (
            <Empty
              title={t('empty.new')}
              action={
                <GatedLink operation="replicationCreate" href={routes.replicationNew(at)} look="primary">
                  {t('new')}
                </GatedLink>
              }
            >
              {t('empty.newText')}
            </Empty>
          )
        }
      />
      <Pager view={view} onChange={setView} total={index.data?.total} all={index.data?.all} shown={rows.length} />
      {/* On a phone it would stand between its user and the first policy. */}
      <div className="@table:hidden">{deleted}</div>
      <BulkBar at={at} selection={selection} input={input} total={index.data?.total ?? 0} />
      {dialog}
    </>
  )
}

/** What could not be read, and why: an older list that is still shown looks like any other. */
function Failed({ failed, complete }: Pick<ConsoleOutput<'replicationIndex'>, 'failed' | 'complete'>) {
  const t = useTranslations('replication')
  const parts = (['policies', 'runs'] as const).flatMap((part) => {
    const problem = failed[part]
    return problem ? [{ part, problem }] : []
  })
  if (parts.length === 0)
    return complete ? null : (
      <Note tone="warn" className="mb-3">
        {t('incomplete')}
      </Note>
    )
  return parts.map(({ part, problem }) => (
    <div key={part} className="mb-3">
      <p className="mb-1 font-medium">{t(`failed.${part}`)}</p>
      <ProblemPanel error={problem} retry="by itself" />
    </div>
  ))
}

const columnOf = (name: string) => replicationAddress.sort.parse(name) ?? replicationAddress.sort.defaultValue
