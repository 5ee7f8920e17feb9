'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { ProblemPanel } from '@/components/shell/error-panel'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { Ago } from '@/components/shell/relative-time'
import { useTabTitle } from '@/components/shell/tab-title'
import { buttonClass } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { Status } from '@/components/ui/status'
import type { RetentionRun } from '@/lib/contract/console/retention-runs'
import { problemOfRead } from '@/lib/contract/problem'
import { apiPolling } from '@/lib/query/client'
import { type RetentionLocation, routes } from '@/lib/routes'
import { useRunPolicy } from '../crumbs'
import { pollRun, runInput } from '../queries'
import { RunActs } from './acts'
import { RunImages } from './images'
import { RunNotes } from './notes'
import { stateKinds } from './state'
import { RunSteps } from './steps'

/** One real run: how far it is, why it was not begun, what it deleted, and what can be brought back. */
export function RetentionRunPage({ place, id }: { place: RetentionLocation; id: number }) {
  const t = useTranslations('retentionRuns.run')
  const query = useQuery({
    ...apiPolling('retentionRunShow', runInput(place, id)),
    refetchInterval: ({ state }) => pollRun(state),
  })
  const { href, between } = useRunPolicy(place)
  const run = query.data?.run
  const name = t('name', { id: String(id) })
  useTabTitle(run ? t('tab', { id: String(id), state: t(`state.${run.state}`) }) : null)
  const problem = query.error && problemOfRead(query.error, run !== undefined)
  const failed = problem && (
    <div className="mb-4">
      <ProblemPanel
        error={problem}
        retry={() => query.refetch()}
        action={
          <Link href={href} prefetch={false} className={buttonClass()}>
            {t('toPolicy')}
          </Link>
        }
      />
    </div>
  )
  if (!run)
    return (
      <>
        <InstanceCrumbs at={place} between={between} title={name} />
        {failed ?? <Skeleton className="w-64" />}
      </>
    )
  return (
    <>
      <InstanceCrumbs
        at={place}
        between={between}
        title={name}
        status={<Status kind={stateKinds[run.state]}>{t(`state.${run.state}`)}</Status>}
        lead={<Lead place={place} run={run} />}
        actions={<RunActs place={place} run={run} />}
      />
      {failed}
      <RunNotes place={place} run={run} />
      <RunSteps run={run} />
      <RunImages place={place} run={run} readAt={query.dataUpdatedAt} />
    </>
  )
}

function Lead({ place, run }: { place: RetentionLocation; run: RetentionRun }) {
  const t = useTranslations('retentionRuns.run')
  return (
    <>
      {t.rich('started', { name: run.actorName, namespace: place.namespace, ago: () => <Ago time={run.at} /> })}
      {run.endedAt !== null && <> · {t.rich('ended', { ago: () => <Ago time={run.endedAt ?? undefined} /> })}</>}
      {' · '}
      <Link href={routes.retentionDryRun(place, run.dryRun)} prefetch={false} className="underline hover:text-accent">
        {t('dryRun', { id: String(run.dryRun) })}
      </Link>
      {run.execution !== null && (
        <>
          {' · '}
          <Link
            href={routes.retentionExecution(place, run.execution)}
            prefetch={false}
            className="underline hover:text-accent"
          >
            {t('execution', { id: String(run.execution) })}
          </Link>
        </>
      )}
      {run.confirmed && (
        <> · {t.rich('confirmed', { name: run.confirmed.name, ago: () => <Ago time={run.confirmed?.at} /> })}</>
      )}
      {run.reason && <> · {t('reason', { reason: run.reason })}</>}
    </>
  )
}
