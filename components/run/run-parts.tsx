'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { useState } from 'react'
import { Refresh } from '@/components/table/refresh'
import { SearchField } from '@/components/table/search-field'
import type { Problem } from '@/lib/contract/problem'
import type { Run, TagPhase } from '@/lib/contract/swr/runs'
import type { Direction } from '@/lib/policy/replication/form'
import { repositoriesOf } from '@/lib/policy/runs/counters'
import { RunExport } from './run-export'
import { RunFilters } from './run-filters'
import { RunTags } from './run-tags'
import { RunTasks } from './run-tasks'
import { chosenView, presetOf, type RunPlace, runAddress } from './search-params'

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
  const [asked, setView] = useQueryStates(runAddress, { history: 'push' })
  // As it was when it was opened: what one looks at does not change when the run ends.
  const [preset] = useState(() => presetOf(run.data))
  const { data } = run
  if (repositoriesOf(data) === 0) return null
  const view = chosenView(asked, preset)
  const counts: Readonly<Record<string, number>> = view.part === 'tags' ? data.tags : data.repositories
  const noPhase = preset !== null && view.part === 'tags' ? 'all' : null
  const change = ({
    phase,
    ...next
  }: {
    phase?: TagPhase | null
    cause?: null
    repository?: null
    q?: string | null
  }) => setView({ ...next, ...(phase !== undefined && { phase: phase ?? noPhase }), page: null })
  const clear = () => setView({ phase: noPhase, cause: null, repository: null, q: null, page: null })
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
      {view.part === 'tags' ? (
        <RunTags at={at} run={data} view={view} side={side} quiet={run.isError} onChange={setView} onClear={clear} />
      ) : (
        <RunTasks at={at} run={data} view={view} onChange={setView} onClear={clear} />
      )}
    </section>
  )
}
