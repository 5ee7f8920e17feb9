'use client'

import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import { Status } from '@/components/ui/status'
import type { Run, TagPhase } from '@/lib/contract/swr/runs'
import { countedRow, countersOf, repositoriesOf } from '@/lib/policy/runs/counters'
import { isPreparing } from './run-head'
import { phases } from './search-params'
import { phaseKinds } from './tag-phase'

const colors = {
  succeeded: 'bg-ok',
  failed: 'bg-bad',
  running: 'bg-busy',
  waiting: 'bg-transparent',
  stopped: 'bg-line-strong',
  unknown: 'bg-warn',
} as const satisfies Record<TagPhase, string>

/** How far a run is, by tags; SWR's own counters are about repositories, and each number says which it counts. */
export function RunProgress({ run }: { run: Run }) {
  const t = useTranslations('run')
  const { tags, execution, complete, refreshing, cut, deletions } = run
  const listed = repositoriesOf(run)
  const total = phases.reduce((sum, phase) => sum + tags[phase], 0)
  // A run without a task has nothing to measure; why, is said above.
  if (listed === 0 && !isPreparing(run)) return null
  const shown = phases.filter((phase) => tags[phase] > 0)
  const words = shown.map((phase) => t(`count.${phase}`, { count: tags[phase] }))
  const { total: repositories, succeed, failed, stopped } = countersOf(countedRow(run))
  return (
    <section aria-label={t('progress.label')} className="mb-5 rounded-lg border border-line bg-surface px-3.5 py-3">
      <div
        role="progressbar"
        aria-label={t('progress.label')}
        aria-valuemin={0}
        aria-valuemax={Math.max(total, 1)}
        aria-valuenow={total - tags.waiting - tags.running}
        aria-valuetext={words.join(', ')}
        className="flex h-2 gap-px overflow-hidden rounded-full bg-sunken forced-colors:border"
      >
        {shown.map((phase) => (
          <span
            key={phase}
            className={clsx('min-w-0.5 transition-[flex-grow]', colors[phase])}
            style={{ flexGrow: tags[phase], flexBasis: 0 }}
          />
        ))}
      </div>
      <div className="mt-2.5 flex flex-wrap items-center gap-x-5 gap-y-1">
        {shown.map((phase) => (
          <Status key={phase} kind={phaseKinds[phase]}>
            {t(`count.${phase}`, { count: tags[phase] })}
          </Status>
        ))}
        <span className="flex-1" />
        <span className="text-ink-2 tabular-nums">{t('progress.total', { tags: total, repositories: listed })}</span>
      </div>
      {repositories > 0 && (
        <p className="mt-1 text-ink-3 text-xs tabular-nums">
          {t('progress.repositories', { total: repositories, succeed, failed, stopped })}
        </p>
      )}
      {deletions > 0 && <p className="mt-1 text-ink-2 text-sm">{t('progress.deletions', { count: deletions })}</p>}
      {cut !== null && (
        <Note tone="warn" className="mt-2">
          {t('progress.cut', { count: cut, failed: countersOf(execution).failed })}
        </Note>
      )}
      {!complete && cut === null && (
        <Note tone="warn" className="mt-2">
          {t(refreshing ? 'progress.reading' : 'progress.incomplete')}
        </Note>
      )}
    </section>
  )
}
