'use client'

import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { Ago } from '@/components/shell/relative-time'
import type { Column } from '@/components/table/column'
import { Status } from '@/components/ui/status'
import { useBytes } from '@/components/ui/use-format-bytes'
import type { SyncJob } from '@/lib/contract/console/sync'
import { routes } from '@/lib/routes'
import { cellKinds, cellStates, countOf, outcomeKinds, outcomeOf } from '../job/cells'
import { SendAgain } from './send-again'

/** What one job shows in the list. Its number leads to it. */
export function useJobColumns(connection: string): Column<SyncJob>[] {
  const t = useTranslations('sync.jobs')
  const j = useTranslations('sync.job')
  const format = useFormatter()
  const bytes = useBytes()
  return [
    {
      id: 'job',
      header: t('column.job'),
      width: '@table:w-44',
      rowHeader: true,
      cell: ({ id, at }) => (
        <>
          <Link
            href={routes.syncJob(connection, id)}
            prefetch={false}
            className="font-medium hover:text-accent hover:underline"
          >
            {j('name', { id: String(id) })}
          </Link>
          <small className="mt-px block text-ink-3 text-xs">
            <Ago time={at} />
          </small>
        </>
      ),
    },
    {
      id: 'who',
      header: t('column.who'),
      width: '@table:w-[20%]',
      className: 'wrap-anywhere',
      cell: ({ actorName, reason }) => (
        <>
          {actorName}
          {reason && <small className="mt-px block text-ink-3 text-xs">{reason}</small>}
        </>
      ),
    },
    {
      id: 'what',
      header: t('column.what'),
      className: 'wrap-anywhere tabular-nums',
      cell: ({ tags, repositories, bytes: size, targets }) => (
        <>
          {t('what', { tags, repositories, size: bytes(size) })}
          <small className="mt-px block text-ink-3 text-xs">
            {t('to', {
              targets: format.list(
                targets.map(({ region }) => region),
                { type: 'conjunction' },
              ),
            })}
          </small>
        </>
      ),
    },
    {
      id: 'outcome',
      header: t('column.outcome'),
      width: '@table:w-64',
      cell: (job) => <Outcome job={job} />,
    },
    {
      id: 'acts',
      header: t('column.acts'),
      hiddenHeader: true,
      width: '@table:w-56',
      cell: (job) => (
        <span className="flex flex-wrap items-center gap-2 @table:justify-end">
          <Link
            href={routes.auditView({ scope: 'all', object: String(job.id), operation: 'syncJobStart' })}
            prefetch={false}
            aria-label={t('auditOf', { id: String(job.id) })}
            className="text-ink-2 text-sm underline hover:text-accent"
          >
            {t('audit')}
          </Link>
          <SendAgain connection={connection} id={job.id} />
        </span>
      ),
    },
  ]
}

function Outcome({ job }: { job: SyncJob }) {
  const j = useTranslations('sync.job')
  const outcome = outcomeOf(job)
  const counted = cellStates.filter((state) => countOf(job, state) > 0)
  return (
    <>
      <Status kind={outcomeKinds[outcome]}>{j(`outcome.${outcome}`)}</Status>
      <small className="mt-px flex flex-wrap gap-x-2.5 text-xs">
        {counted.map((state) => (
          <Status key={state} kind={cellKinds[state]}>
            {j(`count.${state}`, { count: countOf(job, state) })}
          </Status>
        ))}
      </small>
    </>
  )
}
