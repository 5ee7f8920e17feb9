'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { useId } from 'react'
import { FilterBar } from '@/components/table/filter-bar'
import { filterChipClass } from '@/components/table/filter-chip'
import { FilterSelect } from '@/components/table/filter-select'
import { Pager } from '@/components/table/pager'
import { ResourceTable } from '@/components/table/resource-table'
import { SearchField } from '@/components/table/search-field'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import type { WeekLane } from '@/lib/contract/console/week'
import { apiPolling } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import { useWeekColumns } from './columns'
import { refreshingPolling, scheduleInput, weekAddress } from './search-params'
import { timedWithin } from './shape'

/** What the strip shows, as a table: searched, filtered and paged. */
export function ScheduleTable({
  at,
  zone,
  bounds,
  lanes,
  registryName,
}: {
  at: InstanceLocation
  zone: string
  bounds: readonly number[]
  lanes: readonly WeekLane[]
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
  const schedules = useQuery({
    ...apiPolling('weekScheduleList', scheduleInput(at, zone, view), refreshingPolling),
    placeholderData: keepPreviousData,
  })
  const { total = 0, all = 0 } = schedules.data ?? {}
  const registries = new Map(
    lanes.flatMap(({ registry: each }) => (each ? [[each.id, registryName(each.id, each.name)]] : [])),
  )
  const count = Number(registry !== null) + Number(crowded)
  const clear = () => setView({ q: null, registry: null, crowded: null, page: null })
  const page = Math.max(1, Math.min(view.page, Math.ceil(total / size)))
  const rows = timedWithin(schedules.data?.schedules ?? [], bounds)
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
          query={schedules}
          empty={<Empty title={t('filter.none')} action={<Button onClick={clear}>{c('clearFilters')}</Button>} />}
        />
        <Pager view={{ page, size }} onChange={setView} total={total} all={all} shown={rows.length} />
      </div>
    </section>
  )
}
