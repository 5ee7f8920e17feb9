'use client'

import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useId, useState } from 'react'
import { Ago } from '@/components/shell/relative-time'
import { Empty } from '@/components/ui/empty'
import { Checkbox, Input } from '@/components/ui/input'
import { tooltip } from '@/components/ui/tooltip'
import { useBytes } from '@/components/ui/use-format-bytes'
import type { BasicTag } from '@/lib/contract/swr/basic'
import { longestTag } from '@/lib/contract/vocabulary'
import { apiQuery } from '@/lib/query/client'
import { useSettled } from '../match/use-settled'
import { PickList, pickRowClass } from './pick-list'
import { type Source, tagsInput } from './queries'
import { usePages } from './use-pages'

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
  if (!isAsked) return { rows, pages: all }
  // While SWR is asked, or when it refuses, what is loaded stays.
  if (rows.length > 0 && (query.isPending || query.error))
    return { rows, pages: { ...all, ...(query.error && { failed: query }) } }
  // What is loaded and matches may be more than SWR finds.
  const { total = 0 } = found
  return { rows, pages: { ...found, total: total >= rows.length ? total : undefined } }
}

/**
 * Tags of a repository with check boxes, found by name and newest first; what is chosen survives the search. Shift chooses all
 * between two, by click and with the arrow keys.
 */
export function TagPicker({
  connection,
  at,
  chosen,
  onChoose,
}: {
  connection: string
  at: Source
  chosen: ReadonlySet<string>
  onChoose: (tags: readonly PickedTag[], on: boolean) => void
}) {
  const t = useTranslations('sync')
  const c = useTranslations('common')
  const [filter, setFilter] = useState('')
  const [last, setLast] = useState('')
  const { rows, pages } = useTags(connection, at, filter.trim())
  const shown = rows.flatMap(({ Tag: tag, size = 0 }) => (tag === undefined ? [] : [{ tag, size }]))
  const some = shown.filter(({ tag }) => chosen.has(tag)).length
  const isAll = shown.length > 0 && some === shown.length

  const toggle = (tag: string, isRange: boolean) => {
    const [from, to] = [shown.findIndex((row) => row.tag === last), shown.findIndex((row) => row.tag === tag)]
    const range =
      isRange && from !== -1 ? shown.slice(Math.min(from, to), Math.max(from, to) + 1) : shown.slice(to, to + 1)
    onChoose(range, !chosen.has(tag))
    setLast(tag)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const boxes = [...event.currentTarget.querySelectorAll<HTMLInputElement>('li input')]
    const from = event.target instanceof HTMLInputElement ? boxes.indexOf(event.target) : -1
    const next = boxes[from + step]
    if (step === 0 || from === -1 || !next) return
    event.preventDefault()
    next.focus()
    const pair = [from, from + step].flatMap((index) => shown.slice(index, index + 1))
    if (event.shiftKey) onChoose(pair, true)
    setLast(pair[1]?.tag ?? '')
  }
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
        {shown.length > 0 && (
          <label htmlFor="all-tags" className="flex min-h-8 items-center gap-2">
            <Checkbox
              id="all-tags"
              checked={isAll}
              ref={(box) => {
                if (box) box.indeterminate = !isAll && some > 0
              }}
              onChange={() => onChoose(shown, !isAll)}
            />
            {t('tags.all', { count: shown.length })}
          </label>
        )}
        <span aria-live="polite" className="ml-auto text-ink-2 tabular-nums">
          {t('tags.chosen', { count: chosen.size })}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrows only move between its check boxes */}
      <div onKeyDown={onKeyDown}>
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
      </div>
    </div>
  )
}

export interface PickedTag {
  readonly tag: string
  /** Bytes. */
  readonly size: number
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
  onToggle: (tag: string, isRange: boolean) => void
}) {
  const t = useTranslations('sync')
  const bytes = useBytes()
  const id = useId()
  return (
    <label htmlFor={id} className="flex select-none items-start gap-3 px-3 py-2 hover:bg-sunken">
      <Checkbox
        id={id}
        checked={checked}
        aria-labelledby={`${id}-tag`}
        aria-describedby={`${id}-more`}
        onChange={({ nativeEvent }) => onToggle(tag, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)}
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
          <span>{size !== undefined && bytes(size)}</span>
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
