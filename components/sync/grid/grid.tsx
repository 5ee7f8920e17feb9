'use client'

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { type CSSProperties, type ReactNode, useLayoutEffect, useRef } from 'react'
import type { SyncTarget } from '@/lib/contract/console/sync'
import { GridRow, type GridTag, gridRowClass } from './row'
import { cellId, type Shape } from './selection'
import type { GridState } from './use-grid'

/** Pixels of a row, until it has been measured. */
const rowHeight = 37
/** At most of the heading that stays above the rows. */
const headingHeight = 48
/** Seen in the first HTML. */
const firstHeight = 560

/**
 * Tags by targets, by the ARIA grid pattern: one cell can be reached by Tab, the arrows lead on. Rows are drawn as they are needed,
 * and drawn again only when they change. A card for each tag where there is little room.
 */
export function Grid<Cell>({
  label,
  targets,
  rows,
  shape,
  grid,
  renderCell,
  isOld = false,
}: {
  label: string
  targets: readonly SyncTarget[]
  rows: readonly GridTag<Cell>[]
  shape: Shape
  grid: GridState
  /** Has to stay the same function: a row is drawn again when it changes. */
  renderCell: (cell: Cell) => ReactNode
  isOld?: boolean
}) {
  const t = useTranslations('sync.grid')
  const scroller = useRef<HTMLDivElement>(null)
  const { active, selected, isDragging, handlers } = grid
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingEnd: headingHeight,
    initialRect: { width: 0, height: firstHeight },
    getItemKey: (index) => rows[index]?.row ?? index,
    // The cell that Tab leads to is always there.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), Math.min(active.row, rows.length - 1)])]
        .filter((index) => index >= 0)
        .sort((a, b) => a - b),
  })
  const activeCell = cellId(shape, active)
  useLayoutEffect(() => {
    const own = scroller.current
    const focused = document.activeElement
    if (!own || !(focused instanceof HTMLElement)) return
    // A fast drag takes away the row that had the focus before this one is drawn.
    const isLost = isDragging && focused === document.body
    const cell = own.contains(focused) ? focused.dataset.cell : undefined
    if (!isLost && (cell === undefined || cell === String(activeCell))) return
    // A drag scrolls by itself, where its pointer is.
    if (!isDragging) virtual.scrollToIndex(active.row)
    own.querySelector<HTMLElement>(`[data-cell="${activeCell}"]`)?.focus({ preventScroll: isDragging })
  }, [activeCell, active.row, isDragging, virtual])
  const style = { '--columns': targets.length } as CSSProperties
  return (
    // Roles are those of the pattern; a table cannot draw its rows as they are needed.
    // biome-ignore-start lint/a11y/useFocusableInteractive: cells have the focus; keys do what a press on a heading does
    // biome-ignore-start lint/a11y/useSemanticElements: rows that stand where they are scrolled to are no table rows
    <div className="@container">
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-colcount={targets.length + 1}
        aria-multiselectable
        aria-busy={isOld}
        style={style}
        className={clsx(
          // A cell that gets the focus is not scrolled behind the headings that stay.
          'relative max-h-[min(40rem,75dvh)] overflow-auto rounded-lg border border-line bg-surface @table:scroll-pt-12 @table:scroll-pl-56',
          isOld && 'opacity-60',
        )}
        {...handlers}
      >
        <div role="rowgroup" className={clsx(wideClass, 'sticky top-0 z-2 hidden bg-surface @table:block')}>
          <div role="row" aria-rowindex={1} className={`${gridRowClass} border-line-strong border-b`}>
            <div
              role="columnheader"
              aria-colindex={1}
              className="sticky left-0 bg-surface px-3 py-2 text-ink-3 text-xs"
            >
              {t('tag')}
            </div>
            {targets.map((target, column) => (
              <div
                key={`${target.region}/${target.organization}`}
                role="columnheader"
                aria-colindex={column + 2}
                data-choose-column={column}
                className="min-w-0 cursor-pointer px-2 py-1 hover:bg-sunken"
              >
                <TargetName target={target} />
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className={clsx(wideClass, 'relative')} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index]
            if (!row) return null
            return (
              <div
                key={row.row}
                ref={virtual.measureElement}
                data-index={index}
                role="presentation"
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${start}px)` }}
              >
                <GridRow
                  index={index}
                  row={row}
                  targets={targets}
                  chosen={maskOf(selected, row.row, targets.length)}
                  active={index === active.row ? active.column : -1}
                  isLast={index === rows.length - 1}
                  renderCell={renderCell}
                />
              </div>
            )
          })}
        </div>
      </div>
    </div>
    // biome-ignore-end lint/a11y/useFocusableInteractive: cells have the focus; keys do what a press on a heading does
    // biome-ignore-end lint/a11y/useSemanticElements: rows that stand where they are scrolled to are no table rows
  )
}

/** As wide as its columns need; then the grid scrolls sideways. */
const wideClass = '@table:min-w-[calc(14rem+var(--columns)*8.5rem)]'

/** Region, and its organization below. */
export function TargetName({ target: { region, organization } }: { target: SyncTarget }) {
  return (
    <>
      <span className="block truncate font-medium text-xs">{region}</span>
      <span className="block truncate text-ink-3 text-xs">{organization}</span>
    </>
  )
}

/** The chosen cells of a row as one number, so that a row can be compared with itself at once. */
function maskOf(selected: ReadonlySet<number>, row: number, columns: number): number {
  let mask = 0
  for (let column = 0; column < columns; column++) if (selected.has(row * columns + column)) mask |= 1 << column
  return mask
}
