'use client'

import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/input'
import { tooltip } from '@/components/ui/tooltip'
import type { Column } from './column'

export interface Sorting {
  readonly column: string
  readonly order: 'asc' | 'desc'
  readonly change: (column: string, order: 'asc' | 'desc') => void
}

/** Heading of a column; where the server can order by it, a button that does, and turns it round. */
export function HeaderCell<Row>({ column, sorting }: { column: Column<Row>; sorting: Sorting | undefined }) {
  const t = useTranslations('common')
  const sort = sorting && column.sorts?.[0]
  const isActive = sort !== undefined && sort.by === sorting?.column
  return (
    <th
      scope="col"
      {...(isActive && { 'aria-sort': sorting?.order === 'asc' ? 'ascending' : 'descending' })}
      className={clsx(
        'whitespace-nowrap border-line border-b px-2 py-2 text-left font-medium text-ink-3 text-xs',
        column.width,
        column.className,
      )}
    >
      {sort ? (
        <button
          type="button"
          {...tooltip(t('sortBy', { column: column.shortHeader ? column.header : sort.label }))}
          className={clsx('inline-flex items-center gap-1 hover:text-ink', isActive && 'text-ink')}
          onClick={() => sorting.change(sort.by, isActive ? flip(sorting.order) : firstOrder(sort.by))}
        >
          <Heading column={column} />
          {isActive && <Direction order={sorting.order} />}
        </button>
      ) : (
        (column.headerCell ?? (
          <span className={column.hiddenHeader ? 'sr-only' : undefined}>
            <Heading column={column} />
          </span>
        ))
      )}
    </th>
  )
}

function Heading<Row>({ column: { header, shortHeader } }: { column: Column<Row> }) {
  if (shortHeader === undefined) return header
  return (
    <>
      <span aria-hidden className="@roomy:hidden">
        {shortHeader}
      </span>
      <span className="sr-only @roomy:not-sr-only">{header}</span>
    </>
  )
}

const Direction = ({ order }: { order: 'asc' | 'desc' }) =>
  order === 'asc' ? <ArrowUp aria-hidden size={12} /> : <ArrowDown aria-hidden size={12} />

const flip = (order: 'asc' | 'desc') => (order === 'asc' ? 'desc' : 'asc')

/** Times are wanted newest first, what comes next soonest, names from A. */
const firstOrder = (by: string) => (by === 'name' || by === 'next' ? 'asc' : 'desc')

/** Every order, also those that no heading offers; where each has a heading, only in cards, which have none. */
export function SortSelect<Row>({ columns, sorting }: { columns: readonly Column<Row>[]; sorting: Sorting }) {
  const t = useTranslations('common')
  const sorts = columns.flatMap((column) => column.sorts ?? [])
  const hasMore = columns.some((column) => (column.sorts?.length ?? 0) > 1)
  return (
    <div className={clsx('flex gap-1.5 print:hidden', !hasMore && '@table:hidden')}>
      <Select
        aria-label={t('order')}
        compact
        value={sorting.column}
        onChange={(event) => sorting.change(event.target.value, firstOrder(event.target.value))}
      >
        {sorts.map(({ by, label }) => (
          <option key={by} value={by}>
            {t('sortBy', { column: label })}
          </option>
        ))}
      </Select>
      <Button
        size="icon"
        aria-label={t(`sorted.${sorting.order}`)}
        className="shrink-0"
        {...tooltip(t(`sorted.${sorting.order}`))}
        onClick={() => sorting.change(sorting.column, flip(sorting.order))}
      >
        <Direction order={sorting.order} />
      </Button>
    </div>
  )
}
