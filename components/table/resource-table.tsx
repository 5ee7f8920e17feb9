'use client'

import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Skeleton } from '@/components/ui/skeleton'
import { ProblemPanel } from '../shell/problem-panel'

export interface Column<Row> {
  readonly id: string
  readonly header: string
  readonly cell: (row: Row) => ReactNode
  /** Name of the column in the list's order, when the server can sort by it. */
  readonly sort?: string
  /** Width, alignment and what a phone leaves out. */
  readonly className?: string
  /** Heading that only a screen reader needs (row menus). */
  readonly hiddenHeader?: boolean
}

/** What the table needs of a query. `failureReason` is set while a read waits for its next try. */
export interface TableQuery {
  readonly isPending: boolean
  readonly isPlaceholderData: boolean
  readonly error: unknown
  readonly failureReason: unknown
  readonly refetch: () => unknown
}

export interface Sorting {
  readonly column: string
  readonly order: 'asc' | 'desc'
  readonly change: (column: string, order: 'asc' | 'desc') => void
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
  empty,
}: {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowId: (row: Row, at: number) => string
  query: TableQuery
  sorting?: Sorting
  empty: ReactNode
}) {
  if (query.error && rows.length === 0) return <ProblemPanel error={query.error} retry={() => query.refetch()} />
  return (
    <>
      {(query.error || (query.failureReason && query.isPending)) && (
        <div className="mb-3">
          <ProblemPanel
            error={query.error ?? query.failureReason}
            {...(query.error ? { retry: () => query.refetch() } : {})}
          />
        </div>
      )}
      <div className="overflow-hidden rounded-lg border border-line bg-surface md:overflow-x-auto">
        {!query.isPending && rows.length === 0 ? (
          empty
        ) : (
          // Roles are repeated because a table laid out as cards loses them.
          // biome-ignore-start lint/a11y/noRedundantRoles: see above
          // biome-ignore-start lint/a11y/useSemanticElements: see above
          <table
            role="table"
            aria-label={label}
            aria-busy={query.isPending || query.isPlaceholderData}
            className={clsx('block w-full border-collapse md:table', query.isPlaceholderData && 'opacity-60')}
          >
            <thead role="rowgroup" className="hidden md:table-header-group">
              <tr role="row">
                {columns.map((column) => (
                  <HeaderCell key={column.id} column={column} sorting={sorting} />
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup" className="block md:table-row-group">
              {query.isPending
                ? skeletonRows.map((row) => <SkeletonRow key={row} columns={columns} />)
                : rows.map((row, at) => (
                    <tr
                      key={rowId(row, at)}
                      role="row"
                      className="relative block border-line border-b py-3 last:border-b-0 md:table-row md:py-0"
                    >
                      {columns.map((column) => (
                        <td
                          key={column.id}
                          role="cell"
                          className={clsx(
                            'block px-3.5 py-0.5 align-top md:table-cell md:px-3 md:py-2 [tr:not(:last-child)>&]:md:border-b [tr:not(:last-child)>&]:md:border-line',
                            column.className,
                          )}
                        >
                          {column.cell(row)}
                        </td>
                      ))}
                    </tr>
                  ))}
            </tbody>
          </table>
          // biome-ignore-end lint/a11y/noRedundantRoles: see above
          // biome-ignore-end lint/a11y/useSemanticElements: see above
        )}
      </div>
    </>
  )
}

const skeletonRows = Array.from({ length: 10 }, (_, at) => at)

function SkeletonRow<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  return (
    <tr className="block border-line border-b py-3 last:border-b-0 md:table-row md:py-0">
      {columns.map((column) => (
        <td
          key={column.id}
          className={clsx('block px-3.5 py-0.5 md:table-cell md:h-[53px] md:px-3 md:py-2', column.className)}
        >
          {!column.hiddenHeader && <Skeleton className="w-24" />}
        </td>
      ))}
    </tr>
  )
}

function HeaderCell<Row>({ column, sorting }: { column: Column<Row>; sorting: Sorting | undefined }) {
  const t = useTranslations('common')
  const sort = column.sort
  const active = sort !== undefined && sorting?.column === sort
  return (
    <th
      scope="col"
      {...(active && { 'aria-sort': sorting.order === 'asc' ? 'ascending' : 'descending' })}
      className={clsx(
        'border-line border-b px-3 py-2 text-left font-medium text-ink-3 text-xs whitespace-nowrap',
        column.className,
      )}
    >
      {sort !== undefined && sorting ? (
        <button
          type="button"
          title={t('sortBy', { column: column.header })}
          className={clsx('inline-flex items-center gap-1 hover:text-ink', active && 'text-ink')}
          // Times are wanted newest first, names from A.
          onClick={() => sorting.change(sort, active ? flip(sorting.order) : sort === 'name' ? 'asc' : 'desc')}
        >
          {column.header}
          {active &&
            (sorting.order === 'asc' ? <ArrowUp aria-hidden size={12} /> : <ArrowDown aria-hidden size={12} />)}
        </button>
      ) : column.hiddenHeader ? (
        <span className="sr-only">{column.header}</span>
      ) : (
        column.header
      )}
    </th>
  )
}

const flip = (order: 'asc' | 'desc') => (order === 'asc' ? 'desc' : 'asc')
