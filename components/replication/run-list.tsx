'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Ago } from '@/components/shell/ago'
import type { Column } from '@/components/table/column'
import { ResourceTable } from '@/components/table/resource-table'
import { Empty } from '@/components/ui/empty'
import { Status, type StatusKind } from '@/components/ui/status'
import type { Execution } from '@/lib/contract/replication'
import type { Out } from '@/lib/contract/swr'
import { outcomeOf } from '@/lib/policy/status'
import type { Problem } from '@/lib/problem'

const kinds = {
  running: 'busy',
  succeeded: 'ok',
  partly_failed: 'bad',
  failed: 'bad',
  stopped: 'off',
  nothing_matched: 'warn',
  unknown: 'off',
} as const satisfies Record<ReturnType<typeof outcomeOf>, StatusKind>

const triggers = ['manual', 'scheduled', 'event_based'] as const

/** How a run went, in a word; a status that we do not know is shown as SWR writes it. */
export function RunOutcome({ run }: { run: Execution }) {
  const t = useTranslations('replication')
  const outcome = outcomeOf(run)
  return (
    <Status kind={kinds[outcome]}>
      {outcome === 'unknown' && run.status ? run.status : t(`runs.outcome.${outcome}`)}
    </Status>
  )
}

/** Runs as SWR lists them. Its counters count repositories, and the heading says so. */
export function RunList({ runs }: { runs: UseQueryResult<Out<'executionList'>, Problem> }) {
  const t = useTranslations('replication')
  const columns: Column<Execution>[] = [
    { id: 'id', header: t('runs.id'), labelled: true, className: 'tabular-nums lg:w-24', cell: ({ id }) => id },
    {
      id: 'status',
      header: t('runs.status'),
      className: 'lg:w-[32%]',
      cell: (run) => (
        <>
          <RunOutcome run={run} />
          {run.status_text && <small className="block text-ink-3 text-xs wrap-anywhere">{run.status_text}</small>}
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
      cell: ({ total, succeed, failed }) =>
        total !== undefined && (
          <>
            {t('runs.counts', { succeed: succeed ?? 0, total })}
            {failed ? <small className="block text-bad text-xs">{t('runs.failed', { failed })}</small> : null}
          </>
        ),
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
      empty={<Empty title={t('policy.noRuns')}>{t('policy.noRunsText')}</Empty>}
    />
  )
}
