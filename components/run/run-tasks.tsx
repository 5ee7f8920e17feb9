'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useRetryPlan } from '@/components/partial-run/retry-query'
import type { Column } from '@/components/table/column'
import { Pager } from '@/components/table/pager'
import { ResourceTable } from '@/components/table/resource-table'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { tooltip } from '@/components/ui/tooltip'
import type { Run, RunTask, TagCounts } from '@/lib/contract/swr/runs'
import { repositoryIn } from '@/lib/policy/runs/resource'
import { readTagPhase } from '@/lib/policy/runs/status'
import { apiPolling } from '@/lib/query/client'
import { CopiedLater, copiesByTag } from './copied-later'
import { pollRun, pollTags } from './run-polling'
import { type RunPlace, type RunView, runTasksInput } from './search-params'
import { PhaseStatus } from './tag-phase'
import { useTimeColumns } from './time-columns'

type Change = (
  next: Partial<Pick<RunView, 'page' | 'size' | 'part' | 'repository'>> & { phase?: null; q?: null },
) => unknown

/** The repositories of a run, as SWR's tasks; each leads to its tags. */
export function RunTasks({
  at,
  run,
  view,
  onChange,
  onClear,
}: {
  at: RunPlace
  run: Run
  view: RunView
  onChange: Change
  onClear: () => void
}) {
  const t = useTranslations('run')
  const c = useTranslations('common')
  const poll = pollTags(run, pollRun({ data: run, error: null, dataUpdateCount: 0 }) !== false)
  const tasks = useQuery({
    ...apiPolling('runTaskList', runTasksInput(at, view)),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => poll(state),
  })
  const rows = tasks.data?.tasks ?? []
  const columns = useTaskColumns(at, run, (repository) =>
    onChange({ part: 'tags', repository, phase: null, q: null, page: 1 }),
  )
  return (
    <>
      <ResourceTable
        label={t('repositories.label')}
        columns={columns}
        rows={rows}
        rowId={({ id }, index) => `${id} ${index}`}
        query={tasks}
        empty={
          view.page > 1 && tasks.data?.total !== 0 ? (
            <Empty title={c('pager.pastEnd')} />
          ) : (
            <Empty title={t('repositories.filtered')} action={<Button onClick={onClear}>{c('clearFilters')}</Button>} />
          )
        }
      />
      <Pager view={view} onChange={onChange} total={tasks.data?.total} shown={rows.length} />
    </>
  )
}

const sum = (counts: TagCounts) => Object.values(counts).reduce((total, count) => total + count, 0)

function useTaskColumns(at: RunPlace, run: Run, show: (repository: string) => void): Column<RunTask>[] {
  const t = useTranslations('run')
  const c = useTranslations('common')
  const copies = copiesByTag(useRetryPlan(at, run).data)
  return [
    {
      id: 'repository',
      header: t('repositories.repository'),
      className: 'wrap-anywhere',
      cell: ({ repository, act }) => (
        <>
          {repository ? (
            <button
              type="button"
              {...tooltip(t('repositories.show', { repository }))}
              className="text-left font-mono text-sm hover:text-accent hover:underline"
              onClick={() => show(repository)}
            >
              {repository}
            </button>
          ) : (
            <span className="text-ink-3">{c('unreadableRow')}</span>
          )}
          {act === 'deletion' && <small className="mt-px block text-ink-3 text-xs">{t('repositories.deletion')}</small>}
        </>
      ),
    },
    {
      id: 'target',
      header: t('repositories.target'),
      labelled: true,
      className: 'text-ink-2 wrap-anywhere',
      cell: ({ target }) => <span className="font-mono text-sm">{repositoryIn(target)}</span>,
    },
    {
      id: 'status',
      header: t('repositories.status'),
      width: '@table:w-40',
      cell: ({ act, status, whole, repository }) => (
        <>
          <PhaseStatus act={act} phase={readTagPhase(status)} status={status} />
          {whole && <small className="mt-px block text-bad text-xs">{t('repositories.whole')}</small>}
          {whole && <CopiedLater at={at} copy={copies.get(`${repository}:`)} />}
        </>
      ),
    },
    {
      id: 'copied',
      header: t('repositories.copied'),
      labelled: true,
      width: '@table:w-40',
      className: 'tabular-nums',
      cell: ({ tags, act }) =>
        tags === null ? (
          <span className="text-ink-3">{t('repositories.unread')}</span>
        ) : (
          act === 'copy' && (
            <>
              {t('repositories.counts', { succeeded: tags.succeeded, total: sum(tags) })}
              {tags.failed > 0 && (
                <small className="block text-bad text-xs">{t('repositories.failed', { failed: tags.failed })}</small>
              )}
            </>
          )
        ),
    },
    ...useTimeColumns(),
  ]
}
