'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Ago } from '@/components/shell/relative-time'
import type { Column } from '@/components/table/column'
import { RowMenu } from '@/components/table/row-menu'
import { breakable } from '@/components/ui/code'
import type { RowAction } from '@/components/ui/menu-action'
import { Skeleton } from '@/components/ui/skeleton'
import { Status } from '@/components/ui/status'
import type { RegistryUse } from '@/lib/contract/console/insight'
import type { Registry } from '@/lib/contract/swr/registry'
import { type InstanceLocation, routes } from '@/lib/routes'
import { HealthStatus, useTypeName } from '../../registry-name/registry-text'

const unknown = <span className="text-ink-3">—</span>

export function useRegistryColumns(
  at: InstanceLocation,
  given: {
    /** Undefined where it is not known. */
    readonly usageOf: (id: number) => RegistryUse | 'loading' | undefined
    readonly actionsOf: (registry: Registry) => readonly RowAction[]
    readonly open: (id: number) => void
  },
): Column<Registry>[] {
  const t = useTranslations('registry')
  const c = useTranslations('common')
  const typeName = useTypeName()
  return [
    {
      id: 'name',
      header: t('column.name'),
      rowHeader: true,
      sorts: [{ by: 'name', label: t('column.name') }],
      cell: ({ id, name, description }) =>
        id === undefined ? (
          <span className="text-ink-3">{c('unreadableRow')}</span>
        ) : (
          <>
            <Link
              href={routes.registry(at, id)}
              prefetch={false}
              className="font-medium wrap-anywhere hover:text-accent hover:underline"
              onClick={(event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
                // The list stays as it is under the panel.
                event.preventDefault()
                given.open(id)
              }}
            >
              {name ?? `#${id}`}
            </Link>
            {description && <small className="block text-ink-3 text-xs wrap-anywhere">{description}</small>}
          </>
        ),
    },
    {
      id: 'type',
      header: t('column.type'),
      width: '@table:w-36',
      cell: ({ type, region_id }) => (
        <>
          {typeName(type)}
          {region_id && <small className="block whitespace-nowrap text-ink-3 text-xs">{region_id}</small>}
        </>
      ),
    },
    {
      id: 'address',
      header: t('column.address'),
      className: 'wrap-anywhere',
      cell: ({ url, insecure }) => (
        <>
          <span className="font-mono text-xs text-ink-2">{url && breakable(url)}</span>
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
      width: '@table:w-28',
      cell: ({ status }) => <HealthStatus status={status} />,
    },
    {
      id: 'where',
      header: t('column.where'),
      labelled: true,
      width: '@table:w-28',
      cell: ({ id, name }) => {
        const use = id === undefined ? undefined : given.usageOf(id)
        if (use === 'loading') return <Skeleton className="w-16" />
        if (id === undefined || use === undefined) return unknown
        const { policies } = use
        if (policies === 0) return <span className="text-ink-3">{t('unused')}</span>
        return (
          <Link
            href={routes.replicationOf(at, id)}
            prefetch={false}
            className="underline hover:text-accent"
            aria-label={t('usesOf', { count: policies, name: name ?? `#${id}` })}
          >
            {t('uses', { count: policies })}
          </Link>
        )
      },
    },
    {
      id: 'runs',
      header: t('column.runs'),
      labelled: true,
      width: '@table:w-48',
      // As high as it will be once it is known: nothing jumps when it arrives.
      cell: ({ id }) => (
        <span className="block min-h-10">{id === undefined ? unknown : <LastRuns use={given.usageOf(id)} />}</span>
      ),
    },
    {
      id: 'updated',
      header: t('column.updated'),
      labelled: true,
      sorts: [{ by: 'updated_at', label: t('column.updated') }],
      width: '@roomy:w-36',
      className: 'text-ink-2 whitespace-nowrap @table:@max-roomy:hidden',
      cell: ({ updated_at }) => <Ago time={updated_at} />,
    },
    {
      id: 'menu',
      header: t('column.menu'),
      hiddenHeader: true,
      width: '@table:w-14',
      className: '@max-table:absolute @max-table:top-2 @max-table:right-2 @table:text-right',
      cell: (registry) =>
        registry.id !== undefined && (
          <RowMenu name={registry.name ?? `#${registry.id}`} actions={() => given.actionsOf(registry)} />
        ),
    },
  ]
}

function LastRuns({ use }: { use: RegistryUse | 'loading' | undefined }): ReactNode {
  const t = useTranslations('registry')
  if (use === 'loading') return <Skeleton className="w-28" />
  if (!use?.lastGood && !use?.lastBad) return unknown
  return (
    <>
      {use.lastGood && (
        <small className="block text-xs">
          <Status kind="ok">
            <span>{t.rich('lastGood', { ago: () => <Ago time={use.lastGood ?? undefined} /> })}</span>
          </Status>
        </small>
      )}
      {use.lastBad && (
        <small className="block text-xs">
          <Status kind="bad">
            <span>{t.rich('lastBad', { ago: () => <Ago time={use.lastBad ?? undefined} /> })}</span>
          </Status>
        </small>
      )}
    </>
  )
}
