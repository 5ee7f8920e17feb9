'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { PageHeader } from '@/components/shell/page-header'
import { FilterBar } from '@/components/table/filter-bar'
import { Pager } from '@/components/table/pager'
import { Refresh } from '@/components/table/refresh'
import { ResourceTable } from '@/components/table/resource-table'
import { UnknownParams } from '@/components/table/unknown-params'
import { Button, buttonClass } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { policyKinds } from '@/lib/contract/vocabulary'
import { parseEnum } from '@/lib/policy/enum'
import { apiQuery } from '@/lib/query/client'
import { routes } from '@/lib/routes'
import { useAuditColumns } from './audit-columns'
import { AuditFilters, SinceFilter } from './audit-filters'
import { InstanceName } from './instance-link'
import { type AuditView, auditAddress, auditInput, filtersOf, scopeOf } from './search-params'

const AuditDialog = dynamic(() => import('./audit-dialog').then((module) => module.AuditDialog))

/** The audit log, newest first: filtered and paged by the server; the view and the open entry are in the address. */
export function AuditList() {
  const t = useTranslations('audit')
  const c = useTranslations('common')
  const [view, setView] = useQueryStates(auditAddress, { history: 'push' })
  const search = useSearchParams()
  const entries = useQuery({ ...apiQuery('auditList', auditInput(view)), placeholderData: keepPreviousData })
  const columns = useAuditColumns((id) => routes.auditView({ ...Object.fromEntries(search), entry: String(id) }))
  const rows = entries.data?.entries ?? []
  const filters = filtersOf(view)
  const filtered = Object.keys(filters).length > 0
  const clear = () => setView(null)
  const narrow: Parameters<typeof AuditFilters>[0]['onChange'] = (part) => setView({ ...part, page: null })
  return (
    <>
      <PageHeader
        crumbs={[]}
        title={t('title')}
        lead={t('lead')}
        actions={
          <>
            <Refresh at={entries.dataUpdatedAt} busy={entries.isFetching} onRefresh={() => entries.refetch()} />
            {(['csv', 'jsonl'] as const).map((format) => (
              <a
                key={format}
                href={routes.auditExport(format, { ...filters, ...scopeOf(view) })}
                download
                className={buttonClass()}
              >
                {t(`export.${format}`)}
              </a>
            ))}
          </>
        }
      />
      <UnknownParams parsers={auditAddress} />
      <div className="mb-3 flex flex-wrap items-center gap-2 print:hidden">
        <SinceFilter view={view} onChange={narrow} />
        <PlaceText view={view} />
        <FilterBar count={Object.keys(filters).length} onClear={filtered ? clear : undefined}>
          <AuditFilters view={view} onChange={narrow} />
        </FilterBar>
      </div>
      <ResourceTable
        label={t('label')}
        columns={columns}
        rows={rows}
        rowId={({ id }) => String(id)}
        query={entries}
        empty={
          view.page > 1 && entries.data?.total !== 0 ? (
            <Empty title={c('pager.pastEnd')} />
          ) : filtered ? (
            <Empty title={t('empty.filtered')} action={<Button onClick={clear}>{c('clearFilters')}</Button>}>
              {t('empty.filteredText')}
            </Empty>
          ) : (
            <Empty title={t('empty.none')}>{t('empty.noneText')}</Empty>
          )
        }
      />
      {entries.data?.exact === false && (
        <p className="mt-2 text-ink-2 text-sm">{t('inexact', { count: entries.data.total })}</p>
      )}
      {!entries.error && <Pager view={view} onChange={setView} total={entries.data?.total} shown={rows.length} />}
      {view.entry !== null && <AuditDialog key={view.entry} id={view.entry} onClose={() => setView({ entry: null })} />}
    </>
  )
}

/** What a link narrowed the log to: one policy, or one instance. */
function PlaceText({ view: { kind, objectId, connection, instance } }: { view: AuditView }) {
  const t = useTranslations('audit.filter.place')
  const known = parseEnum(policyKinds, kind)
  if (objectId && known) return <span className="font-medium">{t(known, { id: objectId })}</span>
  if (!instance) return null
  return (
    <span className="font-medium wrap-anywhere">
      {connection
        ? t.rich('instanceName', { name: () => <InstanceName at={{ connection, instance }} /> })
        : t('instance', { id: instance })}
    </span>
  )
}
