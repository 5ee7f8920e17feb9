'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import type { Column } from '@/components/table/column'
import { Pager } from '@/components/table/pager'
import { ResourceTable } from '@/components/table/resource-table'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import type { Run, RunTag } from '@/lib/contract/swr/runs'
import { ownPolling } from '@/lib/query/own'
import { pollRun, pollTags } from './run-polling'
import { type RunPlace, runAddress, runTagsInput, tagFilters } from './search-params'
import { PhaseStatus } from './tag-phase'
import { useTimeColumns } from './time-columns'

/** What became of each tag, and why; what ended last stands first. `quiet`: the failure is told elsewhere already. */
export function RunTags({ at, run, quiet }: { at: RunPlace; run: Run; quiet: boolean }) {
  const t = useTranslations('run')
  const c = useTranslations('common')
  const [view, setView] = useQueryStates(runAddress, { history: 'push' })
  const moves = pollRun({ data: run, error: null, dataUpdateCount: 0 }) !== false
  const poll = pollTags(run, moves && !quiet)
  const tags = useQuery({
    ...ownPolling('runTagList', runTagsInput(at, view)),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => poll(state),
  })
  const columns = useTagColumns()
  const rows = tags.data?.tags ?? []
  const clear = () => setView({ phase: null, cause: null, repository: null, q: null, page: null })
  return (
    <>
      <ResourceTable
        label={t('tags.label')}
        columns={columns}
        rows={rows}
        rowId={({ task, repository, tag, digest }, index) =>
          `${task} ${repository}:${tag} ${digest} ${tag ? '' : index}`
        }
        query={quiet && rows.length > 0 ? { ...tags, error: null, failureReason: null } : tags}
        empty={
          view.page > 1 && tags.data?.total !== 0 ? (
            <Empty title={c('pager.pastEnd')} />
          ) : Object.keys(tagFilters(view)).length > 0 ? (
            <Empty title={t('tags.filtered')} action={<Button onClick={clear}>{c('clearFilters')}</Button>} />
          ) : (
            <Empty title={t('tags.none')}>{t('tags.noneText')}</Empty>
          )
        }
      />
      <Pager
        paging={{ page: Math.max(view.page, 1), size: view.size, change: setView }}
        total={tags.data?.total}
        shown={rows.length}
      />
    </>
  )
}

function useTagColumns(): Column<RunTag>[] {
  const t = useTranslations('run')
  return [
    {
      id: 'tag',
      header: t('tags.tag'),
      className: 'wrap-anywhere @table:w-[34%]',
      cell: ({ repository, tag, digest }) => (
        <span className="font-mono text-sm">
          {tag ? `${repository}:${tag}` : `${repository}@${digest.slice(0, 19)} ${t('tags.untagged')}`}
        </span>
      ),
    },
    {
      id: 'status',
      header: t('tags.status'),
      className: '@table:w-40',
      cell: ({ phase, status }) => <PhaseStatus phase={phase} status={status} />,
    },
    { id: 'reason', header: t('tags.reason'), className: 'text-ink-2 wrap-anywhere', cell: ({ text }) => text },
    ...useTimeColumns(),
  ]
}
