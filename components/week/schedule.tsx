'use client'

import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useTimeZone, useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { useId, useMemo, useState } from 'react'
import { useNow } from '@/components/context/clock'
import { ProblemPanel } from '@/components/shell/error-panel'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { setPreference } from '@/components/shell/preference'
import { Refresh } from '@/components/table/refresh'
import { UnknownParams } from '@/components/table/unknown-params'
import { Note } from '@/components/ui/alert'
import { Button, buttonClass } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Segmented } from '@/components/ui/segmented'
import type { WeekLane } from '@/lib/contract/console/week'
import { preferenceCookies } from '@/lib/i18n/locale'
import { daysFrom, quartersOf, weekDays } from '@/lib/policy/schedule/week'
import { apiPolling, apiQuery } from '@/lib/query/client'
import { allRegistries } from '@/lib/query/queries'
import { type InstanceLocation, routes } from '@/lib/routes'
import { WeekCrowds } from './peak-times'
import { ScheduleTable } from './schedule-table'
import {
  refreshingPolling,
  rowKinds,
  stripInput,
  stripPage,
  type WeekZone,
  weekAddress,
  weekInput,
  weekPolling,
} from './search-params'
import { keyOf, timedWithin } from './shape'
import { type StripRow, WeekStrip } from './timeline'

const weekReads = ['weekShow', 'weekScheduleList'] as const

/** All schedules of an instance over seven days, and where they crowd. */
export function WeekSchedule({ at, zone: remembered }: { at: InstanceLocation; zone: WeekZone }) {
  const t = useTranslations('week')
  const id = useId()
  const cache = useQueryClient()
  const ownZone = useTimeZone() ?? 'UTC'
  const now = useNow(600_000)
  const [chosen, setChosen] = useState(remembered)
  const [before, setBefore] = useState(remembered)
  const [{ by }, setView] = useQueryStates(weekAddress, { history: 'push' })
  const zoneOf = (choice: WeekZone) => (choice === 'utc' ? 'UTC' : ownZone)
  const zone = zoneOf(chosen)
  const week = useQuery({
    ...apiPolling('weekShow', weekInput(at, zone), weekPolling),
    placeholderData: keepPreviousData,
  })
  // A zone that cannot be had does not take the other away.
  const other = useQuery({ ...apiQuery('weekShow', weekInput(at, zoneOf(before))), enabled: false }).data
  const data = week.data ?? other
  const registries = useQuery(apiQuery('registryList', allRegistries(at)))
  const registryName = (registry: number, name: string) =>
    registries.data?.registries.find((each) => each.id === registry)?.name || name || `#${registry}`
  // What is drawn belongs together: while another zone is on its way, all of it is in the one before.
  const { zone: shown = zone, from = now.getTime(), lanes = [], busiest = [] } = data ?? {}
  const bounds = useMemo(() => daysFrom(from, shown, weekDays + 1), [from, shown])
  const strip = useStrip(at, bounds)

  /** Replication by its registry; retention, which has none, in a row of its own. */
  const laneRow = ({ kind, registry, ...lane }: WeekLane): StripRow => ({
    ...lane,
    key: registry ? String(registry.id) : kind,
    name: registry ? registryName(registry.id, registry.name) : t(kind === 'retention' ? 'retentionRow' : 'noRegistry'),
  })

  const header = (
    <InstanceCrumbs
      at={at}
      between={[{ label: t('toPolicies'), href: routes.replication(at) }]}
      title={t('title')}
      lead={t('lead')}
      actions={
        <Refresh
          at={week.data ? Date.parse(week.data.at) : 0}
          busy={week.isFetching || week.data?.refreshing === true}
          onRefresh={() =>
            cache.invalidateQueries({ predicate: ({ queryKey: [name] }) => weekReads.some((each) => each === name) })
          }
        />
      }
    />
  )
  if (week.error && !data)
    return (
      <>
        {header}
        <ProblemPanel error={week.error} retry={() => week.refetch()} />
      </>
    )
  if (data?.count === 0)
    return (
      <>
        {header}
        <Empty
          title={t('empty')}
          action={
            <Link href={routes.replication(at)} prefetch={false} className={buttonClass()}>
              {t('toPolicies')}
            </Link>
          }
        >
          {t('emptyText')}
        </Empty>
      </>
    )
  return (
    <>
      {header}
      <UnknownParams parsers={weekAddress} />
      <div className="flex flex-col gap-5">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
          <span id={`${id}-zone`} className="sr-only">
            {t('zone.label')}
          </span>
          <Segmented
            name="zone"
            labelledBy={`${id}-zone`}
            value={chosen}
            options={[
              { value: 'own', label: t('zone.own', { zone: ownZone }) },
              { value: 'utc', label: t('zone.utc') },
            ]}
            onChange={(next) => {
              setPreference(preferenceCookies.weekZone, next)
              setBefore(chosen)
              setChosen(next)
            }}
          />
          <span id={`${id}-by`} className="sr-only">
            {t('by.label')}
          </span>
          <Segmented
            name="by"
            labelledBy={`${id}-by`}
            value={by}
            options={rowKinds.map((value) => ({ value, label: t(`by.${value}`) }))}
            onChange={(next) => setView({ by: next })}
          />
        </div>
        {week.error && <ProblemPanel error={week.error} retry={() => week.refetch()} />}
        {data?.complete === false && <Note tone="warn">{t('incomplete')}</Note>}
        <WeekStrip
          bounds={bounds}
          busiest={busiest}
          rows={by === 'registry' ? lanes.map((lane) => laneRow(lane)) : strip.rows}
          zone={shown}
          now={now}
          more={
            by === 'policy' && strip.error ? (
              <ProblemPanel error={strip.error} retry={strip.retry} />
            ) : by === 'policy' && strip.left > 0 ? (
              <Button className="my-2" onClick={strip.showMore} disabled={strip.isFetching}>
                {t('strip.more', { count: Math.min(strip.left, stripPage) })}
              </Button>
            ) : null
          }
        />
        {data && <WeekCrowds at={at} peaks={data.peaks} zone={shown} />}
        <ScheduleTable at={at} zone={shown} bounds={bounds} lanes={lanes} registryName={registryName} />
      </div>
    </>
  )
}

/** Schedules as rows of the strip, as many as were asked to be seen. */
function useStrip(at: InstanceLocation, bounds: readonly number[]) {
  const [pages, setPages] = useState(1)
  const reads = useQueries({
    queries: Array.from({ length: pages }, (_, page) =>
      apiPolling('weekScheduleList', stripInput(at, page), refreshingPolling),
    ),
  })
  // Pages are read one after the other: what is new before one moves the next.
  const schedules = new Map(reads.flatMap(({ data }) => data?.schedules ?? []).map((each) => [keyOf(each), each]))
  const failed = reads.filter(({ error }) => error !== null)
  const rows = timedWithin([...schedules.values()], bounds).map(
    ({ key, schedule: { name, kind, enabled }, starts }): StripRow => {
      const marks = { [enabled ? kind : 'disabled']: quartersOf(starts, bounds) }
      return { key, name, enabled, starts: starts.length, marks }
    },
  )
  return {
    rows,
    left: Math.max(0, (reads[0]?.data?.total ?? 0) - pages * stripPage),
    error: failed[0]?.error,
    retry: () => Promise.all(failed.map((read) => read.refetch())),
    isFetching: reads.at(-1)?.isPending === true,
    showMore: () => setPages(pages + 1),
  }
}
