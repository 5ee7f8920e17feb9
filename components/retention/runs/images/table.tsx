'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import clsx from 'clsx'
import { type ReactNode, useRef } from 'react'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Skeleton } from '@/components/ui/skeleton'
import type { RetentionImage } from '@/lib/contract/console/retention-runs'
import type { ImageView } from './search-params'
import { type ImageSource, type useFirstImages, useImageRows } from './use-image-rows'

export interface ImageColumn {
  readonly id: string
  readonly header: string
  /** Its heading stands before the value in a card. */
  readonly labelled?: boolean
  readonly className?: string
  readonly cell: (image: RetentionImage) => ReactNode
}

/** Pixels of a row, until it has been measured. */
const rowHeight = 53
/** Seen in the first HTML. */
const firstHeight = 560

/**
 * Images of a run over all of its repositories. Rows are asked for and drawn as they come into sight; a card for each where there
 * is little room. `template` are the widths of the columns.
 */
export function ImageTable({
  label,
  source,
  view,
  images,
  columns,
  template,
  empty,
}: {
  label: string
  source: ImageSource
  view: ImageView
  images: ReturnType<typeof useFirstImages>
  columns: readonly ImageColumn[]
  template: string
  empty: ReactNode
}) {
  const scroller = useRef<HTMLDivElement>(null)
  const { data, error } = images
  const total = data?.total ?? 0
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialRect: { width: 0, height: firstHeight },
  })
  const items = virtual.getVirtualItems()
  const rowAt = useImageRows(
    source,
    view,
    data?.rows ?? [],
    items.map(({ index }) => index),
  )
  if (error && !data) return <ProblemPanel error={error} retry={() => images.refetch()} />
  const rowClass = clsx('block @table:grid', template)
  return (
    // A table of the platform cannot draw its rows as they are needed.
    // biome-ignore-start lint/a11y/useSemanticElements: rows that stand where they are scrolled to are no table rows
    // biome-ignore-start lint/a11y/useFocusableInteractive: the table is read, and scrolled as a whole
    <>
      {error && (
        <div className="mb-3">
          <ProblemPanel error={error} retry={() => images.refetch()} />
        </div>
      )}
      {data && total === 0 ? (
        <div className="rounded-lg border border-line bg-surface">{empty}</div>
      ) : (
        <div
          ref={scroller}
          role="table"
          aria-label={label}
          aria-rowcount={total + 1}
          aria-colcount={columns.length}
          aria-busy={images.isPending || images.isPlaceholderData}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by the keyboard too
          tabIndex={0}
          className={clsx(
            'relative max-h-[min(44rem,75dvh)] overflow-auto rounded-lg border border-line bg-surface',
            images.isPlaceholderData && 'opacity-60',
          )}
        >
          <div role="rowgroup" className="sticky top-0 z-2 hidden bg-surface @table:block">
            <div role="row" aria-rowindex={1} className={clsx(rowClass, 'border-line border-b')}>
              {columns.map(({ id, header, className }) => (
                <div
                  key={id}
                  role="columnheader"
                  className={clsx('px-2 py-2 font-medium text-ink-3 text-xs first:pl-3.5', className)}
                >
                  {header}
                </div>
              ))}
            </div>
          </div>
          <div role="rowgroup" className="relative" style={{ height: data ? virtual.getTotalSize() : firstHeight }}>
            {items.map(({ index, start }) => {
              const image = rowAt(index)
              return (
                <div
                  key={index}
                  ref={virtual.measureElement}
                  data-index={index}
                  role="row"
                  aria-rowindex={index + 2}
                  className={clsx(
                    rowClass,
                    'absolute inset-x-0 top-0 border-line py-2 @table:py-0',
                    index < total - 1 && 'border-b',
                  )}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  {columns.map((column) => (
                    <Cell key={column.id} column={column} image={image} />
                  ))}
                </div>
              )
            })}
          </div>
        </div>
      )}
    </>
    // biome-ignore-end lint/a11y/useSemanticElements: rows that stand where they are scrolled to are no table rows
    // biome-ignore-end lint/a11y/useFocusableInteractive: the table is read, and scrolled as a whole
  )
}

function Cell({ column, image }: { column: ImageColumn; image: RetentionImage | undefined }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see ImageTable
    <div
      role="cell"
      className={clsx('min-w-0 px-3.5 py-0.5 @table:px-2 @table:py-2 @table:first:pl-3.5', column.className)}
    >
      {image === undefined ? (
        <Skeleton className="w-24" />
      ) : (
        <>
          {column.labelled && <span className="mr-1 text-ink-3 @table:hidden">{column.header}:</span>}
          {column.cell(image)}
        </>
      )}
    </div>
  )
}
