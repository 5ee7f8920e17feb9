'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useRetryPlan } from '@/components/partial-run/retry-query'
import type { Column } from '@/components/table/column'
import { Pager } from '@/components/table/pager'
import { ResourceTable } from '@/components/table/resource-table'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import type { Run, RunTag } from '@/lib/contract/swr/runs'
import { apiPolling } from '@/lib/query/client'
import { CopiedLater, copiesByTag } from './copied-later'
import { useFailureTitle } from './failure-title'
import { pollRun, pollTags } from './run-polling'
import { type RunPlace, type RunView, runTagsInput, tagFilters } from './search-params'
import { PhaseStatus } from './tag-phase'
import { useTimeColumns } from './time-columns'

/** What became of each tag, and why; what ended last stands first. `quiet`: the failure is told elsewhere already. */
export function RunTags({
  at,
  run,
  view,
  side,
  quiet,
  onChange,
  onClear,
}: {
  at: RunPlace
  run: Run
  view: RunView
  side: string
  quiet: boolean
  onChange: (next: Partial<Pick<RunView, 'page' | 'size'>>) => unknown
  onClear: () => void
}) {
  const t = useTranslations('run')
  const c = useTranslations('common')
  const moves = pollRun({ data: run, error: null, dataUpdateCount: 0 }) !== false
  const poll = pollTags(run, moves && !quiet)
  const tags = useQuery({
    ...apiPolling('runTagList', runTagsInput(at, view)),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => poll(state),
  })
  const columns = useTagColumns(at, run, side)
  const rows = tags.data?.tags ?? []
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
            <Empty title={t('tags.filtered')} action={<Button onClick={onClear}>{c('clearFilters')}</Button>} />
          ) : (
            <Empty title={t('tags.none')}>{t('tags.noneText')}</Empty>
          )
        }
      />
      <Pager view={view} onChange={onChange} total={tags.data?.total} shown={rows.length} />
    </>
  )
}

function useTagColumns(at: RunPlace, run: Run, side: string): Column<RunTag>[] {
  const t = useTranslations('run')
  const copies = copiesByTag(useRetryPlan(at, run).data)
  return [
    {
      id: 'tag',
      header: t('tags.tag'),
      width: '@table:w-[34%]',
      className: 'wrap-anywhere',
      cell: ({ repository, tag, digest }) => (
        <span className="font-mono text-sm">
          {tag ? `${repository}:${tag}` : `${repository}@${digest.slice(0, 19)} ${t('tags.untagged')}`}
        </span>
      ),
    },
    {
      id: 'status',
      header: t('tags.status'),
      width: '@table:w-32',
      cell: ({ act, phase, status, repository, tag }) => (
        <>
          <PhaseStatus act={act} phase={phase} status={status} />
          {phase === 'failed' && <CopiedLater at={at} copy={copies.get(`${repository}:${tag}`)} />}
        </>
      ),
    },
    {
      id: 'reason',
      header: t('tags.reason'),
      className: 'text-ink-2 wrap-anywhere',
      cell: (row) => <Reason row={row} side={side} />,
    },
    ...useTimeColumns(),
  ]
}

/** The cause in a few words; SWR's own text, which stands above once for all tags with it, on demand. */
function Reason({ row: { cause, text }, side }: { row: RunTag; side: string }) {
  const t = useTranslations('run')
  const title = useFailureTitle(side)
  if (cause === null) return text
  const short = title({ cause, text })
  if (!text || text === short) return short
  return (
    <details>
      <summary className="cursor-pointer">{short}</summary>
      <p className="mt-0.5 select-all font-mono text-xs">
        <span className="sr-only">{t('tags.raw')}: </span>
        {text}
      </p>
    </details>
  )
}
