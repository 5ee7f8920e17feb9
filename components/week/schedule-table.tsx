'use client'

import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { useId } from 'react'
import { FilterBar } from '@/components/table/filter-bar'
import { filterChipClass } from '@/components/table/filter-chip'
import { FilterSelect } from '@/components/table/filter-select'
import { Pager } from '@/components/table/pager'
import { ResourceTable, type TableQuery } from '@/components/table/resource-table'
import { SearchField } from '@/components/table/search-field'
import { pageWindow } from '@/components/table/search-params'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import type { InstanceLocation } from '@/lib/routes'
import { useWeekColumns } from './columns'
import { weekAddress } from './search-params'
import type { Week } from './shape'

/** What the strip shows, as a table: searched, filtered and paged. All of the week is here already. */
export function ScheduleTable({
  at,
  week,
  query,
  registryName,
}: {
  at: InstanceLocation
  week: Week
  query: TableQuery
  registryName: (id: number, name: string) => string
}) {
  const t = useTranslations('week')
  const c = useTranslations('common')
  const id = useId()
  const columns = useWeekColumns(at, registryName)
  const [view, setView] = useQueryStates(weekAddress, { history: 'push' })
  const { q, registry, crowded, size } = view
  const narrow = (
    part: Partial<Record<'q', string | null> & Record<'registry', number | null> & { crowded: boolean }>,
  ) => setView({ ...part, page: null })
  const busy = new Set(week.crowds.flatMap(({ keys }) => keys))
  const fitting = week.timed.filter(
    ({ key, schedule }) =>
      schedule.name.toLowerCase().includes(q.toLowerCase()) &&
      (registry === null || schedule.registry?.id === registry) &&
      (!crowded || busy.has(key)),
  )
  const registries = new Map(
    week.timed.flatMap(({ schedule }) =>
      schedule.registry ? [[schedule.registry.id, registryName(schedule.registry.id, schedule.registry.name)]] : [],
    ),
  )
  const count = Number(registry !== null) + Number(crowded)
  const clear = () => setView({ q: null, registry: null, crowded: null, page: null })
  const page = Math.max(1, Math.min(view.page, Math.ceil(fitting.length / size)))
  const { offset, limit } = pageWindow({ page, size })
  const rows = fitting.slice(offset, offset + limit)
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <h2 id={id}>{t('table.title')}</h2>
      <div className="flex flex-wrap items-center gap-2 print:hidden">
        <SearchField value={q} onSearch={(text) => narrow({ q: text || null })} />
        <FilterBar count={count} onClear={count > 0 || q !== '' ? clear : undefined}>
          <FilterSelect
            label={t('filter.registry')}
            any={t('filter.registry')}
            options={[...registries].map(([value, label]) => ({ value: String(value), label }))}
            chosen={registry === null ? null : String(registry)}
            onChoose={(value) => narrow({ registry: value === null ? null : Number(value) })}
          />
          <button
            type="button"
            aria-pressed={crowded}
            className={filterChipClass(crowded)}
            onClick={() => narrow({ crowded: !crowded })}
          >
            {t('filter.crowded')}
          </button>
        </FilterBar>
      </div>
      <div>
        <ResourceTable
          label={t('table.title')}
          columns={columns}
          rows={rows}
          rowId={({ key }) => key}
          query={query}
          empty={<Empty title={t('filter.none')} action={<Button onClick={clear}>{c('clearFilters')}</Button>} />}
        />
        <Pager
          paging={{ page, size, change: setView }}
          total={fitting.length}
          all={week.timed.length}
          shown={rows.length}
        />
      </div>
    </section>
  )
}
