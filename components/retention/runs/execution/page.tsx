'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { Ago } from '@/components/shell/relative-time'
import { Pager } from '@/components/table/pager'
import { Refresh } from '@/components/table/refresh'
import { ResourceTable } from '@/components/table/resource-table'
import { SearchField } from '@/components/table/search-field'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { readStatus } from '@/lib/policy/runs/status'
import { apiPolling } from '@/lib/query/client'
import type { RetentionLocation } from '@/lib/routes'
import { useRunPolicy } from '../crumbs'
import { ExecutionStatus } from '../execution-status'
import { RetentionFailures } from '../failures'
import { ReadProblem } from '../run-frame'
import { useTaskColumns } from './columns'
import { ExecutionRules } from './rules'
import { executionAddress, executionInput } from './search-params'
import { ExecutionSummary } from './summary'
import { TaskImages } from './task-images'

const pollMs = 3_000

/** One execution as SWR tells it, also one that a schedule began: repositories with what they kept, and their images. */
export function ExecutionPage({ place, id }: { place: RetentionLocation; id: number }) {
  const t = useTranslations('retentionRuns.execution')
  const c = useTranslations('common')
  const [view, setView] = useQueryStates(executionAddress, { history: 'push' })
  const query = useQuery({
    ...apiPolling('retentionExecutionShow', executionInput(place, id, view)),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      !state.error && state.data && readStatus(state.data.status).phase === 'running' ? pollMs : false,
  })
  const { href, between } = useRunPolicy(place)
  const { data } = query
  const told = data ?? { dryRun: null, status: '' }
  const columns = useTaskColumns(told, (task) => setView({ task, images: null }))
  const name = t('name', { id: String(id) })
  const open = view.task === null ? undefined : data?.repositories.rows.find(({ task }) => task === view.task)
  if (!data && query.error)
    return (
      <>
        <InstanceCrumbs at={place} between={between} title={name} />
        <ReadProblem query={query} isRead={false} toPolicy={href} />
      </>
    )
  return (
    <>
      <InstanceCrumbs
        at={place}
        between={between}
        title={name}
        status={data && <ExecutionStatus status={data.status} />}
        lead={data?.start && t.rich('started', { ago: () => <Ago time={data.start ?? undefined} /> })}
        actions={<Refresh at={query.dataUpdatedAt} busy={query.isFetching} onRefresh={() => query.refetch()} />}
      />
      {data && <ExecutionSummary place={place} execution={data} />}
      {data && <ExecutionRules rules={data.rules} job={data.job} />}
      {data && <RetentionFailures failures={data.failures} />}
      <h2 className="mb-2">{t('repositories')}</h2>
      <div className="mb-3 flex flex-wrap items-center gap-2 print:hidden">
        <SearchField value={view.q} onSearch={(q) => setView({ q: q || null, page: null })} />
      </div>
      <ResourceTable
        label={t('repositories')}
        columns={columns}
        rows={data?.repositories.rows ?? []}
        rowId={({ task }) => String(task)}
        query={query}
        empty={
          view.page > 1 && data?.repositories.total !== 0 ? (
            <Empty title={c('pager.pastEnd')} />
          ) : view.q ? (
            <Empty
              title={t('filtered')}
              action={<Button onClick={() => setView({ q: null, page: null })}>{c('clearFilters')}</Button>}
            />
          ) : (
            <Empty title={t('none')}>{t('noneText')}</Empty>
          )
        }
      />
      <Pager
        view={view}
        onChange={setView}
        total={data?.repositories.total}
        shown={data?.repositories.rows.length ?? 0}
      />
      {view.task !== null && (
        <TaskImages
          place={place}
          id={id}
          execution={told}
          readAt={query.dataUpdatedAt}
          task={view.task}
          repository={open?.name ?? `#${view.task}`}
          page={Math.max(view.images, 1)}
          onPage={(images) => setView({ images })}
          onClose={() => setView({ task: null, images: null })}
        />
      )}
    </>
  )
}
