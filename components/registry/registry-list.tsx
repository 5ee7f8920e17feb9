'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { Ago } from '@/components/shell/ago'
import type { Column } from '@/components/table/column'
import { Pager } from '@/components/table/pager'
import { Refresh } from '@/components/table/refresh'
import { ResourceTable } from '@/components/table/resource-table'
import { SearchField } from '@/components/table/search-field'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Status, type StatusKind } from '@/components/ui/status'
import type { Registry } from '@/lib/contract/registry'
import { readHealth } from '@/lib/policy/status'
import { swrQuery } from '@/lib/query/client'
import { type InstanceAt, routes } from '@/lib/routes'
import { registryAddress, registryListInput } from './list-address'

/** Registries of an instance: type, address, health, and the way to the policies that use them. */
export function RegistryList({ at }: { at: InstanceAt }) {
  const t = useTranslations('registry')
  const c = useTranslations('common')
  const [view, setView] = useQueryStates(registryAddress, { history: 'push' })
  const registries = useQuery({
    ...swrQuery(at.connection, 'registryList', registryListInput(at.instance, view)),
    placeholderData: keepPreviousData,
  })
  const columns = useRegistryColumns(at)
  const rows = registries.data?.registries ?? []
  const clear = () => setView({ q: null, page: null })
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchField value={view.q} onSearch={(q) => setView({ q: q || null, page: null })} />
        {view.q !== '' && (
          <Button look="ghost" onClick={clear}>
            {c('clearFilters')}
          </Button>
        )}
        <span className="flex-1" />
        <Refresh at={registries.dataUpdatedAt} busy={registries.isFetching} onRefresh={() => registries.refetch()} />
      </div>
      <ResourceTable
        label={t('label')}
        columns={columns}
        rows={rows}
        rowId={(registry, index) => String(registry.id ?? `unreadable-${index}`)}
        query={registries}
        sorting={{
          column: view.sort,
          order: view.order,
          change: (sort, order) => setView({ sort: registryAddress.sort.parse(sort), order, page: null }),
        }}
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
      <Pager
        paging={{ page: Math.max(view.page, 1), size: view.size, change: setView }}
        total={registries.data?.total}
        shown={rows.length}
      />
    </>
  )
}

const healthKinds = { healthy: 'ok', unhealthy: 'bad', unknown: 'off' } as const satisfies Record<string, StatusKind>
const typeKeys = new Map([
  ['swr-pro', 'harbor'],
  ['swr-pro-internal', 'enterprise'],
  ['huawei-SWR', 'basic'],
] as const)

function useRegistryColumns(at: InstanceAt): Column<Registry>[] {
  const t = useTranslations('registry')
  const c = useTranslations('common')
  const typeName = (type: string | undefined) => {
    const key = [...typeKeys].find(([wire]) => wire === type)?.[1]
    return key ? t(`type.${key}`) : type
  }
  return [
    {
      id: 'name',
      header: t('column.name'),
      sorts: [{ by: 'name', label: t('column.name') }],
      cell: ({ id, name, description }) =>
        id === undefined ? (
          <span className="text-ink-3">{c('unreadableRow')}</span>
        ) : (
          <>
            <span className="font-medium wrap-anywhere">{name ?? `#${id}`}</span>
            {description && <small className="block text-ink-3 text-xs wrap-anywhere">{description}</small>}
          </>
        ),
    },
    {
      id: 'type',
      header: t('column.type'),
      cell: ({ type, region_id }) => (
        <>
          {typeName(type)}
          {region_id && <small className="block text-ink-3 text-xs">{region_id}</small>}
        </>
      ),
    },
    {
      id: 'address',
      header: t('column.address'),
      className: 'wrap-anywhere',
      cell: ({ url, insecure }) => (
        <>
          <span className="font-mono text-xs text-ink-2">{url}</span>
          {insecure && (
            <small className="block text-xs">
              <Status kind="warn">{t('insecure')}</Status>
            </small>
          )}
        </>
      ),
    },
    {
      id: 'health',
      header: t('column.health'),
      cell: ({ status }) => {
        const health = readHealth(status)
        return (
          <Status kind={healthKinds[health]}>{health === 'unknown' && status ? status : t(`health.${health}`)}</Status>
        )
      },
    },
    {
      id: 'where',
      header: t('column.where'),
      labelled: true,
      cell: ({ id, name }) =>
        id !== undefined && (
          <Link
            href={routes.replicationOf(at, id)}
            prefetch={false}
            className="underline hover:text-accent"
            aria-label={`${t('policies')}: ${name ?? id}`}
          >
            {t('policies')}
          </Link>
        ),
    },
    {
      id: 'updated',
      header: t('column.updated'),
      labelled: true,
      sorts: [{ by: 'updated_at', label: t('column.updated') }],
      className: 'text-ink-2 whitespace-nowrap',
      cell: ({ updated_at }) => <Ago time={updated_at} />,
    },
  ]
}
