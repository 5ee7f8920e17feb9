'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { Confirm } from '@/components/shell/confirm'
import { Ago } from '@/components/shell/relative-time'
import { Note } from '@/components/ui/alert'
import { notify } from '@/components/ui/toast-store'
import type { Replication } from '@/lib/contract/swr/replication'
import { pullsAll } from '@/lib/policy/replication/pull'
import { remoteOf } from '@/lib/policy/replication/request'
import { outcomeOf } from '@/lib/policy/runs/status'
import { apiQuery, useApiWrite } from '@/lib/query/client'
import { allRegistries, latestRuns } from '@/lib/query/queries'
import { type InstanceLocation, routes } from '@/lib/routes'
import { PlanMatches } from '../../match/summary'
import { FilterChips } from '../list/filter-cell'
import { PlanCopy } from './copy-plan'

/**
 * Starts a run after saying what it touches. SWR runs whole policies only. What it says is read while the dialog is open
 * already: none of it is waited for.
 */
export function RunReplication({
  at,
  policy: listed,
  onClose,
}: {
  at: InstanceLocation
  policy: Replication
  onClose: () => void
}) {
  const t = useTranslations('replication')
  const p = useTranslations('plan')
  const r = useTranslations('run')
  const router = useRouter()
  const start = useApiWrite('executionStart', { stale: ['executionList'] })
  // A run is guarded by no hash, and a list may be older than what SWR would run.
  const params = { connection: at.connection, instance_id: at.instance, policy_id: String(listed.id) }
  const read = useQuery({ ...apiQuery('replicationShow', { params }), staleTime: 0, enabled: listed.id !== undefined })
  const policy = read.data ?? listed
  const name = policy.name ?? `#${policy.id}`
  const id = policy.id
  const running = useRunning(at, id)
  const push = remoteOf(policy).direction === 'push'
  const registries = useQuery(apiQuery('registryList', allRegistries(at))).data?.registries ?? []
  const confirm = () => {
    if (id === undefined) return
    start.mutate(
      { params: { connection: at.connection, instance_id: at.instance }, body: { policy_id: id } },
      {
        onSuccess: (run) => {
          const number = run.id
          notify({
            tone: 'ok',
            text: t('run.started', { name, run: number === undefined ? '' : String(number) }),
            ...(number !== undefined && {
              action: { label: r('open'), run: () => router.push(routes.replicationRun(at, id, number)) },
            }),
          })
          onClose()
          router.push(routes.replicationPolicy(at, id))
        },
      },
    )
  }
  return (
    <Confirm
      title={t('run.title', { name })}
      act={running ? { label: p('another'), look: 'plain' } : { label: t('run.confirm'), look: 'primary' }}
      mutation={start}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{t(push ? 'run.push' : 'run.pull')}</p>
      <div className="mt-2">
        <FilterChips filters={policy.filters} />
      </div>
      {pullsAll(policy, registries) && (
        <Note tone="warn" className="mt-3">
          {p('everything')}
        </Note>
      )}
      <div role="status">
        {running && (
          <Note tone="warn" className="mt-3">
            {p.rich('running', { since: () => <Ago time={running.created_at} /> })}
          </Note>
        )}
      </div>
      <div className="mt-4 flex flex-col gap-4">
        {push && <PlanMatches at={at} policy={policy} />}
        {id !== undefined && <PlanCopy at={at} policyId={id} push={push} />}
      </div>
      {policy.override && (
        <Note tone="warn" className="mt-3">
          {t('run.override')}
        </Note>
      )}
    </Confirm>
  )
}

/** A run of the policy that has not ended, if one is known. */
function useRunning(at: InstanceLocation, id: number | undefined) {
  const runs = useQuery({
    ...apiQuery('executionList', latestRuns(at, String(id))),
    enabled: id !== undefined,
    // Whoever asks to run it now wants to know what is true now.
    staleTime: 0,
  })
  return runs.data?.executions.find((run) => outcomeOf(run) === 'running')
}
