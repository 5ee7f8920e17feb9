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
  const sorts = sorting && column.sorts
  const active = sorts?.find(({ by }) => by === sorting?.column)
  return (
    <th
      scope="col"
      {...(active && { 'aria-sort': sorting?.order === 'asc' ? 'ascending' : 'descending' })}
      className={clsx(
        'whitespace-nowrap border-line border-b px-3 py-2 text-left font-medium text-ink-3 text-xs',
        column.className,
      )}
    >
      {sorts
        ? sorts.map(({ by, label }, at) => (
            <span key={by}>
              {at > 0 && ' / '}
              <button
                type="button"
                {...tooltip(t('sortBy', { column: label }))}
                className={clsx('inline-flex items-center gap-1 hover:text-ink', by === active?.by && 'text-ink')}
                onClick={() => sorting.change(by, by === active?.by ? flip(sorting.order) : firstOrder(by))}
              >
                {sorts.length === 1 ? column.header : label}
                {by === active?.by && <Direction order={sorting.order} />}
              </button>
            </span>
          ))
        : (column.headerCell ?? <span className={column.hiddenHeader ? 'sr-only' : undefined}>{column.header}</span>)}
    </th>
  )
}

const Direction = ({ order }: { order: 'asc' | 'desc' }) =>
  order === 'asc' ? <ArrowUp aria-hidden size={12} /> : <ArrowDown aria-hidden size={12} />

const flip = (order: 'asc' | 'desc') => (order === 'asc' ? 'desc' : 'asc')

/** Times are wanted newest first, what comes next soonest, names from A. */
const firstOrder = (by: string) => (by === 'name' || by === 'next' ? 'asc' : 'desc')

/** The same orders where headings are missing: in cards, and where a narrow table leaves columns out. */
export function SortSelect<Row>({ columns, sorting }: { columns: readonly Column<Row>[]; sorting: Sorting }) {
  const t = useTranslations('common')
  const sorts = columns.flatMap((column) => column.sorts ?? [])
  const leavesOut = columns.some((column) => column.sorts && column.wideOnly)
  return (
    <div className={clsx('mb-3 flex gap-2', leavesOut ? 'min-[90rem]:hidden' : 'lg:hidden')}>
      <Select
        aria-label={t('order')}
        compact
        className="flex-1 sm:flex-none"
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
        onClick={() => sorting.change(sorting.column, flip(sorting.order))}
      >
        <Direction order={sorting.order} />
      </Button>
    </div>
  )
}
