'use client'

import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { memo, type ReactNode } from 'react'
import type { SyncTarget } from '@/lib/contract/console/sync'

export interface GridTag<Cell> {
  /** Number of its row; see `Shape`. */
  readonly row: number
  readonly repository: string
  readonly tag: string
  /** What else there is to know of the tag. */
  readonly note?: string | undefined
  /** By target; null where nothing is sent. */
  readonly cells: readonly (Cell | null)[]
}

interface Props<Cell> {
  readonly index: number
  readonly row: GridTag<Cell>
  readonly targets: readonly SyncTarget[]
  /** Bit by column. */
  readonly chosen: number
  /** Column that has the focus, or would get it; -1 when it is in another row. */
  readonly active: number
  readonly isLast: boolean
  readonly renderCell: (cell: Cell) => ReactNode
}

/** Columns of equal width beside the names; a card where there is little room. */
export const gridRowClass =
  'block @table:grid @table:grid-cols-[minmax(14rem,1.6fr)_repeat(var(--columns),minmax(8.5rem,1fr))]'

function Row<Cell>({ index, row, targets, chosen, active, isLast, renderCell }: Props<Cell>) {
  const t = useTranslations('sync.grid')
  const { repository, tag, note } = row
  return (
    // biome-ignore-start lint/a11y/useFocusableInteractive: see Grid
    // biome-ignore-start lint/a11y/useSemanticElements: see Grid
    <div role="row" aria-rowindex={index + 2} className={clsx(gridRowClass, 'border-line', !isLast && 'border-b')}>
      <div
        role="rowheader"
        aria-colindex={1}
        data-choose-row={index}
        className="left-0 min-w-0 cursor-pointer bg-surface px-3 py-2 font-mono text-xs/5 wrap-anywhere hover:bg-sunken @table:sticky @table:z-1"
      >
        <span className="text-ink-3">{repository}:</span>
        {tag}
        {note && <p className="text-ink-3">{note}</p>}
      </div>
      {targets.map((target, column) => {
        const cell = row.cells[column] ?? null
        const isChosen = (chosen & (1 << column)) !== 0
        return (
          <div
            key={`${target.region}/${target.organization}`}
            role="gridcell"
            aria-colindex={column + 2}
            aria-selected={isChosen}
            tabIndex={column === active ? 0 : -1}
            data-cell={row.row * targets.length + column}
            className={clsx(
              'flex min-w-0 select-none items-center gap-2 px-3 py-2 text-sm -outline-offset-2 @table:px-2',
              isChosen ? 'bg-accent-soft' : 'hover:bg-sunken',
            )}
          >
            <span className="min-w-0 flex-1 truncate text-ink-3 text-xs @table:hidden">
              {target.region} · {target.organization}
            </span>
            {cell === null ? <span className="text-ink-3">{t('none')}</span> : renderCell(cell)}
          </div>
        )
      })}
    </div>
    // biome-ignore-end lint/a11y/useFocusableInteractive: see Grid
    // biome-ignore-end lint/a11y/useSemanticElements: see Grid
  )
}

const sameCells = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((cell, index) => cell === b[index])

/** Drawn again only when something that it shows has changed. */
export const GridRow = memo(Row, (before, next) => {
  const { row: old, ...others } = before
  const { row, ...rest } = next
  return (
    old.row === row.row &&
    old.repository === row.repository &&
    old.tag === row.tag &&
    old.note === row.note &&
    sameCells(old.cells, row.cells) &&
    sameCells(Object.values(others), Object.values(rest))
  )
}) as typeof Row
