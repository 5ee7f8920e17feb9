'use client'

import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import type { Column } from '@/components/table/column'
import { Pager } from '@/components/table/pager'
import { ResourceTable } from '@/components/table/resource-table'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { tooltip } from '@/components/ui/tooltip'
import type { Run, RunTask, TagCounts } from '@/lib/contract/swr/runs'
import { repositoryIn } from '@/lib/policy/runs/resource'
import { readTagPhase } from '@/lib/policy/runs/status'
import { type RunView, runAddress } from './search-params'
import { PhaseStatus } from './tag-phase'
import { useTimeColumns } from './time-columns'

/** They came with the run: nothing is waited for. */
const here = { isPending: false, isPlaceholderData: false, error: null, failureReason: null, refetch: () => {} }

const fits =
  ({ phase, q }: RunView) =>
  ({ status, repository, target }: RunTask) =>
    (!phase || readTagPhase(status) === phase) && `${repository} ${target}`.toLowerCase().includes(q.toLowerCase())

/** The repositories of a run, as SWR's tasks; each leads to its tags. */
export function RunTasks({ run }: { run: Run }) {
  const t = useTranslations('run')
  const c = useTranslations('common')
  const [view, setView] = useQueryStates(runAddress, { history: 'push' })
  const page = Math.max(view.page, 1)
  const fitting = run.tasks.filter(fits(view))
  const rows = fitting.slice((page - 1) * view.size, page * view.size)
  const columns = useTaskColumns((repository) =>
    setView({ part: 'tags', repository, phase: null, q: null, page: null }),
  )
  return (
    <>
      <ResourceTable
        label={t('repositories.label')}
        columns={columns}
        rows={rows}
        rowId={({ id }, index) => `${id} ${index}`}
        query={here}
        empty={
          fitting.length > 0 ? (
            <Empty title={c('pager.pastEnd')} />
          ) : (
            <Empty
              title={t('repositories.filtered')}
              action={
                <Button onClick={() => setView({ phase: null, q: null, page: null })}>{c('clearFilters')}</Button>
              }
            />
          )
        }
      />
      <Pager paging={{ page, size: view.size, change: setView }} total={fitting.length} shown={rows.length} />
    </>
  )
}

const sum = (counts: TagCounts) => Object.values(counts).reduce((total, count) => total + count, 0)

function useTaskColumns(show: (repository: string) => void): Column<RunTask>[] {
  const t = useTranslations('run')
  const c = useTranslations('common')
  return [
    {
      id: 'repository',
      header: t('repositories.repository'),
      className: 'wrap-anywhere',
      cell: ({ repository }) =>
        repository ? (
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
      className: '@table:w-40',
      cell: ({ status }) => <PhaseStatus phase={readTagPhase(status)} status={status} />,
    },
    {
      id: 'copied',
      header: t('repositories.copied'),
      labelled: true,
      className: 'tabular-nums @table:w-40',
      cell: ({ tags }) =>
        tags === null ? (
          <span className="text-ink-3">{t('repositories.unread')}</span>
        ) : (
          <>
            {t('repositories.counts', { succeeded: tags.succeeded, total: sum(tags) })}
            {tags.failed > 0 && (
              <small className="block text-bad text-xs">{t('repositories.failed', { failed: tags.failed })}</small>
            )}
          </>
        ),
    },
    ...useTimeColumns(),
  ]
}
