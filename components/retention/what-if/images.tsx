'use client'

import { useQueries } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Skeleton } from '@/components/ui/skeleton'
import type { RetentionDecisions } from '@/lib/contract/console/retention-decisions'
import type { InstanceLocation } from '@/lib/routes'
import { ImageRow, imageRowClass } from './image-row'
import { decisionPage, imagePageSize, type useDecisions } from './use-decisions'

/** Pixels of a row, until it has been measured. */
const rowHeight = 62

/**
 * Images with what is decided of each, what the edit changes first. Rows are drawn, and pages of them asked for, as they are
 * needed: there may be tens of thousands.
 */
export function DecisionImages({
  at,
  decisions,
  question,
  isOld,
}: {
  at: InstanceLocation
  decisions: RetentionDecisions
  question: ReturnType<typeof useDecisions>['question']
  isOld: boolean
}) {
  const t = useTranslations('retention')
  const scroller = useRef<HTMLDivElement>(null)
  const { rows: first, total } = decisions.images
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    initialRect: { width: 0, height: 420 },
  })
  const items = virtual.getVirtualItems()
  const pages = [...new Set(items.map(({ index }) => Math.floor(index / imagePageSize)))].filter((page) => page > 0)
  const further = useQueries({
    // While other rules are decided, pages of the last ones are of no use any more.
    queries: pages.map((page) => ({ ...decisionPage(at, question, page), enabled: !isOld })),
  })
  const byPage = new Map(pages.map((page, place) => [page, further[place]?.data?.images.rows]))
  const rowAt = (index: number) => {
    const page = Math.floor(index / imagePageSize)
    return page === 0 ? first[index] : byPage.get(page)?.[index % imagePageSize]
  }
  const failed = further.filter(({ error }) => error !== null)
  const error = failed[0]?.error
  if (total === 0) return <p className="px-4 py-6 text-center text-ink-3 text-sm">{t('image.none')}</p>
  const problem = error && (
    <div className="px-4 pb-3">
      <ProblemPanel error={error} retry={() => Promise.all(failed.map((page) => page.refetch()))} />
    </div>
  )
  const table = (
    // biome-ignore-start lint/a11y/useSemanticElements: rows that stand where they are scrolled to are no table rows
    // biome-ignore-start lint/a11y/useFocusableInteractive: nothing in it is operated
    <div
      ref={scroller}
      role="table"
      // What scrolls must be reachable by keyboard.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      aria-label={t('image.label')}
      aria-rowcount={total + 1}
      aria-busy={isOld}
      className="relative max-h-[min(32rem,75dvh)] overflow-auto rounded-b-lg border-line border-t"
    >
      <div role="rowgroup" className="sr-only @table:not-sr-only @table:sticky! @table:top-0 @table:z-1">
        <div
          role="row"
          aria-rowindex={1}
          className={clsx(imageRowClass, 'border-line border-b bg-surface text-ink-3 text-xs!')}
        >
          {(['image', 'decision', 'pushed', 'pulled', 'size'] as const).map((column) => (
            <span key={column} role="columnheader">
              {t(`image.column.${column}`)}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const image = rowAt(index)
          return (
            <div
              key={index}
              ref={virtual.measureElement}
              data-index={index}
              role="row"
              aria-rowindex={index + 2}
              className="absolute inset-x-0 top-0 border-line border-b"
              style={{ transform: `translateY(${start}px)` }}
            >
              {image ? (
                <ImageRow image={image} />
              ) : (
                <div role="cell" className="px-4 py-2" style={{ height: rowHeight }}>
                  <Skeleton className="w-40" />
                </div>
              )}
            </div>
          )
        })}
      </div>
    </div>
    // biome-ignore-end lint/a11y/useSemanticElements: rows that stand where they are scrolled to are no table rows
    // biome-ignore-end lint/a11y/useFocusableInteractive: nothing in it is operated
  )
  return (
    <>
      {problem}
      {table}
    </>
  )
}
