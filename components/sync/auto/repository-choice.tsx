'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Checkbox, Input } from '@/components/ui/input'

/** What the controls say to a screen reader by themselves. */
export const RequiredMark = () => (
  <span aria-hidden className="text-bad">
    {' *'}
  </span>
)

export interface Listed {
  readonly name: string
  /** How many it has; null: that was not read. */
  readonly rules: number | null
}

/** Repositories that get the new rules: searched, and chosen one by one or all that are shown. */
export function RepositoryChoice({
  id,
  repositories,
  chosen,
  isMissing,
  onChoose,
}: {
  id: string
  repositories: readonly Listed[]
  chosen: ReadonlySet<string>
  isMissing: boolean
  onChoose: (chosen: ReadonlySet<string>) => void
}) {
  const t = useTranslations('sync.auto')
  const [filter, setFilter] = useState('')
  const shown = repositories.filter(({ name }) => name.toLowerCase().includes(filter.trim().toLowerCase()))
  const isAll = shown.length > 0 && shown.every(({ name }) => chosen.has(name))
  const toggle = (names: readonly string[], on: boolean) => {
    const next = new Set(chosen)
    for (const name of names) on ? next.add(name) : next.delete(name)
    onChoose(next)
  }
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium">
        {t('repositories')}
        <RequiredMark />
      </legend>
      <Input
        id={`${id}-filter`}
        type="search"
        aria-label={t('filter')}
        placeholder={t('filter')}
        value={filter}
        aria-describedby={isMissing ? `${id}-missing` : undefined}
        onChange={(event) => setFilter(event.target.value)}
        // Enter would send the form around it.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      {isMissing && (
        <p id={`${id}-missing`} className="mt-1 text-bad text-xs">
          {t('noneChosen')}
        </p>
      )}
      <div className="my-2 flex flex-wrap items-center gap-3">
        <label htmlFor={`${id}-all`} className="flex items-center gap-2">
          <Checkbox
            id={`${id}-all`}
            checked={isAll}
            onChange={() =>
              toggle(
                shown.map(({ name }) => name),
                !isAll,
              )
            }
          />
          {t('all', { count: shown.length })}
        </label>
        <span aria-live="polite" className="ml-auto text-ink-2 tabular-nums">
          {t('chosen', { count: chosen.size })}
        </span>
      </div>
      <ul
        aria-label={t('repositories')}
        className="relative max-h-80 divide-y divide-line overflow-y-auto rounded-md border border-line"
      >
        {shown.map(({ name, rules }, index) => (
          <li key={name}>
            <label htmlFor={`${id}-r${index}`} className="flex items-center gap-2.5 px-3 py-1.5 hover:bg-sunken">
              <Checkbox
                id={`${id}-r${index}`}
                aria-label={name}
                checked={chosen.has(name)}
                onChange={({ target }) => toggle([name], target.checked)}
              />
              <span className="min-w-0 flex-1 font-mono text-xs wrap-anywhere">{name}</span>
              {rules !== null && rules > 0 && <span className="text-ink-3 text-xs">{t('has', { count: rules })}</span>}
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
