'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { PartialRuns } from '@/components/partial-run/list'
import { ProblemPanel } from '@/components/shell/error-panel'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { useTabTitle } from '@/components/shell/tab-title'
import { buttonClass } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { problemOfRead } from '@/lib/contract/problem'
import type { Run } from '@/lib/contract/swr/runs'
import { remoteOf } from '@/lib/policy/replication/request'
import { outcomeOf } from '@/lib/policy/runs/status'
import { apiPolling, apiQuery } from '@/lib/query/client'
import { routes } from '@/lib/routes'
import { RunAgain } from '../partial-run/retry-button'
import { useRetryPlan } from '../partial-run/retry-query'
import { CopiedSince } from './copied-later'
import { RunParent } from './parent-note'
import { RunFailures } from './run-failures'
import { RunLead, RunState } from './run-head'
import { RunNotes } from './run-notes'
import { RunParts } from './run-parts'
import { pollRun } from './run-polling'
import { RunProgress } from './run-progress'
import { type RunPlace, runInput } from './search-params'
import { StopRun } from './stop-run'

function RunCopies({ at, run }: { at: RunPlace; run: Run }) {
  return <CopiedSince plan={useRetryPlan(at, run).data} />
}

/** One run: how far it is, why tags failed, and each of its tags. */
export function RunPage({ at }: { at: RunPlace }) {
  const t = useTranslations('run')
  const r = useTranslations('replication')
  const run = useQuery({ ...apiPolling('runShow', runInput(at)), refetchInterval: ({ state }) => pollRun(state) })
  const policy = useQuery(
    apiQuery('replicationShow', {
      params: { connection: at.connection, instance_id: at.instance, policy_id: String(at.policy) },
    }),
  )
  useTabTitle(run.data ? t(`tab.${outcomeOf(run.data.execution)}`, { id: String(at.execution) }) : null)
  const crumbs = {
    at,
    between: [
      { label: r('title'), href: routes.replication(at) },
      { label: policy.data?.name ?? `#${at.policy}`, href: routes.replicationPolicy(at, at.policy) },
    ],
    title: t('name', { id: String(at.execution) }),
  }
  const problem = run.error && problemOfRead(run.error, run.data !== undefined)
  const failed = problem && (
    <ProblemPanel
      error={problem}
      retry={() => run.refetch()}
      action={
        <Link href={routes.replicationPolicy(at, at.policy)} prefetch={false} className={buttonClass()}>
          {t('toPolicy')}
        </Link>
      }
    />
  )
  if (!run.data)
    return (
      <>
        <InstanceCrumbs {...crumbs} />
        {failed ?? <Skeleton className="w-64" />}
      </>
    )
  const shown = run.data
  return (
    <>
      <InstanceCrumbs
        {...crumbs}
        status={<RunState run={shown} />}
        lead={<RunLead run={shown} />}
        actions={
          <>
            <RunAgain at={at} run={shown} policy={policy.data} />
            <StopRun at={at} run={shown} />
          </>
        }
      />
      {failed && <div className="mb-4">{failed}</div>}
      {shown.parent && <RunParent at={at} parent={shown.parent} />}
      <RunCopies at={at} run={shown} />
      <RunNotes at={at} run={shown} policy={policy.data} />
      <RunProgress run={shown} />
      <RunFailures at={at} run={shown} policy={policy.data} />
      <PartialRuns place={at} />
      <RunParts at={at} run={run} side={policy.data ? remoteOf(policy.data).direction : 'push'} />
    </>
  )
}
