'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { Refresh } from '@/components/table/refresh'
import { SearchField } from '@/components/table/search-field'
import type { Problem } from '@/lib/contract/problem'
import type { Run, TagPhase } from '@/lib/contract/swr/runs'
import type { Direction } from '@/lib/policy/replication/form'
import { readTagPhase } from '@/lib/policy/runs/status'
import { RunExport } from './run-export'
import { RunFilters } from './run-filters'
import { RunTags } from './run-tags'
import { RunTasks } from './run-tasks'
import { phases, type RunPlace, runAddress } from './search-params'

const parts = ['tags', 'repositories'] as const

/** The tags of a run, or its repositories; filtered and paged, and the view is in the address. */
export function RunParts({
  at,
  run,
  side,
}: {
  at: RunPlace
  run: UseQueryResult<Run, Problem> & { data: Run }
  side: Direction
}) {
  const t = useTranslations('run')
  const [view, setView] = useQueryStates(runAddress, { history: 'push' })
  const { data } = run
  if (data.tasks.length === 0) return null
  const byTask = Object.fromEntries(
    phases.map((phase) => [phase, data.tasks.filter(({ status }) => readTagPhase(status) === phase).length]),
  )
  const counts: Readonly<Record<string, number>> = view.part === 'tags' ? data.tags : byTask
  const change = (next: { phase?: TagPhase | null; cause?: null; repository?: string | null; q?: string | null }) =>
    setView({ ...next, page: null })
  return (
    <section aria-label={t(`tab.${view.part}`)}>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would have to look like one */}
        <div role="group" aria-label={t('tab.label')} className="mr-2 flex gap-3">
          {parts.map((part) => (
            <button
              key={part}
              type="button"
              aria-pressed={view.part === part}
              className={clsx(
                'h-8 border-b-2 font-semibold',
                view.part === part ? 'border-ink' : 'border-transparent text-ink-2 hover:text-ink',
              )}
              onClick={() => setView({ part, phase: null, cause: null, repository: null, page: null })}
            >
              {t(`tab.${part}`)}
            </button>
          ))}
        </div>
        <span className="flex-1" />
        <Refresh at={run.dataUpdatedAt} busy={run.isFetching} onRefresh={() => run.refetch()} />
        <RunExport at={at} view={view} />
      </div>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchField value={view.q} onSearch={(q) => change({ q: q || null })} />
        <RunFilters view={view} counts={counts} side={side} onChange={change} />
      </div>
      {view.part === 'tags' ? <RunTags at={at} run={data} quiet={run.isError} /> : <RunTasks run={data} />}
    </section>
  )
}
