'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { useState } from 'react'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { GatedButton } from '@/components/shell/permission-button'
import { Pager } from '@/components/table/pager'
import { Refresh } from '@/components/table/refresh'
import { ResourceTable } from '@/components/table/resource-table'
import { UnknownParams } from '@/components/table/unknown-params'
import { Empty } from '@/components/ui/empty'
import type { ImmutableRule } from '@/lib/contract/swr/immutable-rule'
import { apiQuery } from '@/lib/query/client'
import { firstNamespaces } from '@/lib/query/queries'
import type { InstanceLocation } from '@/lib/routes'
import { useRuleColumns } from './columns'
import { immutableAddress, immutableInput } from './queries'

const RulePanel = dynamic(() => import('./panel').then((module) => module.RulePanel), { ssr: false })
const DeleteRule = dynamic(() => import('./delete-dialog').then((module) => module.DeleteRule), { ssr: false })

/** Immutable tag rules of an instance, one for each namespace that has any; one of them, or a new one, in a panel. */
export function ImmutableRules({ at }: { at: InstanceLocation }) {
  const t = useTranslations('immutable')
  const c = useTranslations('common')
  const [view, setView] = useQueryStates(immutableAddress, { history: 'push' })
  const [deleting, setDeleting] = useState<ImmutableRule | null>(null)
  const rules = useQuery({
    ...apiQuery('immutableRuleList', immutableInput(at, view)),
    placeholderData: keepPreviousData,
  })
  const namespaces = useQuery(apiQuery('namespaceList', firstNamespaces(at))).data?.namespaces ?? []
  // SWR asks for the name in addresses; rows that only carry the id are helped by the list of namespaces.
  const namespaceOf = ({ namespace_name: name, namespace_id: id }: ImmutableRule) =>
    name ?? namespaces.find(({ namespace_id }) => id !== undefined && namespace_id === id)?.name
  const open = (edit: number | 'new') => setView({ edit })
  const columns = useRuleColumns(at, { namespaceOf, open, onDelete: setDeleting })
  const rows = rules.data?.immutable_rules ?? []
  const edited = view.edit === 'new' ? undefined : rows.find(({ id }) => id === view.edit)
  return (
    <>
      <InstanceCrumbs
        at={at}
        title={t('title')}
        lead={t('lead')}
        actions={
          <>
            <Refresh at={rules.dataUpdatedAt} busy={rules.isFetching} onRefresh={() => rules.refetch()} />
            <GatedButton operation="immutableRuleCreate" look="primary" onClick={() => open('new')}>
              {t('add')}
            </GatedButton>
          </>
        }
      />
      <UnknownParams parsers={immutableAddress} />
      <ResourceTable
        label={t('title')}
        columns={columns}
        rows={rows}
        rowId={({ id }, index) => String(id ?? `unreadable-${index}`)}
        query={rules}
        empty={
          view.page > 1 && rules.data?.total !== 0 ? (
            <Empty title={c('pager.pastEnd')} />
          ) : (
            <Empty title={t('none')}>{t('noneText')}</Empty>
          )
        }
      />
      <Pager view={view} onChange={setView} total={rules.data?.total} shown={rows.length} />
      {view.edit !== null && (view.edit === 'new' || edited) && (
        <RulePanel
          key={view.edit}
          at={at}
          rule={edited}
          namespace={edited && namespaceOf(edited)}
          onClose={() => setView({ edit: null })}
        />
      )}
      {deleting && (
        <DeleteRule at={at} rule={deleting} namespace={namespaceOf(deleting) ?? ''} onClose={() => setDeleting(null)} />
      )}
    </>
  )
}
