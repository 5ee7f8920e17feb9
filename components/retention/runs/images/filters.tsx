'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { filterChipClass } from '@/components/table/filter-chip'
import { SearchField } from '@/components/table/search-field'
import { buttonClass } from '@/components/ui/button'
import { routes } from '@/lib/routes'
import { type ImageFilter, type ImageView, imageQuery } from './search-params'
import type { ImageSource } from './use-image-rows'

type Change = (next: Partial<{ q: string | null; filter: ImageFilter | null; repository: string | null }>) => unknown

/** Search, one chip for each filter with its number where that is known, and the list as a file. */
export function ImageFilters({
  source,
  view,
  filters,
  counts,
  onChange,
}: {
  source: ImageSource
  view: ImageView
  filters: readonly ImageFilter[]
  /** Images of a filter; what is missing is not known. */
  counts: Readonly<Partial<Record<ImageFilter, number>>>
  onChange: Change
}) {
  const t = useTranslations('retentionRuns.filter')
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2 print:hidden">
      <SearchField value={view.q} onSearch={(q) => onChange({ q: q || null })} />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would have to look like one */}
      <div role="group" aria-label={t('label')} className="flex flex-wrap gap-2">
        {filters.map((filter) => {
          const count = counts[filter]
          // Nothing to see there.
          if (count === 0 && view.filter !== filter && filter !== 'delete') return null
          return (
            <button
              key={filter}
              type="button"
              aria-pressed={view.filter === filter}
              className={filterChipClass(view.filter === filter)}
              onClick={() => onChange({ filter })}
            >
              {count === undefined ? t(`name.${filter}`) : t(`counted.${filter}`, { count })}
            </button>
          )
        })}
      </div>
      {view.repository !== null && (
        <button
          type="button"
          aria-label={t('remove', { repository: view.repository })}
          className={filterChipClass(true)}
          onClick={() => onChange({ repository: null })}
        >
          <span className="truncate font-mono text-sm">{view.repository}</span>
          <X aria-hidden size={14} className="shrink-0" />
        </button>
      )}
      <span className="flex-1" />
      <a
        href={routes.retentionImagesExport(source.place, source.kind, source.id, imageQuery(view))}
        download
        className={buttonClass()}
      >
        {t('csv')}
      </a>
    </div>
  )
}
