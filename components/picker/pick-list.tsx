'use client'

import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import type { usePages } from './use-pages'

type Pages = Pick<ReturnType<typeof usePages>, 'total' | 'query' | 'loadMore' | 'isLoadingMore' | 'failed'>

/** A list to choose from, of limited height: its rows, their shape while they come, the problem or `empty` in their place. */
export function PickList({
  label,
  pages,
  shown,
  empty,
  children,
}: {
  label: string
  pages: Pages
  /** How many rows there are, after filtering. */
  shown: number
  empty: ReactNode
  children: ReactNode
}) {
  const t = useTranslations('sync')
  const c = useTranslations('common')
  const { query, total, failed } = pages
  if (query.error) return <ProblemPanel error={query.error} retry={() => query.refetch()} />
  return (
    <div className="@container overflow-hidden rounded-lg border border-line bg-surface">
      {query.isPending && query.failureReason && <ProblemPanel error={query.failureReason} retry="by itself" />}
      {query.isPending ? (
        <div aria-busy className="flex flex-col">
          <span className="sr-only">{c('loading')}</span>
          {skeletonRows.map((row) => (
            <span key={row} className="flex h-9 items-center border-line border-b px-3 last:border-b-0">
              <Skeleton className="w-40" />
            </span>
          ))}
        </div>
      ) : shown === 0 ? (
        empty
      ) : (
        <ul
          aria-label={label}
          aria-busy={query.isPlaceholderData}
          className={clsx('relative max-h-81 overflow-y-auto', query.isPlaceholderData && 'opacity-60')}
        >
          {children}
        </ul>
      )}
      {failed && <ProblemPanel error={failed.error} retry={() => failed.refetch()} />}
      {!query.isPending && (
        <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-line border-t px-3 py-1 text-ink-3 text-sm">
          <span aria-live="polite" className="tabular-nums">
            {total === undefined ? t('shownSome', { shown }) : t('shown', { shown, total })}
          </span>
          <span className="flex-1" />
          {pages.isLoadingMore && <span>{c('loading')}</span>}
          {pages.loadMore && <Button onClick={pages.loadMore}>{t('loadMore')}</Button>}
        </div>
      )}
    </div>
  )
}

const skeletonRows = Array.from({ length: 5 }, (_, index) => index)

/** One row of the list; the last one leaves the line to the foot. */
export const pickRowClass = 'border-line border-b last:border-b-0'
