'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { FilterBar } from '@/components/table/filter-bar'
import { Pager } from '@/components/table/pager'
import { Refresh } from '@/components/table/refresh'
import { ResourceTable } from '@/components/table/resource-table'
import { SearchField } from '@/components/table/search-field'
import { UnknownParams } from '@/components/table/unknown-params'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { apiQuery } from '@/lib/query/client'
import { firstNamespaces } from '@/lib/query/queries'
import type { InstanceLocation } from '@/lib/routes'
import { useRetentionColumns } from './columns'
import { NamespaceFilter } from './namespace-filter'
import { retentionAddress, retentionListInput } from './search-params'

/** The retention policies of an instance: searched, filtered and paged by SWR; the view is in the address. */
export function RetentionList({ at }: { at: InstanceLocation }) {
  const t = useTranslations('retention')
  const c = useTranslations('common')
  const [view, setView] = useQueryStates(retentionAddress, { history: 'push' })
  const policies = useQuery({
    ...apiQuery('retentionList', retentionListInput(at, view)),
    placeholderData: keepPreviousData,
  })
  const namespaces = useQuery(apiQuery('namespaceList', firstNamespaces(at)))
  const columns = useRetentionColumns(at, namespaces.data?.namespaces ?? [])
  const rows = policies.data?.retentions ?? []
  const filtered = view.q !== '' || view.namespace !== null
  const clear = () => setView({ q: null, namespace: null, page: null })

  return (
    <>
      <InstanceCrumbs
        at={at}
        title={t('title')}
        lead={t('lead')}
        actions={
          <Refresh at={policies.dataUpdatedAt} busy={policies.isFetching} onRefresh={() => policies.refetch()} />
        }
      />
      <UnknownParams parsers={retentionAddress} />
      <div className="mb-3 flex flex-wrap items-center gap-2 print:hidden">
        <SearchField value={view.q} onSearch={(q) => setView({ q: q || null, page: null })} />
        <FilterBar count={view.namespace === null ? 0 : 1} onClear={filtered ? clear : undefined}>
          <NamespaceFilter
            known={namespaces.data}
            chosen={view.namespace}
            onChoose={(namespace) => setView({ namespace, page: null })}
          />
        </FilterBar>
      </div>
      <ResourceTable
        label={t('title')}
        columns={columns}
        rows={rows}
        rowId={(policy, index) => String(policy.id ?? `unreadable-${index}`)}
        query={policies}
        empty={
          view.page > 1 && policies.data?.total !== 0 ? (
            <Empty title={c('pager.pastEnd')} />
          ) : filtered ? (
            <Empty title={t('empty.filtered')} action={<Button onClick={clear}>{c('clearFilters')}</Button>}>
              {t('empty.filteredText')}
            </Empty>
          ) : (
            <Empty title={t('empty.new')}>{t('empty.newText')}</Empty>
          )
        }
      />
      <Pager
        paging={{ page: Math.max(view.page, 1), size: view.size, change: setView }}
        total={policies.data?.total}
        shown={rows.length}
      />
    </>
  )
}
