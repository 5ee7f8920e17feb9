'use client'

import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { type ReactNode, useRef } from 'react'
import { Skeleton } from '@/components/ui/skeleton'
import { ProblemPanel } from '../shell/error-panel'
import type { Column } from './column'
import { HeaderCell, type Sorting } from './sorting'
import { useRowFocus } from './use-row-focus'

/** What the table needs of a query. `failureReason` is set while a read waits for its next try. */
export interface TableQuery {
  readonly isPending: boolean
  readonly isPlaceholderData: boolean
  readonly error: unknown
  readonly failureReason: unknown
  readonly refetch: () => unknown
}

/**
 * The one table: rows when they are there (dimmed while others come), their shape while they are not, the problem in their
 * place when they cannot be had, `empty` when there are none. Cards on a phone.
 */
export function ResourceTable<Row>({
  label,
  columns,
  rows,
  rowId,
  query,
  sorting,
  isMarked,
  empty,
}: {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowId: (row: Row, index: number) => string
  query: TableQuery
  sorting?: Sorting
  isMarked?: (row: Row) => boolean
  empty: ReactNode
}) {
  const t = useTranslations('common')
  const place = useRef<HTMLDivElement>(null)
  useRowFocus(place, rows.map(rowId))
  if (query.error && rows.length === 0) return <ProblemPanel error={query.error} retry={() => query.refetch()} />
  const problem = query.error ?? query.failureReason
  return (
    <>
      {Boolean(problem) && (
        <div className="mb-3">
          <ProblemPanel error={problem} retry={query.error ? () => query.refetch() : 'by itself'} />
        </div>
      )}
      <div
        ref={place}
        tabIndex={-1}
        className="overflow-hidden rounded-lg border border-line bg-surface @table:overflow-x-auto"
      >
        {!query.isPending && rows.length === 0 ? (
          empty
        ) : (
          // Roles are repeated because a table laid out as cards loses them.
          // biome-ignore-start lint/a11y/noRedundantRoles: a table that is laid out as a grid loses its roles
          // biome-ignore-start lint/a11y/useSemanticElements: a table that is laid out as a grid loses its roles
          <table
            role="table"
            aria-label={label}
            aria-busy={query.isPending || query.isPlaceholderData}
            className={clsx(
              'block w-full border-collapse @table:table @table:table-fixed',
              query.isPlaceholderData && 'opacity-60',
            )}
          >
            <thead role="rowgroup" className="hidden @table:table-header-group">
              <tr role="row">
                {columns.map((column) => (
                  <HeaderCell key={column.id} column={column} sorting={sorting} />
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup" className="block @table:table-row-group">
              {query.isPending
                ? skeletonRows.map((row) => <SkeletonRow key={row} columns={columns} />)
                : rows.map((row, index) => (
                    <tr
                      key={rowId(row, index)}
                      data-row={index}
                      role="row"
                      className={clsx('row', isMarked?.(row) && 'bg-accent-soft')}
                    >
                      {columns.map((column) => (
                        <Cell key={column.id} column={column}>
                          {column.labelled ? (
                            <>
                              <span className="mr-1 text-ink-3 has-[+:empty]:hidden @table:hidden">
                                {t('cardLabel', { heading: column.header })}
                              </span>
                              <span>{column.cell(row)}</span>
                            </>
                          ) : (
                            column.cell(row)
                          )}
                        </Cell>
                      ))}
                    </tr>
                  ))}
            </tbody>
          </table>
          // biome-ignore-end lint/a11y/noRedundantRoles: a table that is laid out as a grid loses its roles
          // biome-ignore-end lint/a11y/useSemanticElements: a table that is laid out as a grid loses its roles
        )}
      </div>
    </>
  )
}

function Cell<Row>({ column, children }: { column: Column<Row>; children: ReactNode }) {
  const className = clsx('cell', column.className)
  // Roles are repeated because a table laid out as cards loses them.
  return column.rowHeader ? (
    // biome-ignore lint/a11y/noRedundantRoles: a table that is laid out as a grid loses its roles
    <th role="rowheader" scope="row" className={className}>
      {children}
    </th>
  ) : (
    // biome-ignore lint/a11y/noRedundantRoles: a table that is laid out as a grid loses its roles
    <td role="cell" className={className}>
      {children}
    </td>
  )
}

const skeletonRows = Array.from({ length: 10 }, (_, index) => index)

function SkeletonRow<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  return (
    <tr className="row">
      {columns.map((column) => (
        <td key={column.id} className={clsx('cell @table:h-[3.5625rem]', column.className)}>
          {!column.hiddenHeader && <Skeleton className="w-24" />}
        </td>
      ))}
    </tr>
  )
}
