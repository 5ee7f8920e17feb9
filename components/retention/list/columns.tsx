'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { Column } from '@/components/table/column'
import type { Namespace } from '@/lib/contract/swr/repository'
import type { Retention } from '@/lib/contract/swr/retention'
import { type InstanceLocation, routes } from '@/lib/routes'
import { TriggerText } from '../../schedule/trigger-text'
import { KeepsText } from '../policy/keeps-text'
import { RepositorySelectors, TagSelectors } from '../policy/selector-text'
import { EnabledStatus, RetentionSwitch } from '../policy-switch'

/** What one policy shows in the list. Fields that SWR left out or garbled stay empty, each on its own. */
export function useRetentionColumns(at: InstanceLocation, namespaces: readonly Namespace[]): Column<Retention>[] {
  const t = useTranslations('retention')
  const c = useTranslations('common')
  // SWR asks for the name in addresses; rows that only carry the id are helped by the list of namespaces.
  const namespaceOf = ({ namespace_name, namespace_id: id }: Retention) =>
    namespace_name ?? namespaces.find(({ namespace_id }) => id !== undefined && namespace_id === id)?.name
  return [
    {
      id: 'name',
      header: t('column.name'),
      width: '@table:w-[17%]',
      cell: (policy) => {
        const { id, name } = policy
        const namespace = namespaceOf(policy)
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
      width: '@table:w-[11%]',
      className: 'wrap-anywhere',
      cell: (policy) => namespaceOf(policy) ?? (policy.namespace_id === undefined ? '' : `#${policy.namespace_id}`),
    },
    {
      id: 'keeps',
      header: t('column.keeps'),
      width: '@table:w-[17%]',
      className: 'tabular-nums',
      cell: ({ id, rules }) => id !== undefined && <KeepsText rules={rules} />,
    },
    {
      id: 'tags',
      header: t('column.tags'),
      labelled: true,
      width: '@table:w-[13%]',
      cell: ({ rules }) => <TagSelectors rules={rules} />,
    },
    {
      id: 'repositories',
      header: t('column.repositories'),
      labelled: true,
      cell: ({ rules }) => <RepositorySelectors rules={rules} />,
    },
    {
      id: 'when',
      header: t('column.when'),
      width: '@table:w-[14%]',
      className: 'tabular-nums',
      cell: (policy) => policy.id !== undefined && <TriggerText {...policy} />,
    },
    {
      id: 'enabled',
      header: t('column.enabled'),
      width: '@table:w-36',
      cell: (policy) => {
        const namespace = namespaceOf(policy)
        return (
          <span className="flex items-start gap-2.5">
            {policy.id !== undefined && namespace !== undefined && (
              <RetentionSwitch at={at} namespace={namespace} policy={policy} />
            )}
            <span>
              <EnabledStatus policy={policy} />
            </span>
          </span>
        )
      },
    },
  ]
}
