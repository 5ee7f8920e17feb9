'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { PageHeader } from '@/components/shell/page-header'
import { FilterBar } from '@/components/table/filter-bar'
import { Filter, TextFilter } from '@/components/table/filter-field'
import { Pager } from '@/components/table/pager'
import { Refresh } from '@/components/table/refresh'
import { ResourceTable } from '@/components/table/resource-table'
import { SearchField } from '@/components/table/search-field'
import { UnknownParams } from '@/components/table/unknown-params'
import { Button, buttonClass } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Select } from '@/components/ui/input'
import { apiPolling } from '@/lib/query/client'
import { routes } from '@/lib/routes'
import { SyncTabs } from '../tabs'
import { useJobColumns } from './job-columns'
import { type JobsView, jobFilters, jobStates, jobsAddress, jobsInput } from './search-params'

/** Jobs that run are looked at again. */
const pollMs = 5_000

/** Jobs of manual sync, newest first: filtered and paged by the server; the view is in the address. */
export function JobList({ connection }: { connection: string }) {
  const t = useTranslations('sync')
  const j = useTranslations('sync.jobs')
  const c = useTranslations('common')
  const [view, setView] = useQueryStates(jobsAddress, { history: 'push' })
  const jobs = useQuery({
    ...apiPolling('syncJobList', jobsInput(connection, view), (answer) =>
      answer?.jobs.some(({ state }) => state === 'running') ? pollMs : false,
    ),
    placeholderData: keepPreviousData,
  })
  const columns = useJobColumns(connection)
  const rows = jobs.data?.jobs ?? []
  const { search: _, ...filters } = jobFilters(view)
  const isFiltered = Object.keys(jobFilters(view)).length > 0
  const clear = () => setView(null)
  const narrow = (part: Partial<Pick<JobsView, 'q' | 'state'>> & { person?: string | null; region?: string | null }) =>
    setView({ ...part, page: null })
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), href: routes.sync(connection) }]}
        title={t('tabs.jobs')}
        lead={j('lead')}
        actions={<Refresh at={jobs.dataUpdatedAt} busy={jobs.isFetching} onRefresh={() => jobs.refetch()} />}
      />
      <SyncTabs connection={connection} />
      <UnknownParams parsers={jobsAddress} />
      <div className="mb-3 flex flex-wrap items-end gap-2 print:hidden">
        <SearchField value={view.q} onSearch={(q) => narrow({ q })} />
        <FilterBar count={Object.keys(filters).length} onClear={isFiltered ? clear : undefined}>
          <Filter label={j('filter.state')}>
            <Select
              value={view.state ?? ''}
              onChange={({ target }) => narrow({ state: jobsAddress.state.parse(target.value) })}
            >
              <option value="">{j('filter.anyState')}</option>
              {jobStates.map((state) => (
                <option key={state} value={state}>
                  {j(`state.${state}`)}
                </option>
              ))}
            </Select>
          </Filter>
          <TextFilter
            label={j('filter.person')}
            placeholder={j('filter.personHint')}
            value={view.person}
            onChange={(person) => narrow({ person })}
          />
          <TextFilter
            label={j('filter.region')}
            placeholder={j('filter.regionHint')}
            value={view.region}
            onChange={(region) => narrow({ region })}
          />
        </FilterBar>
      </div>
      <ResourceTable
        label={j('label')}
        columns={columns}
        rows={rows}
        rowId={({ id }) => String(id)}
        query={jobs}
        empty={
          view.page > 1 && jobs.data?.total !== 0 ? (
            <Empty title={c('pager.pastEnd')} />
          ) : isFiltered ? (
            <Empty title={j('filtered')} action={<Button onClick={clear}>{c('clearFilters')}</Button>} />
          ) : (
            <Empty
              title={j('none')}
              action={
                <Link href={routes.sync(connection)} prefetch={false} className={buttonClass()}>
                  {j('collect')}
                </Link>
              }
            >
              {j('noneText')}
            </Empty>
          )
        }
      />
      {!jobs.error && <Pager view={view} onChange={setView} total={jobs.data?.total} shown={rows.length} />}
    </>
  )
}
