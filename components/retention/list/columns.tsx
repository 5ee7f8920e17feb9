'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { GatedLink } from '@/components/shell/permission-button'
import type { Column } from '@/components/table/column'
import { RowMenu } from '@/components/table/row-menu'
import type { RowAction } from '@/components/ui/menu-action'
import type { Retention } from '@/lib/contract/swr/retention'
import { type InstanceLocation, routes } from '@/lib/routes'
import { TriggerText } from '../../schedule/trigger-text'
import { RuleSentences } from '../policy/rule-sentence'
import { EnabledStatus, RetentionSwitch } from '../policy-switch'
import { ImpactCell, LastRetentionRun } from './cells'
import type { RetentionRow } from './rows'

/** What one policy, or one namespace without any, shows in the list. What SWR left out or garbled stays empty, each on its own. */
export function useRetentionColumns({
  at,
  refreshing,
  actionsOf,
}: {
  at: InstanceLocation
  refreshing: boolean
  actionsOf: (namespace: string, policy: Retention) => readonly RowAction[]
}): Column<RetentionRow>[] {
  const t = useTranslations('retention')
  const c = useTranslations('common')
  return [
    {
      id: 'name',
      header: t('column.name'),
      rowHeader: true,
      sorts: [{ by: 'name', label: t('column.name') }],
      width: '@table:w-[14%]',
      className: '@max-table:pr-12',
      cell: ({ namespace, policy }) => {
        if (policy === null) return <span className="text-ink-3">{t('none.name')}</span>
        const { id, name } = policy
        if (id === undefined) return <span className="text-ink-3">{name ?? c('unreadableRow')}</span>
        if (namespace === undefined) return <span className="font-medium wrap-anywhere">{name ?? `#${id}`}</span>
        return (
          <Link
            href={routes.retentionPolicy(at, namespace, id)}
            prefetch={false}
            className="font-medium wrap-anywhere hover:text-accent hover:underline"
          >
            {name ?? `#${id}`}
          </Link>
        )
      },
    },
    {
      id: 'namespace',
      header: t('column.namespace'),
      labelled: true,
      sorts: [{ by: 'namespace', label: t('column.namespace') }],
      width: '@table:w-[12%]',
      className: 'wrap-anywhere',
      cell: ({ namespace, namespaceId }) => namespace ?? (namespaceId === undefined ? '' : `#${namespaceId}`),
    },
    {
      id: 'keeps',
      header: t('column.keeps'),
      className: 'tabular-nums',
      cell: ({ policy }) =>
        policy === null ? (
          <span className="text-ink-3">{t('none.keeps')}</span>
        ) : (
          policy.id !== undefined && <RuleSentences rules={policy.rules} />
        ),
    },
    {
      id: 'when',
      header: t('column.when'),
      sorts: [{ by: 'next', label: t('column.next') }],
      width: '@table:w-[12%]',
      className: 'tabular-nums',
      cell: ({ policy }) => policy?.id !== undefined && <TriggerText {...policy} />,
    },
    {
      id: 'last',
      header: t('column.last'),
      sorts: [{ by: 'last', label: t('column.last') }],
      width: '@table:w-[11%]',
      cell: (row) => <LastRetentionRun at={at} row={row} />,
    },
    {
      id: 'impact',
      header: t('column.impact'),
      labelled: true,
      sorts: [{ by: 'impact', label: t('column.impact') }],
      width: '@table:w-[13%]',
      className: 'tabular-nums',
      cell: (row) => row.policy?.id !== undefined && <ImpactCell row={row} refreshing={refreshing} />,
    },
    {
      id: 'enabled',
      header: t('column.enabled'),
      width: '@table:w-34',
      cell: ({ namespace, policy }) =>
        policy === null ? (
          namespace !== undefined && (
            <GatedLink operation="retentionCreate" href={routes.retentionNew(at, namespace)}>
              {t('none.add')}
              <span className="sr-only"> ({namespace})</span>
            </GatedLink>
          )
        ) : (
          <span className="flex items-start gap-2.5">
            {policy.id !== undefined && namespace !== undefined && (
              <RetentionSwitch at={at} namespace={namespace} policy={policy} />
            )}
            <span>
              <EnabledStatus policy={policy} />
            </span>
          </span>
        ),
    },
    {
      id: 'menu',
      header: t('column.menu'),
      hiddenHeader: true,
      width: '@table:w-11',
      className: '@max-table:absolute @max-table:top-2 @max-table:right-2 @table:text-right',
      cell: ({ namespace, policy }) =>
        policy?.id !== undefined &&
        namespace !== undefined && (
          <RowMenu name={policy.name ?? `#${policy.id}`} actions={() => actionsOf(namespace, policy)} />
        ),
    },
  ]
}
