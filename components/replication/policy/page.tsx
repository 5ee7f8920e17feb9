'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { NormalisedNote } from '@/components/diff/server-changes'
import { MissingPolicy } from '@/components/history/missing-policy'
import { PolicyTabs } from '@/components/history/policy-tabs'
import { PartialRuns } from '@/components/partial-run/list'
import { ProblemPanel } from '@/components/shell/error-panel'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { problemOfRead } from '@/lib/contract/problem'
import type { Replication } from '@/lib/contract/swr/replication'
import { apiQuery } from '@/lib/query/client'
import { allRegistries } from '@/lib/query/queries'
import { type InstanceLocation, routes } from '@/lib/routes'
import { ReplicationSwitch } from '../policy-switch'
import { useReplicationList } from '../use-policy-list'
import { PolicyActions } from './actions'
import { MissedRuns } from './missed-runs'
import { PolicyRuns } from './runs'
import { ReplicationSummary } from './summary'

const HistoryList = dynamic(() => import('@/components/history/history-list').then((module) => module.HistoryList))

/** One policy: what it does and how its last runs went, or the history of its versions. */
export function ReplicationPolicy({
  at,
  policyId,
  tab,
}: {
  at: InstanceLocation
  policyId: string
  tab: 'now' | 'history'
}) {
  const t = useTranslations('replication')
  const h = useTranslations('history')
  const policy = useQuery(
    apiQuery('replicationShow', {
      params: { connection: at.connection, instance_id: at.instance, policy_id: policyId },
    }),
  )
  const object = { ...at, kind: 'replication', objectId: policyId } as const
  const list = useReplicationList(at)
  const problem = policy.error && problemOfRead(policy.error, policy.data !== undefined)
  // What was read stays in sight when a later look at it fails, unless the policy is gone.
  if (!policy.data || problem?.code === 'swr_gone')
    return <MissingPolicy object={object} list={list} error={problem} retry={() => policy.refetch()} />
  const shown = policy.data
  return (
    <>
      <InstanceCrumbs
        at={at}
        between={[{ label: list.title, href: list.href }]}
        title={shown.name ?? `#${policyId}`}
        lead={shown.description}
        actions={
          <>
            <ReplicationSwitch at={at} policy={shown} />
            <span className="mr-2 text-ink-2">{t(shown.enabled ? 'policy.enabled' : 'policy.disabled')}</span>
            <PolicyActions at={at} policy={shown} />
          </>
        }
      />
      {problem && (
        <div className="mb-4">
          <ProblemPanel error={problem} retry={() => policy.refetch()} />
        </div>
      )}
      <PolicyTabs
        tabs={[
          { label: h('overview'), href: routes.replicationPolicy(at, Number(policyId)), here: tab === 'now' },
          { label: h('tab'), href: routes.replicationHistory(at, Number(policyId)), here: tab === 'history' },
        ]}
      />
      {tab === 'history' ? (
        <HistoryList at={object} restoreTo={(revision) => routes.replicationRestore(at, Number(policyId), revision)} />
      ) : (
        <Overview at={at} policyId={policyId} policy={shown} />
      )}
    </>
  )
}

function Overview({ at, policyId, policy }: { at: InstanceLocation; policyId: string; policy: Replication }) {
  const t = useTranslations('replication')
  const registries = useQuery(apiQuery('registryList', allRegistries(at)))
  return (
    <>
      <NormalisedNote place={routes.replicationPolicy(at, Number(policyId))} />
      <MissedRuns at={at} policy={policy} />
      <ReplicationSummary policy={policy} registries={registries.data?.registries ?? []} />
      <div className="mt-6">
        <PartialRuns place={{ ...at, policy: Number(policyId) }} />
      </div>
      <h2 className="mt-6 mb-2">{t('policy.runs')}</h2>
      <PolicyRuns at={at} policyId={policyId} />
    </>
  )
}
