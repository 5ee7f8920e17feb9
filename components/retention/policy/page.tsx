'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { NormalisedNote } from '@/components/diff/server-changes'
import { MissingPolicy } from '@/components/history/missing-policy'
import { PolicyTabs } from '@/components/history/policy-tabs'
import { ProblemPanel } from '@/components/shell/error-panel'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { problemOfRead } from '@/lib/contract/problem'
import { isManual } from '@/lib/policy/retention/runs-by-itself'
import { apiQuery } from '@/lib/query/client'
import { type InstanceLocation, routes } from '@/lib/routes'
import type { RetentionPlace } from '../form/descriptor'
import { RetentionSwitch } from '../policy-switch'
import { RetentionRuns } from '../runs/list'
import { useRetentionList } from '../use-policy-list'
import { WhatIfCard } from '../what-if/card'
import { RetentionPolicyActions } from './actions'
import { RetentionSummary } from './summary'

const HistoryList = dynamic(() => import('@/components/history/history-list').then((module) => module.HistoryList))

/** One policy: what it keeps and what that would delete now, its lock and runs, or the history of its versions. */
export function RetentionPolicy({
  at,
  place,
  tab,
}: {
  at: InstanceLocation
  place: RetentionPlace
  tab: 'now' | 'history'
}) {
  const t = useTranslations('retention')
  const h = useTranslations('history')
  const { namespace_name: namespace, policy_id: policyId } = place
  const policy = useQuery(apiQuery('retentionShow', { params: { connection: at.connection, ...place } }))
  const object = { ...at, kind: 'retention', objectId: policyId } as const
  const list = useRetentionList(at)
  const problem = policy.error && problemOfRead(policy.error, policy.data !== undefined)
  // What was read stays in sight when a later look at it fails, unless the policy is gone.
  if (!policy.data || problem?.code === 'swr_gone')
    return <MissingPolicy object={object} list={list} error={problem} retry={() => policy.refetch()} />
  const shown = policy.data
  const target = [at, namespace, Number(policyId)] as const
  return (
    <>
      <InstanceCrumbs
        at={at}
        between={[{ label: list.title, href: list.href }]}
        title={shown.name ?? `#${policyId}`}
        lead={`${t('edit.namespace', { namespace })} · ${t('lead')}`}
        actions={
          <>
            <RetentionSwitch at={at} namespace={namespace} policy={shown} />
            <span className="mr-2 text-ink-2">{t(shown.enabled ? 'enabled' : 'disabled')}</span>
            <RetentionPolicyActions at={at} namespace={namespace} policy={shown} />
          </>
        }
      />
      {problem && (
        <div className="mb-4">
          <ProblemPanel error={problem} retry={() => policy.refetch()} />
        </div>
      )}
      <NormalisedNote place={routes.retentionPolicy(...target)} />
      <PolicyTabs
        tabs={[
          { label: h('overview'), href: routes.retentionPolicy(...target), here: tab === 'now' },
          { label: h('tab'), href: routes.retentionHistory(...target), here: tab === 'history' },
        ]}
      />
      {tab === 'history' ? (
        <HistoryList at={object} restoreTo={(revision) => routes.retentionRestore(...target, revision)} />
      ) : (
        <>
          <RetentionSummary policy={shown} />
          <RetentionRuns
            place={{ ...at, namespace, policy: Number(policyId) }}
            isScheduled={shown.enabled === true && !isManual(shown)}
          />
          <div className="mt-6">
            <WhatIfCard at={at} subject={{ namespace, policy: Number(policyId) }} isEdit={false} cut={undefined} />
          </div>
        </>
      )}
    </>
  )
}
