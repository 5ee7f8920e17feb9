'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/input'
import { pageSizes } from './search-params'

interface PageView {
  /** As the address says it: anything below 1 is the first page. */
  readonly page: number
  readonly size: (typeof pageSizes)[number]
}

/** Which rows are shown of how many, and the way to the others. Works without a total too: SWR promises none. */
export function Pager({
  view,
  onChange,
  total,
  all,
  shown,
}: {
  view: PageView
  onChange: (next: Partial<PageView>) => void
  total: number | undefined
  /** How many there are without filters, where that is known. */
  all?: number | undefined
  shown: number
}) {
  const t = useTranslations('common')
  const { size } = view
  const page = Math.max(view.page, 1)
  const from = (page - 1) * size + 1
  const last = total === undefined ? undefined : Math.max(Math.ceil(total / size), 1)
  const more = last === undefined ? shown === size : page < last
  // The place of the rows says why there are none; whoever does not see it has to be told.
  if (total === 0 && page <= 1)
    return (
      <span aria-live="polite" className="sr-only">
        {t('pager.none')}
      </span>
    )
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-0.5 py-2.5 text-ink-3 text-sm print:[&>*:not(:first-child)]:hidden">
      <span aria-live="polite" className="tabular-nums">
        {shown === 0
          ? null
          : total === undefined
            ? t('pager.shown', { from, to: from + shown - 1 })
            : all === undefined || all === total
              ? t('pager.range', { from, to: from + shown - 1, total })
              : t('pager.rangeOfAll', { from, to: from + shown - 1, total, all })}
      </span>
      <span className="flex-1" />
      <Select
        aria-label={t('pager.size')}
        compact
        value={size}
        onChange={(event) => {
          const next = pageSizes.find((option) => String(option) === event.target.value)
          if (next) onChange({ size: next, page: 1 })
        }}
      >
        {pageSizes.map((option) => (
          <option key={option} value={option}>
            {t('pager.perPage', { size: option })}
          </option>
        ))}
      </Select>
      {shown === 0 && page > 1 && last !== undefined ? (
        <Button onClick={() => onChange({ page: last })}>{t('pager.last')}</Button>
      ) : (
        <span className="flex gap-3">
          <Button disabled={page <= 1} onClick={() => onChange({ page: page - 1 })}>
            {t('pager.previous')}
          </Button>
          <Button disabled={!more} onClick={() => onChange({ page: page + 1 })}>
            {t('pager.next')}
          </Button>
        </span>
      )}
    </div>
  )
}
