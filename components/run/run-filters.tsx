'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { filterChipClass } from '@/components/table/filter-chip'
import type { TagPhase } from '@/lib/contract/swr/runs'
import type { Direction } from '@/lib/policy/replication/form'
import { phases, type RunView } from './search-params'

/** One chip for each status that occurs, and one for whatever else the list is narrowed by. */
export function RunFilters({
  view,
  counts,
  side,
  onChange,
}: {
  view: RunView
  side: Direction
  counts: Readonly<Record<string, number>>
  onChange: (next: { phase?: TagPhase | null; cause?: null; repository?: null }) => void
}) {
  const t = useTranslations('run')
  const shown = phases.filter((phase) => (counts[phase] ?? 0) > 0 || view.phase === phase)
  const narrowed = [
    ...(view.cause
      ? [{ name: 'cause', text: t('filter.cause', { cause: t(`why.cause.${view.cause}`, { side }) }) } as const]
      : []),
    ...(view.repository
      ? [{ name: 'repository', text: t('filter.repository', { repository: view.repository }) } as const]
      : []),
  ]
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would have to look like one */}
      <div role="group" aria-label={t('filter.phase')} className="flex flex-wrap gap-2">
        {shown.map((phase) => (
          <button
            key={phase}
            type="button"
            aria-pressed={view.phase === phase}
            className={filterChipClass(view.phase === phase)}
            onClick={() => onChange({ phase: view.phase === phase ? null : phase, ...(view.cause && { cause: null }) })}
          >
            {t(`chip.${phase}`, { count: counts[phase] ?? 0 })}
            {view.phase === phase && <X aria-hidden size={14} />}
          </button>
        ))}
      </div>
      {narrowed.map(({ name, text }) => (
        <button
          key={name}
          type="button"
          aria-label={t('filter.remove', { filter: text })}
          className={filterChipClass(true)}
          onClick={() => onChange({ [name]: null })}
        >
          <span className="truncate">{text}</span>
          <X aria-hidden size={14} className="shrink-0" />
        </button>
      ))}
    </>
  )
}
