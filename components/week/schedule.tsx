'use client'

import { useQuery } from '@tanstack/react-query'
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
import { buttonClass } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Segmented } from '@/components/ui/segmented'
import { preferenceCookies } from '@/lib/i18n/locale'
import { apiPolling, apiQuery } from '@/lib/query/client'
import { allRegistries } from '@/lib/query/queries'
import { type InstanceLocation, routes } from '@/lib/routes'
import { WeekCrowds } from './peak-times'
import { ScheduleTable } from './schedule-table'
import { rowKinds, type WeekZone, weekAddress, weekInput } from './search-params'
import { type Week, weekFrom } from './shape'
import { type StripRow, WeekStrip } from './timeline'

/** All schedules of an instance over seven days, and where they crowd. */
export function WeekSchedule({ at, zone: remembered }: { at: InstanceLocation; zone: WeekZone }) {
  const t = useTranslations('week')
  const id = useId()
  const ownZone = useTimeZone() ?? 'UTC'
  const now = useNow(600_000)
  const [chosen, setChosen] = useState(remembered)
  const [{ by }, setView] = useQueryStates(weekAddress, { history: 'push' })
  const schedules = useQuery({
    ...apiPolling('weekShow', weekInput(at)),
    refetchInterval: ({ state }) => (state.data?.refreshing ? 1_500 : false),
  })
  const registries = useQuery(apiQuery('registryList', allRegistries(at)))
  const registryName = (registry: number, name: string) =>
    registries.data?.registries.find((each) => each.id === registry)?.name || name || `#${registry}`
  const zone = chosen === 'utc' ? 'UTC' : ownZone
  const all = schedules.data?.schedules
  const week = useMemo(() => weekFrom(all ?? [], now, zone), [all, now, zone])
  const rowsByRegistry = useRowsByRegistry(week, registryName)
  const rows =
    by === 'registry'
      ? rowsByRegistry
      : week.timed.map((timed) => ({ key: timed.key, name: timed.schedule.name, timed: [timed] }))

  const header = (
    <InstanceCrumbs
      at={at}
      between={[{ label: t('toPolicies'), href: routes.replication(at) }]}
      title={t('title')}
      lead={t('lead')}
      actions={
        <Refresh
          at={schedules.data ? Date.parse(schedules.data.at) : 0}
          busy={schedules.isFetching || schedules.data?.refreshing === true}
          onRefresh={() => schedules.refetch()}
        />
      }
    />
  )
  if (schedules.error && !all)
    return (
      <>
        {header}
        <ProblemPanel error={schedules.error} retry={() => schedules.refetch()} />
      </>
    )
  if (all?.length === 0)
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
        {schedules.data?.complete === false && <Note tone="warn">{t('incomplete')}</Note>}
        <WeekStrip week={week} rows={rows} zone={zone} now={now} />
        <WeekCrowds at={at} week={week} zone={zone} />
        <ScheduleTable at={at} week={week} query={schedules} registryName={registryName} />
      </div>
    </>
  )
}

/** Replication by its registry; retention, which has none, in a row of its own. */
function useRowsByRegistry(week: Week, registryName: (id: number, name: string) => string): StripRow[] {
  const t = useTranslations('week')
  const rows = new Map<string, { key: string; name: string; timed: Week['timed'][number][] }>()
  for (const timed of week.timed) {
    const { kind, registry } = timed.schedule
    const key = registry ? String(registry.id) : kind
    const name = registry
      ? registryName(registry.id, registry.name)
      : t(kind === 'retention' ? 'retentionRow' : 'noRegistry')
    const row = rows.get(key) ?? { key, name, timed: [] }
    row.timed.push(timed)
    rows.set(key, row)
  }
  return [...rows.values()]
}
