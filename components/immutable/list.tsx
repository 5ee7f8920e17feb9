'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { useState } from 'react'
import { ProblemPanel } from '@/components/shell/error-panel'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { GatedButton } from '@/components/shell/permission-button'
import { Pager } from '@/components/table/pager'
import { Refresh } from '@/components/table/refresh'
import { ResourceTable } from '@/components/table/resource-table'
import { SearchField } from '@/components/table/search-field'
import { pageWindow } from '@/components/table/search-params'
import { UnknownParams } from '@/components/table/unknown-params'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import type { ImmutableRule } from '@/lib/contract/swr/immutable-rule'
import { selectorsOf } from '@/lib/policy/immutable/selectors'
import type { InstanceLocation } from '@/lib/routes'
import { useRuleColumns } from './columns'
import { immutableAddress } from './queries'
import { useRules } from './use-rules'

const RulePanel = dynamic(() => import('./panel').then((module) => module.RulePanel), { ssr: false })
const DeleteRule = dynamic(() => import('./delete-dialog').then((module) => module.DeleteRule), { ssr: false })

/** Immutable tag rules of an instance, one for each namespace that has any; one of them, or a new one, in a panel. */
export function ImmutableRules({ at }: { at: InstanceLocation }) {
  const t = useTranslations('immutable')
  const c = useTranslations('common')
  const [view, setView] = useQueryStates(immutableAddress, { history: 'push' })
  const [deleting, setDeleting] = useState<{ rule: ImmutableRule; namespace: string } | null>(null)
  const { rows, namespaceOf, complete, first, failed, isFetching, refetch } = useRules(at)
  const open = (edit: number | 'new') => setView({ edit })
  const columns = useRuleColumns(at, {
    namespaceOf,
    open,
    onDelete: (rule) => {
      const namespace = namespaceOf(rule)
      if (namespace !== undefined) setDeleting({ rule, namespace })
    },
  })
  const part = view.q.trim().toLowerCase()
  const fitting = rows.filter((rule) => {
    const { tags, repositories } = selectorsOf(rule)
    return [namespaceOf(rule), tags?.pattern, repositories?.pattern].some((text = '') =>
      text.toLowerCase().includes(part),
    )
  })
  const { offset, limit } = pageWindow(view)
  const shown = fitting.slice(offset, offset + limit)
  const edited = view.edit === 'new' ? undefined : rows.find(({ id }) => id === view.edit)
  const close = () => setView({ edit: null })
  return (
    <>
      <InstanceCrumbs
        at={at}
        title={t('title')}
        lead={t('lead')}
        actions={
          <>
            <Refresh at={first.dataUpdatedAt} busy={isFetching} onRefresh={refetch} />
            <GatedButton operation="immutableRuleCreate" look="primary" onClick={() => open('new')}>
              {t('add')}
            </GatedButton>
          </>
        }
      />
      <UnknownParams parsers={immutableAddress} />
      <div className="mb-3 print:hidden">
        <SearchField value={view.q} onSearch={(q) => setView({ q: q || null, page: null })} />
      </div>
      {failed && (
        <div className="mb-3">
          <ProblemPanel error={failed} retry={refetch} />
        </div>
      )}
      {view.edit !== null && view.edit !== 'new' && !edited && complete && (
        <Note tone="warn" role="status" className="mb-3 flex flex-wrap items-center gap-2">
          {t('missing', { id: String(view.edit) })}
          <Button look="ghost" onClick={close}>
            {c('close')}
          </Button>
        </Note>
      )}
      <ResourceTable
        label={t('title')}
        columns={columns}
        rows={shown}
        rowId={({ id }, index) => String(id ?? `unreadable-${index}`)}
        query={first}
        empty={
          view.page > 1 && fitting.length > 0 ? (
            <Empty title={c('pager.pastEnd')} />
          ) : part === '' ? (
            <Empty title={t('none')}>{t('noneText')}</Empty>
          ) : (
            <Empty
              title={t('noneFound')}
              action={<Button onClick={() => setView({ q: null, page: null })}>{c('clearFilters')}</Button>}
            />
          )
        }
      />
      <Pager
        view={view}
        onChange={setView}
        total={complete ? fitting.length : undefined}
        all={rows.length}
        shown={shown.length}
      />
      {(view.edit === 'new' || edited) && (
        <RulePanel
          key={view.edit}
          at={at}
          rule={edited}
          namespace={edited && namespaceOf(edited)}
          onEdit={open}
          onClose={close}
        />
      )}
      {deleting && <DeleteRule at={at} {...deleting} onClose={() => setDeleting(null)} />}
    </>
  )
}
