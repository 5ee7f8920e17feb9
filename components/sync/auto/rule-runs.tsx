'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Ago } from '@/components/shell/relative-time'
import type { Column } from '@/components/table/column'
import { ResourceTable } from '@/components/table/resource-table'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Sheet, SheetBody, SheetFoot } from '@/components/ui/sheet'
import { Status, type StatusKind } from '@/components/ui/status'
import type { AutoSyncRun } from '@/lib/contract/swr/basic'
import { apiQuery } from '@/lib/query/client'
import { runsInput, runsPageSize } from './search-params'

/** SWR's words (docs/swr-api.md section 11); any other is shown as it came. */
const statuses = {
  waiting: 'off',
  running: 'busy',
  success: 'claimed',
  existed: 'claimed',
  failed: 'bad',
  timeout: 'bad',
  cancel: 'off',
} as const satisfies Record<string, StatusKind>
type Word = keyof typeof statuses
const isWord = (status: string): status is Word => Object.hasOwn(statuses, status)

/** What automatic sync has done for a repository, newest first, as SWR tells it. */
export function RuleRuns({
  connection,
  organization,
  repository,
  page,
  onPage,
  onClose,
}: {
  connection: string
  organization: string
  repository: string
  page: number
  onPage: (page: number) => void
  onClose: () => void
}) {
  const t = useTranslations('sync.auto.run')
  const c = useTranslations('common')
  const runs = useQuery({
    ...apiQuery('autoSyncRunList', runsInput(connection, organization, repository, page)),
    placeholderData: keepPreviousData,
  })
  const rows = runs.data?.items ?? []
  const total = runs.data?.total
  const isLast = total === undefined ? rows.length < runsPageSize : page * runsPageSize >= total
  const columns: Column<AutoSyncRun>[] = [
    {
      id: 'tag',
      header: t('tag'),
      rowHeader: true,
      className: 'wrap-anywhere',
      cell: ({ tag }) => (tag ? <span className="font-mono text-xs/5">{tag}</span> : c('unreadableRow')),
    },
    {
      id: 'target',
      header: t('target'),
      className: 'wrap-anywhere',
      cell: ({ remoteRegionId, remoteNamespace }) => `${remoteRegionId ?? ''} · ${remoteNamespace ?? ''}`,
    },
    {
      id: 'status',
      header: t('status'),
      cell: ({ status = '' }) =>
        isWord(status) ? <Status kind={statuses[status]}>{t(`state.${status}`)}</Status> : status,
    },
    { id: 'at', header: t('at'), cell: ({ updatedAt, createdAt }) => <Ago time={updatedAt ?? createdAt} /> },
  ]
  return (
    <Sheet
      title={t('title', { repository: `${organization}/${repository}` })}
      closeLabel={c('close')}
      onClose={onClose}
    >
      <SheetBody>
        <p className="mb-3 text-ink-2 text-sm">{t('lead')}</p>
        <ResourceTable
          label={t('label')}
          columns={columns}
          rows={rows}
          rowId={({ id }, index) => String(id ?? `unreadable-${index}`)}
          query={runs}
          empty={<Empty title={page > 1 ? c('pager.pastEnd') : t('none')} />}
        />
      </SheetBody>
      <SheetFoot>
        <Button aria-disabled={page <= 1} onClick={() => page > 1 && onPage(page - 1)}>
          {c('pager.previous')}
        </Button>
        <Button aria-disabled={isLast} onClick={() => isLast || onPage(page + 1)}>
          {c('pager.next')}
        </Button>
      </SheetFoot>
    </Sheet>
  )
}
