'use client'

import { useTranslations } from 'next-intl'
import { useCan } from '@/components/context/actor'
import { useCopyId } from '@/components/shell/copy-id'
import type { Column } from '@/components/table/column'
import { RowMenu } from '@/components/table/row-menu'
import { Chip } from '@/components/ui/code'
import { Status } from '@/components/ui/status'
import type { ImmutableRule } from '@/lib/contract/swr/immutable-rule'
import { allBut } from '@/lib/policy/immutable/all-but'
import { selectorsOf } from '@/lib/policy/immutable/form'
import type { InstanceLocation } from '@/lib/routes'
import { RuleSwitch } from './switch'

const allButLatest = allBut('latest')

/** What a pattern takes: in words where there are any. */
export function TagsText({ pattern, decoration }: { pattern: string | undefined; decoration: string | undefined }) {
  const t = useTranslations('immutable')
  if (pattern === allButLatest) return t('tags.allButLatest')
  return (
    <>
      {/* A rule may have been made elsewhere, in a way that SWR does not document. */}
      {decoration === 'excludes' && `${t('tags.excludes')} `}
      {!pattern || pattern === '**' ? t('tags.all') : <Chip>{pattern}</Chip>}
    </>
  )
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
            {namespaceOf(rule) ?? `#${rule.namespace_id}`}
          </button>
        )
      },
    },
    {
      id: 'tags',
      header: t('column.tags'),
      labelled: true,
      className: 'wrap-anywhere',
      cell: (rule) =>
        rule.id !== undefined && <TagsText pattern="" decoration={undefined} {...selectorsOf(rule).tags} />,
    },
    {
      id: 'repositories',
      header: t('column.repositories'),
      labelled: true,
      width: '@table:w-[24%]',
      className: 'wrap-anywhere',
      cell: (rule) => {
        const pattern = selectorsOf(rule).repositories?.pattern
        return rule.id === undefined ? null : !pattern || pattern === '**' ? (
          t('allRepositories')
        ) : (
          <Chip>{pattern}</Chip>
        )
      },
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
        return (
          <RowMenu
            name={namespaceOf(rule) ?? `#${id}`}
            actions={() => [
              { label: t('edit'), run: () => open(id), disabledReason: mayEdit.reason },
              copyId(id),
              {
                label: t('delete'),
                destructive: true,
                run: () => onDelete(rule),
                disabledReason: mayDelete.reason,
              },
            ]}
          />
        )
      },
    },
  ]
}
