'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { GatedLink } from '@/components/shell/gated'
import { Pager } from '@/components/table/pager'
import { Refresh } from '@/components/table/refresh'
import { ResourceTable } from '@/components/table/resource-table'
import { SearchField } from '@/components/table/search-field'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { swrQuery } from '@/lib/query/client'
import { allRegistries } from '@/lib/query/inputs'
import { type InstanceAt, routes } from '@/lib/routes'
import { replicationAddress, replicationListInput } from './list-address'
import { RegistryFilter } from './registry-filter'
import { useReplicationActions } from './replication-actions'
import { useReplicationColumns } from './replication-columns'

/** The policies of an instance: searched, filtered, sorted and paged by SWR; the view is in the address. */
export function ReplicationList({ at }: { at: InstanceAt }) {
  const t = useTranslations('replication')
  const c = useTranslations('common')
  const [view, setView] = useQueryStates(replicationAddress, { history: 'push' })
  const policies = useQuery({
    ...swrQuery(at.connection, 'replicationList', replicationListInput(at.instance, view)),
    placeholderData: keepPreviousData,
  })
  const registries = useQuery(swrQuery(at.connection, 'registryList', allRegistries(at.instance)))
  const { actionsOf, dialog } = useReplicationActions(at)
  const columns = useReplicationColumns(at, registries.data?.registries ?? [], actionsOf)
  const rows = policies.data?.policies ?? []
  const filtered = view.q !== '' || view.registry !== null
  const pastEnd = view.page > 1 && policies.data?.total !== 0
  const clear = () => setView({ q: null, registry: null, page: null })

  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchField value={view.q} onSearch={(q) => setView({ q: q || null, page: null })} />
        <RegistryFilter
          registries={registries.data?.registries ?? []}
          chosen={view.registry}
          onChoose={(registry) => setView({ registry, page: null })}
        />
        {filtered && (
          <Button look="ghost" onClick={clear}>
            {c('clearFilters')}
          </Button>
        )}
        <span className="flex-1" />
        <Refresh at={policies.dataUpdatedAt} busy={policies.isFetching} onRefresh={() => policies.refetch()} />
      </div>
      <ResourceTable
        label={t('title')}
        columns={columns}
        rows={rows}
        rowId={(policy, index) => String(policy.id ?? `unreadable-${index}`)}
        query={policies}
        sorting={{
          column: view.sort,
          order: view.order,
          change: (sort, order) => setView({ sort: columnOf(sort), order, page: null }),
        }}
        empty={
          pastEnd ? (
            <Empty title={c('pager.pastEnd')} />
          ) : filtered ? (
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
      <Pager
        paging={{ page: Math.max(view.page, 1), size: view.size, change: setView }}
        total={policies.data?.total}
        shown={rows.length}
      />
      {dialog}
    </>
  )
}

const columnOf = (name: string) => replicationAddress.sort.parse(name) ?? replicationAddress.sort.defaultValue
