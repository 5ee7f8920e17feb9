'use client'

import { Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { useSearch } from './use-search'

const pauseMs = 300

/** Search box of a list: `/` goes to it, typing asks the server when it pauses, Escape empties it. */
export function SearchField({
  value,
  onSearch,
}: {
  value: string
  /** What writes the address answers when that is done. */
  onSearch: (text: string) => unknown
}) {
  const t = useTranslations('common')
  const input = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useState({ text: value, for: value })
  const ask = useSearch(onSearch)
  // The address changed by other means (back, clear filters): it wins over what is typed.
  if (draft.for !== value) setDraft({ text: value, for: value })

  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof Element && event.target.closest('input, textarea, select, dialog, [role=menu]')
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      input.current?.focus()
    }
    document.addEventListener('keydown', focus)
    return () => document.removeEventListener('keydown', focus)
  }, [])

  const search = (text: string, waitMs: number) => {
    setDraft({ text, for: value })
    ask(text.trim(), waitMs)
  }
  return (
    <search className="relative w-full sm:w-56">
      <Search aria-hidden size={16} className="absolute top-2 left-2.5 text-ink-3" />
      <input
        ref={input}
        type="search"
        aria-label={t('search')}
        aria-keyshortcuts="/"
        placeholder={t('search')}
        autoComplete="off"
        spellCheck={false}
        value={draft.text}
        onChange={(event) => search(event.target.value, pauseMs)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') search(draft.text, 0)
          if (event.key === 'Escape') search('', 0)
        }}
        className="h-8 w-full rounded-md border border-edge bg-surface pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden"
      />
      <kbd
        aria-hidden
        className="absolute top-1.5 right-2 rounded-sm border border-line px-1.5 font-mono text-ink-3 text-xs/4.5"
      >
        /
      </kbd>
    </search>
  )
}
