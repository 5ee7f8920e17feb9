'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Pager } from '@/components/table/pager'
import { Refresh } from '@/components/table/refresh'
import { ResourceTable } from '@/components/table/resource-table'
import { Empty } from '@/components/ui/empty'
import { apiPolling } from '@/lib/query/client'
import type { RetentionLocation } from '@/lib/routes'
import { useHistoryColumns } from './columns'
import { LockNote } from './lock'
import { NotBegun } from './not-begun'
import { pollHistory } from './queries'
import { historyAddress, historyInput } from './search-params'
import { DryRunButton, RunNowButton, useDryRunStart } from './start'

/** Executions of a policy as SWR lists them, with the console's own jobs beside them, and the way to a new one. */
export function RetentionRuns({ place, isScheduled }: { place: RetentionLocation; isScheduled: boolean }) {
  const t = useTranslations('retentionRuns')
  const c = useTranslations('common')
  const [view, setView] = useQueryStates(historyAddress, { history: 'push' })
  const history = useQuery({
    ...apiPolling('retentionHistoryList', historyInput(place, view)),
    refetchInterval: ({ state }) => pollHistory(state),
    placeholderData: keepPreviousData,
  })
  const columns = useHistoryColumns(place)
  const starting = useDryRunStart(place)
  const rows = history.data?.rows ?? []
  return (
    <section aria-labelledby="retention-runs" className="mt-6">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h2 id="retention-runs" className="mr-auto">
          {t('title')}
        </h2>
        <Refresh at={history.dataUpdatedAt} busy={history.isFetching} onRefresh={() => history.refetch()} />
        <DryRunButton start={starting} />
        <RunNowButton place={place} />
      </div>
      {starting.error && (
        <div className="mb-3">
          <ProblemPanel error={starting.error} />
        </div>
      )}
      <LockNote place={place} of="run" isScheduled={isScheduled} />
      <NotBegun place={place} runs={history.data?.notBegun ?? []} />
      <ResourceTable
        label={t('label')}
        columns={columns}
        rows={rows}
        rowId={({ execution }) => String(execution)}
        query={history}
        empty={
          view.page > 1 && history.data?.total !== 0 ? (
            <Empty title={c('pager.pastEnd')} />
          ) : (
            <Empty title={t('none')}>{t('noneText')}</Empty>
          )
        }
      />
      {!history.error && <Pager view={view} onChange={setView} total={history.data?.total} shown={rows.length} />}
    </section>
  )
}
