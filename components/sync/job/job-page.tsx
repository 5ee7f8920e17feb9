'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { ProblemPanel } from '@/components/shell/error-panel'
import { PageHeader } from '@/components/shell/page-header'
import { Ago, Until } from '@/components/shell/relative-time'
import { useTabTitle } from '@/components/shell/tab-title'
import { Note } from '@/components/ui/alert'
import { buttonClass } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { Status } from '@/components/ui/status'
import type { SyncJob } from '@/lib/contract/console/sync'
import { apiFollowing } from '@/lib/query/client'
import { routes } from '@/lib/routes'
import { jobInput, mergeJob, outcomeKinds, outcomeOf, pollJob } from './cells'
import { JobActs } from './job-acts'
import { JobGrid } from './job-grid'
import { JobProgress } from './job-progress'
import { titleOf } from './job-title'

/** One job of manual sync: how far it is, every cell of it, and what can be done. */
export function JobPage({ connection, id }: { connection: string; id: number }) {
  const t = useTranslations('sync')
  const j = useTranslations('sync.job')
  const input = jobInput(connection, id)
  const query = useQuery(
    apiFollowing('syncJobShow', input, {
      further: ({ job }) => ({ ...input, query: { since: job.version } }),
      merge: mergeJob,
      intervalMs: pollJob,
    }),
  )
  const { data } = query
  const title = data && titleOf(data.job)
  useTabTitle(title ? j(`tab.${title.key}`, title.values) : null)
  const crumbs = [
    { label: t('title'), href: routes.sync(connection) },
    { label: t('tabs.jobs'), href: routes.syncJobs(connection) },
  ]
  const failed = query.error && (
    <div className="mb-4">
      <ProblemPanel
        error={query.error}
        retry={() => query.refetch()}
        action={
          <Link href={routes.syncJobs(connection)} prefetch={false} className={buttonClass()}>
            {j('toJobs')}
          </Link>
        }
      />
    </div>
  )
  const name = j('name', { id: String(id) })
  if (!data)
    return (
      <>
        <PageHeader crumbs={crumbs} title={name} lead={!failed && <Skeleton className="w-64" />} />
        {failed || <JobSkeleton />}
      </>
    )
  const { job } = data
  const outcome = outcomeOf(job)
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title={name}
        status={<Status kind={outcomeKinds[outcome]}>{j(`outcome.${outcome}`)}</Status>}
        lead={<JobLead job={job} />}
        actions={<JobActs connection={connection} answer={data} />}
      />
      {failed}
      <JobNotes job={job} />
      <JobProgress job={job} />
      <JobGrid connection={connection} answer={data} />
    </>
  )
}

/** Progress and grid of what comes; a large job takes a while on a slow line. */
function JobSkeleton() {
  return (
    <>
      <div className="mb-4 rounded-lg border border-line bg-surface px-3.5 py-3">
        <Skeleton className="w-full" />
        <Skeleton className="mt-4 w-48" />
      </div>
      <div className="flex flex-col gap-6 rounded-lg border border-line bg-surface px-3.5 py-4">
        {['w-2/3', 'w-1/2', 'w-3/5', 'w-5/12', 'w-7/12'].map((width) => (
          <Skeleton key={width} className={width} />
        ))}
      </div>
    </>
  )
}

function JobLead({ job: { actorName, at, endedAt, reason } }: { job: SyncJob }) {
  const t = useTranslations('sync.job')
  return (
    <>
      {t.rich('started', { name: actorName, ago: () => <Ago time={at} /> })}
      {endedAt !== null && <> · {t.rich('ended', { ago: () => <Ago time={endedAt} /> })}</>}
      {reason && <> · {t('reason', { reason })}</>}
    </>
  )
}

function JobNotes({ job: { throttledUntil, throttledBy, stopped, state } }: { job: SyncJob }) {
  const t = useTranslations('sync.job')
  const p = useTranslations('problem')
  const until = () => throttledUntil !== null && <Until time={new Date(throttledUntil)} />
  return (
    <>
      {throttledUntil !== null && state === 'running' && (
        <Note tone="warn" role="status" className="mb-3">
          {throttledBy === null
            ? t.rich('throttled', { until })
            : t.rich('refused', { problem: p(`${throttledBy}.title`), advice: p(`${throttledBy}.advice`), until })}
        </Note>
      )}
      {stopped && (
        <Note tone="info" className="mb-3">
          {t.rich(`stopped.${stopped.reason}`, { name: stopped.name, ago: () => <Ago time={stopped.at} /> })}
        </Note>
      )}
    </>
  )
}
