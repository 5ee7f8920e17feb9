'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useNow } from '@/components/context/clock'
import { firstWords } from '@/components/run/failure-title'
import { RunOutcome } from '@/components/run/outcome'
import { Ago } from '@/components/shell/relative-time'
import type { Column } from '@/components/table/column'
import { ResourceTable } from '@/components/table/resource-table'
import { Empty } from '@/components/ui/empty'
import type { Problem } from '@/lib/contract/problem'
import type { Execution } from '@/lib/contract/swr/replication'
import type { SwrOutput } from '@/lib/contract/swr/schemas'
import { countersOf } from '@/lib/policy/runs/counters'
import { hangsSince, usualOf } from '@/lib/policy/runs/duration'
import { type InstanceLocation, routes } from '@/lib/routes'

const triggers = ['manual', 'scheduled', 'event_based'] as const

/** Runs as SWR lists them. Its counters count repositories, and the heading says so. */
export function RunList({
  at,
  policyId,
  runs,
  pastEnd = false,
}: {
  at: InstanceLocation
  policyId: string
  runs: UseQueryResult<SwrOutput<'executionList'>, Problem>
  /** A page that is not the first may be past the last. */
  pastEnd?: boolean
}) {
  const t = useTranslations('replication')
  const c = useTranslations('common')
  const now = useNow(60_000)
  const usual = usualOf(runs.data?.executions ?? [])
  const columns: Column<Execution>[] = [
    {
      id: 'id',
      header: t('runs.id'),
      labelled: true,
      width: '@table:w-24',
      className: 'tabular-nums',
      cell: ({ id }) =>
        id === undefined ? null : (
          <Link
            href={routes.replicationRun(at, Number(policyId), id)}
            prefetch={false}
            className="inline-block font-medium hover:text-accent hover:underline"
          >
            {id}
          </Link>
        ),
    },
    {
      id: 'status',
      header: t('runs.status'),
      width: '@table:w-[32%]',
      cell: (run) => (
        <>
          <RunOutcome run={run} hangs={hangsSince(run, usual, now.getTime()) !== null} />
          {run.status_text && (
            <small className="block text-ink-3 text-xs wrap-anywhere">{firstWords(run.status_text)}</small>
          )}
        </>
      ),
    },
    {
      id: 'trigger',
      header: t('runs.trigger'),
      labelled: true,
      cell: ({ trigger }) => {
        const known = triggers.find((each) => each === trigger)
        return known ? t(`runs.byTrigger.${known}`) : trigger
      },
    },
    {
      id: 'counters',
      header: t('runs.counters'),
      labelled: true,
      className: 'tabular-nums',
      cell: (run) => {
        if (run.total === undefined) return null
        const { total, succeed, failed } = countersOf(run)
        return (
          <>
            {t('runs.counts', { succeed, total })}
            {failed > 0 && <small className="block text-bad text-xs">{t('runs.failed', { failed })}</small>}
          </>
        )
      },
    },
    {
      id: 'started',
      header: t('runs.started'),
      labelled: true,
      className: 'text-ink-2 whitespace-nowrap',
      cell: ({ created_at }) => <Ago time={created_at} />,
    },
    {
      id: 'ended',
      header: t('runs.ended'),
      labelled: true,
      className: 'text-ink-2 whitespace-nowrap',
      cell: ({ updated_at }) => <Ago time={updated_at} />,
    },
  ]
  return (
    <ResourceTable
      label={t('runs.label')}
      columns={columns}
      rows={runs.data?.executions ?? []}
      rowId={(run, index) => String(run.id ?? `unreadable-${index}`)}
      query={runs}
      empty={
        pastEnd ? (
          <Empty title={c('pager.pastEnd')} />
        ) : (
          <Empty title={t('policy.noRuns')}>{t('policy.noRunsText')}</Empty>
        )
      }
    />
  )
}
