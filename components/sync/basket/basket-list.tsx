'use client'

import { ChevronRight, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { notify } from '@/components/ui/toast-store'
import { useBytes } from '@/components/ui/use-format-bytes'
import { maxSyncTags } from '@/lib/contract/console/sync-vocabulary'
import { type BasketRepository, countTags, emptyBasket, removeRepository, removeTags, sizeOf } from './basket'
import type { BasketStore } from './use-basket'

/** Tags that are shown of one repository before somebody asks for all. */
const firstTags = 20

/** What was collected, by repository. */
export function BasketList({ store: { basket, saved, change } }: { store: BasketStore }) {
  const t = useTranslations('sync.basket')
  const c = useTranslations('common')
  const bytes = useBytes()
  const count = countTags(basket)
  const clear = () => {
    change(({ targets }) => ({ ...emptyBasket, targets }))
    const undo = () => change(({ targets }) => ({ ...basket, targets }))
    notify({ tone: 'ok', text: t('emptied', { count }), action: { label: c('undo'), run: undo } })
  }
  return (
    <section aria-labelledby="basket" className="min-w-0">
      <div className="mb-2 flex min-h-8 flex-wrap items-center gap-x-3">
        <h2 id="basket">{t('title')}</h2>
        <span aria-live="polite" className="text-ink-2 tabular-nums">
          {t('summary', { tags: count, repositories: basket.repositories.length })}
          {count > 0 && ` · ${bytes(sizeOf(basket))}`}
        </span>
        <span className="flex-1" />
        {count > 0 && (
          <Button look="ghost" onClick={clear}>
            {t('clear')}
          </Button>
        )}
      </div>
      {count >= maxSyncTags && (
        <Note tone="warn" className="mb-2">
          {t('full', { most: maxSyncTags })}
        </Note>
      )}
      {!saved && (
        <Note tone="warn" className="mb-2">
          {t('unsaved')}
        </Note>
      )}
      <div className="overflow-hidden rounded-lg border border-line bg-surface">
        {count === 0 ? (
          <Empty title={t('empty')}>{t('emptyText')}</Empty>
        ) : (
          <ul
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls has to be reached by keyboard
            tabIndex={0}
            aria-label={t('label')}
            className="relative max-h-100 divide-y divide-line overflow-y-auto outline-offset-[-2px]"
          >
            {basket.repositories.map((repository) => (
              <Repository key={repository.name} repository={repository} change={change} />
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}

function Repository({
  repository: { name, tags },
  change,
}: {
  repository: BasketRepository
  change: BasketStore['change']
}) {
  const t = useTranslations('sync.basket')
  const [open, setOpen] = useState(false)
  const shown = open ? tags : tags.slice(0, firstTags)
  return (
    <li className="px-3 py-2">
      <div className="flex items-start gap-2">
        <span className="min-w-0 flex-1 font-mono text-xs/6 wrap-anywhere">{name}</span>
        <span className="text-ink-3 text-xs/6 tabular-nums">{t('tags', { count: tags.length })}</span>
        <button
          type="button"
          aria-label={t('removeRepository', { name })}
          className="grid size-6 shrink-0 place-items-center rounded-sm text-ink-3 hover:bg-sunken hover:text-ink"
          onClick={() => change((before) => removeRepository(before, name))}
        >
          <X aria-hidden size={14} />
        </button>
      </div>
      <ul className="mt-1 flex flex-wrap gap-1.5">
        {shown.map(({ tag }) => (
          <li key={tag} className="chip inline-flex! items-center gap-1 pr-0!">
            <span className="min-w-0 wrap-anywhere">{tag}</span>
            <button
              type="button"
              aria-label={t('removeTag', { image: `${name}:${tag}` })}
              className="grid size-6 shrink-0 place-items-center text-ink-3 hover:text-ink"
              onClick={() => change((before) => removeTags(before, name, [tag]))}
            >
              <X aria-hidden size={12} />
            </button>
          </li>
        ))}
        {shown.length < tags.length && (
          <li>
            <button
              type="button"
              className="inline-flex h-6 items-center gap-1 rounded-sm px-1 text-ink-2 text-sm hover:bg-sunken"
              onClick={() => setOpen(true)}
            >
              <ChevronRight aria-hidden size={14} />
              {t('more', { count: tags.length - shown.length })}
            </button>
          </li>
        )}
      </ul>
    </li>
  )
}
