'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { type ReactNode, type RefObject, useRef } from 'react'
import { Skeleton } from '@/components/ui/skeleton'

export interface VirtualColumn<Row> {
  readonly id: string
  readonly header: string
  /** Heading that only a screen reader needs. */
  readonly hiddenHeader?: boolean
  /** Its heading stands before the value in a card. */
  readonly labelled?: boolean
  readonly className?: string
  readonly cell: (row: Row) => ReactNode
}

/** Pixels of a row, until it has been measured. */
const rowHeight = 53
/** Seen in the first HTML. */
const firstHeight = 560

/** Which of so many rows are in sight. */
export function useVirtualRows(count: number) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialRect: { width: 0, height: firstHeight },
  })
  return {
    scroller,
    count,
    items: virtual.getVirtualItems(),
    height: virtual.getTotalSize(),
    measure: virtual.measureElement,
  }
}

/**
 * A table of many rows that scrolls in itself: they are drawn as they come into sight, a card for each where there is little
 * room. `template` are the widths of the columns; a row that is not there yet is undefined.
 */
export function VirtualTable<Row>({
  label,
  virtual: { scroller, count, items, height, measure },
  rowAt,
  columns,
  template,
  isBusy,
  rowsRef,
}: {
  label: string
  virtual: ReturnType<typeof useVirtualRows>
  rowAt: (index: number) => Row | undefined
  columns: readonly VirtualColumn<Row>[]
  template: string
  /** What is shown is on its way out. */
  isBusy: boolean
  /** Of what holds the rows, without their headings. */
  rowsRef?: RefObject<HTMLDivElement | null> | undefined
}) {
  const rowClass = clsx('block @table:grid', template)
  return (
    // A table of the platform cannot draw its rows as they are needed.
    // biome-ignore-start lint/a11y/useSemanticElements: rows that stand where they are scrolled to are no table rows
    // biome-ignore-start lint/a11y/useFocusableInteractive: the table is read, and scrolled as a whole
    <div
      ref={scroller}
      role="table"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-busy={isBusy}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by the keyboard too
      tabIndex={0}
      className={clsx(
        'relative max-h-[min(44rem,75dvh)] overflow-auto rounded-lg border border-line bg-surface',
        isBusy && 'opacity-60',
      )}
    >
      <div role="rowgroup" className="sticky top-0 z-2 hidden bg-surface @table:block">
        <div role="row" aria-rowindex={1} className={clsx(rowClass, 'border-line border-b')}>
          {columns.map(({ id, header, hiddenHeader, className }) => (
            <div
              key={id}
              role="columnheader"
              className={clsx('px-2 py-2 font-medium text-ink-3 text-xs first:pl-3.5', className)}
            >
              {hiddenHeader ? <span className="sr-only">{header}</span> : header}
            </div>
          ))}
        </div>
      </div>
      <div ref={rowsRef} role="rowgroup" className="relative" style={{ height }}>
        {items.map(({ index, start }) => (
          <div
            key={index}
            ref={measure}
            data-index={index}
            role="row"
            aria-rowindex={index + 2}
            className={clsx(
              rowClass,
              'absolute inset-x-0 top-0 border-line py-2 @table:py-0',
              index < count - 1 && 'border-b',
            )}
            style={{ transform: `translateY(${start}px)` }}
          >
            {columns.map((column) => (
              <Cell key={column.id} column={column} row={rowAt(index)} />
            ))}
          </div>
        ))}
      </div>
    </div>
    // biome-ignore-end lint/a11y/useSemanticElements: rows that stand where they are scrolled to are no table rows
    // biome-ignore-end lint/a11y/useFocusableInteractive: the table is read, and scrolled as a whole
  )
}

function Cell<Row>({ column, row }: { column: VirtualColumn<Row>; row: Row | undefined }) {
  const t = useTranslations('common')
  return (
    // biome-ignore lint/a11y/useSemanticElements: see VirtualTable
    <div
      role="cell"
      className={clsx('min-w-0 px-3.5 py-0.5 @table:px-2 @table:py-2 @table:first:pl-3.5', column.className)}
    >
      {row === undefined ? (
        <Skeleton className="w-24" />
      ) : (
        <>
          {column.labelled && (
            <span className="mr-1 text-ink-3 has-[+:empty]:hidden @table:hidden">
              {t('cardLabel', { heading: column.header })}
            </span>
          )}
          {column.labelled ? (
            <span className="inline-block align-top empty:hidden">{column.cell(row)}</span>
          ) : (
            column.cell(row)
          )}
        </>
      )}
    </div>
  )
}
