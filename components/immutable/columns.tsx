'use client'

import { useTranslations } from 'next-intl'
import { useCan } from '@/components/context/actor'
import { useCopyId } from '@/components/shell/copy-id'
import type { Column } from '@/components/table/column'
import { RowMenu } from '@/components/table/row-menu'
import { Status } from '@/components/ui/status'
import type { ImmutableRule } from '@/lib/contract/swr/immutable-rule'
import type { InstanceLocation } from '@/lib/routes'
import { SelectorText } from './selector-text'
import { RuleSwitch } from './switch'

/** How a rule is named by its namespace, where anybody knows that. */
export function useRuleName(namespaceOf: (rule: ImmutableRule) => string | undefined) {
  const t = useTranslations('immutable')
  return (rule: ImmutableRule) => namespaceOf(rule) ?? t('unnamed', { id: String(rule.id) })
}

export function useRuleColumns(
  at: InstanceLocation,
  {
    namespaceOf,
    open,
    onDelete,
  }: {
    namespaceOf: (rule: ImmutableRule) => string | undefined
    open: (id: number) => void
    onDelete: (rule: ImmutableRule) => void
  },
): Column<ImmutableRule>[] {
  const t = useTranslations('immutable')
  const c = useTranslations('common')
  const copyId = useCopyId()
  const nameOf = useRuleName(namespaceOf)
  const mayEdit = useCan('immutableRuleUpdate')
  const mayDelete = useCan('immutableRuleDelete')
  return [
    {
      id: 'namespace',
      header: t('column.namespace'),
      width: '@table:w-[24%]',
      className: 'wrap-anywhere',
      rowHeader: true,
      cell: (rule) => {
        const { id } = rule
        if (id === undefined) return <span className="text-ink-3">{c('unreadableRow')}</span>
        return (
          <button
            type="button"
            className="text-left font-medium hover:text-accent hover:underline"
            onClick={() => open(id)}
          >
            {nameOf(rule)}
          </button>
        )
      },
    },
    {
      id: 'tags',
      header: t('column.tags'),
      labelled: true,
      className: 'wrap-anywhere',
      cell: (rule) => rule.id !== undefined && <SelectorText side="tags" rule={rule} />,
    },
    {
      id: 'repositories',
      header: t('column.repositories'),
      labelled: true,
      width: '@table:w-[24%]',
      className: 'wrap-anywhere',
      cell: (rule) => rule.id !== undefined && <SelectorText side="repositories" rule={rule} />,
    },
    {
      id: 'enabled',
      header: t('column.enabled'),
      width: '@table:w-36',
      cell: (rule) => {
        const namespace = namespaceOf(rule)
        if (rule.id === undefined) return null
        return (
          <span className="flex items-start gap-2.5">
            {namespace !== undefined && <RuleSwitch at={at} rule={rule} namespace={namespace} />}
            <Status kind={rule.disabled ? 'off' : 'ok'}>{t(rule.disabled ? 'disabled' : 'enabled')}</Status>
          </span>
        )
      },
    },
    {
      id: 'acts',
      header: t('column.acts'),
      hiddenHeader: true,
      width: '@table:w-12',
      className: '@max-table:absolute @max-table:top-2 @max-table:right-0',
      cell: (rule) => {
        const { id } = rule
        if (id === undefined) return null
        const unnamed = namespaceOf(rule) === undefined ? t('unnamedText') : undefined
        return (
          <RowMenu
            name={nameOf(rule)}
            actions={() => [
              { label: t('edit'), run: () => open(id), disabledReason: mayEdit.reason ?? unnamed },
              copyId(id),
              {
                label: t('delete'),
                destructive: true,
                run: () => onDelete(rule),
                disabledReason: mayDelete.reason ?? unnamed,
              },
            ]}
          />
        )
      },
    },
  ]
}
