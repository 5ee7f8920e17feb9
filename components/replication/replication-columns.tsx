'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Ago } from '@/components/shell/ago'
import type { Column } from '@/components/table/column'
import { type RowAction, RowMenu } from '@/components/table/row-menu'
import type { Registry } from '@/lib/contract/registry'
import type { Replication } from '@/lib/contract/replication'
import { type InstanceAt, routes } from '@/lib/routes'
import { EnabledSwitch } from './enabled-switch'
import { FilterChips } from './filter-chips'
import { RegistryName } from './registry-name'
import { TriggerText } from './trigger-text'

/** What one policy shows in the list. Fields that SWR left out or garbled stay empty, each on its own. */
export function useReplicationColumns(
  at: InstanceAt,
  registries: readonly Registry[],
  actionsOf: (policy: Replication) => readonly RowAction[],
): Column<Replication>[] {
  const t = useTranslations('replication')
  const c = useTranslations('common')
  return [
    {
      id: 'name',
      header: t('column.name'),
      sorts: [{ by: 'name', label: t('column.name') }],
      className: 'max-lg:pr-14 lg:w-[22%]',
      cell: ({ id, name, description }) =>
        id === undefined ? (
          <span className="text-ink-3">{c('unreadableRow')}</span>
        ) : (
          <>
            <Link
              href={routes.replicationPolicy(at, id)}
              prefetch={false}
              className="font-medium wrap-anywhere hover:text-accent hover:underline"
            >
              {name ?? `#${id}`}
            </Link>
            {description && (
              <small className="mt-px line-clamp-2 text-ink-3 text-xs wrap-anywhere">{description}</small>
            )}
          </>
        ),
    },
    {
      id: 'registry',
      header: t('column.registry'),
      className: 'lg:w-[17%]',
      cell: (policy) => policy.id !== undefined && <RegistryName policy={policy} registries={registries} />,
    },
    {
      id: 'what',
      header: t('column.what'),
      cell: ({ filters }) => <FilterChips filters={filters} />,
    },
    {
      id: 'when',
      header: t('column.when'),
      className: 'tabular-nums lg:w-48',
      cell: (policy) => policy.id !== undefined && <TriggerText policy={policy} />,
    },
    {
      id: 'times',
      header: t('column.updated'),
      labelled: true,
      sorts: [
        { by: 'updated_at', label: t('column.updated') },
        { by: 'created_at', label: t('column.created') },
      ],
      className: 'whitespace-nowrap lg:max-[90rem]:hidden min-[90rem]:w-43',
      cell: ({ updated_at, created_at }) => (
        <>
          <Ago time={updated_at} />
          <small className="mt-px block text-ink-3 text-xs">
            {t.rich('createdAgo', { ago: () => <Ago time={created_at} /> })}
          </small>
        </>
      ),
    },
    {
      id: 'enabled',
      header: t('column.enabled'),
      className: 'lg:w-22',
      cell: (policy) => policy.id !== undefined && <EnabledSwitch at={at} policy={policy} />,
    },
    {
      id: 'menu',
      header: t('column.menu'),
      hiddenHeader: true,
      className: 'max-lg:absolute max-lg:top-2 max-lg:right-2 lg:w-14 lg:text-right',
      cell: (policy) =>
        policy.id !== undefined && <RowMenu name={policy.name ?? `#${policy.id}`} actions={actionsOf(policy)} />,
    },
  ]
}
