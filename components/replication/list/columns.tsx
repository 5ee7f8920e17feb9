'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Ago } from '@/components/shell/relative-time'
import type { Column } from '@/components/table/column'
import { RowMenu } from '@/components/table/row-menu'
import type { RowAction } from '@/components/ui/menu-action'
import { tooltip } from '@/components/ui/tooltip'
import type { PolicyRow } from '@/lib/contract/console/insight'
import type { Registry } from '@/lib/contract/swr/registry'
import type { Replication } from '@/lib/contract/swr/replication'
import { isTemporaryPolicyName } from '@/lib/policy/replication/partial'
import { type InstanceLocation, routes } from '@/lib/routes'
import { RegistryName } from '../../registry-name/registry-name'
import { SelectPage, SelectRow } from '../../table/row-selection'
import type { Selection } from '../../table/use-selection'
import { ReplicationSwitch } from '../policy-switch'
import { FilterChips } from './filter-cell'
import { LastRun } from './last-run-cell'
import { WhenCell } from './schedule-cell'
import type { PolicyView } from './search-params'

interface Told {
  readonly at: InstanceLocation
  readonly registries: readonly Registry[]
  readonly selection: Selection
  readonly sort: PolicyView['sort']
  readonly actionsOf: (policy: Replication) => readonly RowAction[]
}

/** What one policy shows in the list. Fields that SWR left out or garbled stay empty, each on its own. */
export function useReplicationColumns({ at, registries, selection, sort, actionsOf }: Told): Column<PolicyRow>[] {
  const t = useTranslations('replication')
  const c = useTranslations('common')
  const s = useTranslations('partialRun')
  return [
    {
      id: 'select',
      header: t('column.select'),
      hiddenHeader: true,
      headerCell: <SelectPage selection={selection} />,
      width: '@table:w-8',
      className: '@max-table:absolute @max-table:top-3 @max-table:right-11',
      cell: ({ policy }) => <SelectRow policy={policy} selection={selection} />,
    },
    {
      id: 'name',
      header: t('column.name'),
      rowHeader: true,
      sorts: [
        { by: 'name', label: t('column.name') },
        { by: 'updated_at', label: t('column.updated') },
        { by: 'created_at', label: t('column.created') },
      ],
      width: '@table:w-[22%] @wide:w-[13.7rem] @roomy:w-65 @vast:w-[23%]',
      className: '@max-table:pr-22',
      cell: ({ policy: { id, name, description, created_at, updated_at } }) =>
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
            {isTemporaryPolicyName(name) && (
              <small className="mt-px block text-warn text-xs" {...tooltip(s('badgeText'))}>
                {s('badge')}
              </small>
            )}
            {description && (
              <small className="mt-px block truncate text-ink-3 text-xs" {...tooltip(description)}>
                {description}
              </small>
            )}
            {sort === 'updated_at' && (
              <small className="mt-px block text-ink-3 text-xs">
                {t.rich('changedAgo', { ago: () => <Ago time={updated_at} /> })}
              </small>
            )}
            {sort === 'created_at' && !description && (
              <small className="mt-px block text-ink-3 text-xs">
                {t.rich('createdAgo', { ago: () => <Ago time={created_at} /> })}
              </small>
            )}
          </>
        ),
    },
    {
      id: 'registry',
      header: t('column.registry'),
      width: '@table:w-[15%] @wide:w-[9.7rem] @roomy:w-44 @vast:w-[15%]',
      cell: ({ policy }) => policy.id !== undefined && <RegistryName policy={policy} registries={registries} />,
    },
    {
      id: 'what',
      header: t('column.what'),
      cell: ({ policy }) => <FilterChips filters={policy.filters} />,
    },
    {
      id: 'when',
      header: t('column.when'),
      sorts: [{ by: 'next', label: t('column.nextRun') }],
      width: '@table:w-28 @wide:w-[11.1rem] @roomy:w-46 @vast:w-[15%]',
      className: 'tabular-nums',
      cell: (row) => row.policy.id !== undefined && <WhenCell row={row} />,
    },
    {
      id: 'last',
      header: t('column.last'),
      shortHeader: t('column.lastRun'),
      sorts: [{ by: 'last', label: t('column.lastRun') }],
      width: '@table:w-36 @wide:w-[7.75rem] @roomy:w-40 @vast:w-[13%]',
      cell: (row) => row.policy.id !== undefined && <LastRun at={at} row={row} />,
    },
    {
      id: 'enabled',
      header: t('column.enabled'),
      width: '@table:w-14 @roomy:w-19',
      // A finger that means the time above must not find the switch.
      className: '@max-table:pt-2',
      cell: ({ policy }) => policy.id !== undefined && <ReplicationSwitch at={at} policy={policy} />,
    },
    {
      id: 'menu',
      header: t('column.menu'),
      hiddenHeader: true,
      width: '@table:w-11',
      className: '@max-table:absolute @max-table:top-2 @max-table:right-2 @table:text-right',
      cell: ({ policy }) =>
        policy.id !== undefined && <RowMenu name={policy.name ?? `#${policy.id}`} actions={() => actionsOf(policy)} />,
    },
  ]
}
