'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { NormalisedNote } from '@/components/diff/server-changes'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { GatedButton } from '@/components/shell/permission-button'
import { Pager } from '@/components/table/pager'
import { Refresh } from '@/components/table/refresh'
import { ResourceTable } from '@/components/table/resource-table'
import { SearchField } from '@/components/table/search-field'
import { SortSelect } from '@/components/table/sorting'
import { UnknownParams } from '@/components/table/unknown-params'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import type { RegistryUse } from '@/lib/contract/console/insight'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import { apiQuery } from '@/lib/query/client'
import { type InstanceLocation, routes } from '@/lib/routes'
import { useRegistryColumns } from './columns'
import { useRegistryActions } from './row-actions'
import { registryAddress, registryListInput } from './search-params'

const RegistryPanel = dynamic(() => import('../form/panel').then((module) => module.RegistryPanel), { ssr: false })

/** Registries of an instance: type, address, health, where used; one of them, or a new one, in a panel beside it. */
export function RegistryList({ at }: { at: InstanceLocation }) {
  const t = useTranslations('registry')
  const c = useTranslations('common')
  const [view, setView] = useQueryStates(registryAddress, { history: 'push' })
  const registries = useQuery({
    ...apiQuery('registryList', registryListInput(at, view)),
    placeholderData: keepPreviousData,
  })
  const uses = useQuery({
    ...apiQuery('registryUseList', { params: { connection: at.connection, instance_id: at.instance } }),
    // Where the list itself cannot be read, nothing else is asked.
    enabled: registries.isSuccess,
  })
  const open = (edit: number | 'new') => setView({ edit })
  const { actionsOf, dialog } = useRegistryActions(at, open)
  const columns = useRegistryColumns(at, {
    usageOf: (id) => (uses.isPending ? 'loading' : usageOf(uses.data, id)),
    actionsOf,
    open,
  })
  const rows = registries.data?.registries ?? []
  const clear = () => setView({ q: null, page: null })
  const sorting = {
    column: view.sort,
    order: view.order,
    change: (sort: string, order: 'asc' | 'desc') =>
      setView({ sort: registryAddress.sort.parse(sort), order, page: null }),
  }
  const add = (
    <GatedButton operation="registryCreate" look="primary" onClick={() => open('new')}>
      {t('add')}
    </GatedButton>
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
              at={registries.dataUpdatedAt}
              busy={registries.isFetching}
              onRefresh={() => registries.refetch()}
            />
            {add}
          </>
        }
      />
      {/* A save in the panel leaves something for it. */}
      <NormalisedNote key={`after-${view.edit}`} place={routes.registries(at)} />
      <UnknownParams parsers={registryAddress} />
      <div className="mb-3 flex flex-wrap items-center gap-2 print:hidden">
        <SearchField value={view.q} onSearch={(q) => setView({ q: q || null, page: null })} />
        {view.q !== '' && (
          <Button look="ghost" onClick={clear}>
            {c('clearFilters')}
          </Button>
        )}
        <span className="ml-auto">
          <SortSelect columns={columns} sorting={sorting} />
        </span>
      </div>
      <ResourceTable
        label={t('label')}
        columns={columns}
        rows={rows}
        rowId={(registry, index) => String(registry.id ?? `unreadable-${index}`)}
        query={registries}
        sorting={sorting}
        empty={
          view.page > 1 && registries.data?.total !== 0 ? (
            <Empty title={c('pager.pastEnd')} />
          ) : view.q ? (
            <Empty title={t('search')} action={<Button onClick={clear}>{c('clearFilters')}</Button>} />
          ) : (
            <Empty title={t('empty')}>{t('emptyText')}</Empty>
          )
        }
      />
      <Pager view={view} onChange={setView} total={registries.data?.total} shown={rows.length} />
      {dialog}
      {view.edit !== null && (
        <RegistryPanel key={view.edit} at={at} edited={view.edit} onClose={() => setView({ edit: null })} />
      )}
    </>
  )
}

/** What no policy uses is missing there: that is only certain when all of them were read. */
function usageOf(uses: ConsoleOutput<'registryUseList'> | undefined, id: number): RegistryUse | undefined {
  const none = uses?.complete ? { id, policies: 0, lastGood: null, lastBad: null } : undefined
  return uses?.registries.find((use) => use.id === id) ?? none
}
