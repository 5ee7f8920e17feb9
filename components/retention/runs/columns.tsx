'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { between, useTook } from '@/components/run/duration'
import { Ago } from '@/components/shell/relative-time'
import type { Column } from '@/components/table/column'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import { type RetentionLocation, routes } from '@/lib/routes'
import { ExecutionStatus } from './execution-status'

type Row = ConsoleOutput<'retentionHistoryList'>['rows'][number]

const triggers = ['manual', 'scheduled'] as const

/** What of an execution the console knows best: its own job, or what SWR says. */
const addressOf = (place: RetentionLocation, { execution, job }: Row) =>
  job === null
    ? routes.retentionExecution(place, execution)
    : job.kind === 'run'
      ? routes.retentionRun(place, job.id)
      : routes.retentionDryRun(place, job.id)

export function useHistoryColumns(place: RetentionLocation): Column<Row>[] {
  const t = useTranslations('retentionRuns')
  const took = useTook()
  return [
    {
      id: 'execution',
      header: t('column.execution'),
      labelled: true,
      width: '@table:w-24',
      className: 'tabular-nums',
      rowHeader: true,
      cell: (row) => (
        <Link
          href={addressOf(place, row)}
          prefetch={false}
          className="inline-block font-medium hover:text-accent hover:underline"
        >
          {row.execution}
        </Link>
      ),
    },
    {
      id: 'kind',
      header: t('column.kind'),
      width: '@table:w-[20%]',
      cell: ({ dryRun, job }) => (
        <>
          {dryRun === null ? (
            <span className="text-ink-3">{t('kind.unknown')}</span>
          ) : (
            t(`kind.${dryRun ? 'dry' : 'real'}`)
          )}
          {job && (
            <small className="mt-px block text-ink-3 text-xs wrap-anywhere">{t('by', { name: job.actorName })}</small>
          )}
        </>
      ),
    },
    {
      id: 'status',
      header: t('column.status'),
      width: '@table:w-[18%]',
      cell: ({ status }) => <ExecutionStatus status={status} />,
    },
    {
      id: 'trigger',
      header: t('column.trigger'),
      labelled: true,
      cell: ({ trigger }) => {
        const known = triggers.find((each) => each === trigger)
        return known ? t(`trigger.${known}`) : trigger
      },
    },
    {
      id: 'start',
      header: t('column.start'),
      labelled: true,
      className: 'text-ink-2 whitespace-nowrap',
      cell: ({ start }) => <Ago time={start ?? undefined} />,
    },
    {
      id: 'took',
      header: t('column.took'),
      labelled: true,
      className: 'text-ink-2 whitespace-nowrap tabular-nums',
      cell: ({ start, end, status }) => {
        const length = between(start, end)
        return length === null || status === '' ? null : took(length)
      },
    },
  ]
}
