'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { Ago } from '@/components/shell/relative-time'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Checkbox, Input } from '@/components/ui/input'
import { tooltip } from '@/components/ui/tooltip'
import type { BasicTag } from '@/lib/contract/swr/basic'
import { longestTag } from '@/lib/contract/vocabulary'
import { apiQuery } from '@/lib/query/client'
import { useSettled } from '../match/use-settled'
import { PickList, pickRowClass } from './pick-list'
import { type Source, tagsInput } from './queries'
import { usePages } from './use-pages'

/** Bytes as SWR counts them, in the unit that registries are spoken of in. */
const megabytes = { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 } as const

const typingMs = 300

/**
 * The tags whose name holds `filter`: of those that are loaded, and where there are more, of those that SWR finds. It may take
 * the name as a whole only; what is loaded is found by a part of it all the same.
 */
function useTags(connection: string, at: Source, filter: string) {
  const all = usePages('', (page) => apiQuery('basicTagList', tagsInput(connection, at, page)))
  const wanted = useSettled(filter, filter, typingMs) ?? ''
  const isAsked = wanted !== '' && wanted.length <= longestTag && all.loadMore !== undefined
  const found = usePages(wanted, (page) => ({
    ...apiQuery('basicTagList', tagsInput(connection, at, page, wanted)),
    enabled: isAsked,
  }))
  // A push while pages are loaded moves rows from one page to the next: none is shown twice.
  const loaded = unique(isAsked ? [...all.rows, ...found.rows] : all.rows)
  const rows = filter ? loaded.filter(({ Tag }) => Tag?.toLowerCase().includes(filter.toLowerCase())) : loaded
  const { query } = found
  if (!isAsked) return { loaded, rows, pages: all }
  // While SWR is asked, or when it refuses, what is loaded stays.
  if (rows.length > 0 && (query.isPending || query.error))
    return { loaded, rows, pages: { ...all, ...(query.error && { failed: query }) } }
  // What is loaded and matches may be more than SWR finds.
  const { total = 0 } = found
  return { loaded, rows, pages: { ...found, total: total >= rows.length ? total : undefined } }
}

/** Tags of a repository with check boxes, found by name; a selection survives the search. */
export function TagPicker({
  connection,
  at,
  selected,
  onSelect,
}: {
  connection: string
  at: Source
  selected: readonly string[]
  onSelect: (tags: string[]) => void
}) {
  const t = useTranslations('sync')
  const c = useTranslations('common')
  const format = useFormatter()
  const [filter, setFilter] = useState('')
  const { loaded, rows, pages } = useTags(connection, at, filter.trim())
  const names = loaded.flatMap(({ Tag }) => Tag ?? [])
  const shownNames = rows.flatMap(({ Tag }) => Tag ?? [])
  const chosen = new Set(selected)
  const unseen = pages.query.isPending ? [] : selected.filter((tag) => !names.includes(tag))
  const size = loaded.reduce((sum, row) => sum + (row.Tag && chosen.has(row.Tag) ? (row.size ?? 0) : 0), 0)
  const isAll = shownNames.length > 0 && shownNames.every((tag) => chosen.has(tag))

  const toggle = (tags: readonly string[], on: boolean) =>
    onSelect(on ? [...new Set([...selected, ...tags])] : selected.filter((tag) => !tags.includes(tag)))

  return (
    <div className="@container flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Input
          type="search"
          aria-label={t('tags.filter')}
          placeholder={t('tags.filter')}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          className="@lg:w-65"
        />
        {shownNames.length > 0 && (
          <label htmlFor="all-tags" className="flex items-center gap-2">
            <Checkbox
              id="all-tags"
              checked={isAll}
              ref={(box) => {
                if (box) box.indeterminate = !isAll && shownNames.some((tag) => chosen.has(tag))
              }}
              onChange={() => toggle(shownNames, !isAll)}
            />
            {t('tags.all', { count: shownNames.length })}
          </label>
        )}
        <span className="ml-auto flex min-h-8 items-center gap-1">
          <span aria-live="polite" className="text-ink-2 tabular-nums">
            {size > 0
              ? t('tags.size', { count: selected.length, size: format.number(size / 1e6, megabytes) })
              : t('tags.selected', { count: selected.length })}
          </span>
          <Button look="ghost" aria-disabled={selected.length === 0} onClick={() => onSelect([])}>
            {t('tags.clear')}
          </Button>
        </span>
      </div>
      <PickList
        label={t('tags.label')}
        pages={pages}
        shown={rows.length}
        empty={<Empty title={t(filter ? 'tags.filtered' : 'tags.none')} />}
      >
        {rows.map((row, index) => (
          <li key={row.Tag ?? `unreadable-${index}`} className={pickRowClass}>
            {row.Tag ? (
              <TagRow row={row} tag={row.Tag} checked={chosen.has(row.Tag)} onToggle={toggle} />
            ) : (
              <p className="px-3 py-2 text-ink-3">{c('unreadableRow')}</p>
            )}
          </li>
        ))}
      </PickList>
      {unseen.length > 0 && (
        <p className="font-mono text-ink-2 text-xs wrap-anywhere">{t('tags.unseen', { tags: unseen.join(', ') })}</p>
      )}
    </div>
  )
}

function TagRow({
  row: { size, digest, updated },
  tag,
  checked,
  onToggle,
}: {
  row: BasicTag
  tag: string
  checked: boolean
  onToggle: (tags: readonly string[], on: boolean) => void
}) {
  const t = useTranslations('sync')
  const format = useFormatter()
  const id = useId()
  return (
    <label htmlFor={id} className="flex items-start gap-3 px-3 py-2 hover:bg-sunken">
      <Checkbox
        id={id}
        checked={checked}
        aria-labelledby={`${id}-tag`}
        aria-describedby={`${id}-more`}
        onChange={() => onToggle([tag], !checked)}
        className="mt-0.5 outline-offset-1"
      />
      <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-4">
        <span id={`${id}-tag`} className="min-w-0 flex-1 font-mono text-xs/5 wrap-anywhere">
          {tag}
        </span>
        <span
          id={`${id}-more`}
          className="grid w-full grid-cols-[4.5rem_6.5rem_minmax(0,1fr)] gap-x-4 text-ink-3 text-xs/5 tabular-nums @lg:w-auto @lg:grid-cols-[4.5rem_6.5rem_7.5rem] @lg:text-right"
        >
          <span>{size !== undefined && format.number(size / 1e6, megabytes)}</span>
          <span {...tooltip(digest)} className="font-mono">
            {digest?.replace(/^sha256:/, '').slice(0, 12)}
          </span>
          <span>
            <span className="sr-only">{t('tags.updated')} </span>
            <Ago time={updated} />
          </span>
        </span>
      </span>
    </label>
  )
}

function unique(rows: readonly BasicTag[]): BasicTag[] {
  const seen = new Set<string>()
  return rows.filter(({ Tag }) => {
    if (Tag === undefined) return true
    const isNew = !seen.has(Tag)
    seen.add(Tag)
    return isNew
  })
}
