'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { InstanceCrumbs } from '@/components/shell/instance-crumbs'
import { ProblemPanel } from '@/components/shell/problem-panel'
import { Button, buttonClass } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import type { Execution } from '@/lib/contract/replication'
import { outcomeOf } from '@/lib/policy/status'
import { problemOfRead } from '@/lib/problem'
import { swrQuery } from '@/lib/query/client'
import { allRegistries, latestRuns } from '@/lib/query/inputs'
import { type InstanceAt, routes } from '@/lib/routes'
import { EnabledSwitch } from './enabled-switch'
import { useReplicationActions } from './replication-actions'
import { ReplicationSummary } from './replication-summary'
import { RunList } from './run-list'

/** While a run moves, its counters are asked for again; a hidden tab never asks (TanStack Query's default). */
const pollWhileMoving = 3_000
const moving = (runs: readonly Execution[] = []) => runs.some((run) => outcomeOf(run) === 'running')

/** One policy: what it does, and how its last runs went. */
export function ReplicationPolicy({ at, policyId }: { at: InstanceAt; policyId: string }) {
  const t = useTranslations('replication')
  const policy = useQuery(
    swrQuery(at.connection, 'replicationShow', { params: { instance_id: at.instance, policy_id: policyId } }),
  )
  const registries = useQuery(swrQuery(at.connection, 'registryList', allRegistries(at.instance)))
  const runs = useQuery({
    ...swrQuery(at.connection, 'executionList', latestRuns(at.instance, policyId)),
    refetchInterval: ({ state }) => (moving(state.data?.executions) ? pollWhileMoving : false),
  })
  const { actionsOf, dialog } = useReplicationActions(at)
  const between = [{ label: t('title'), href: routes.replication(at) }]
  const problem = policy.error && problemOfRead(policy.error, policy.data !== undefined)
  const failed = problem && <ProblemPanel error={problem} retry={() => policy.refetch()} />
  // What was read stays in sight when a later look at it fails, unless the policy is gone.
  if (!policy.data || problem?.code === 'swr_gone')
    return (
      <>
        <InstanceCrumbs at={at} between={between} title={`#${policyId}`} />
        {failed ?? <Skeleton className="w-64" />}
      </>
    )
  const shown = policy.data
  return (
    <>
      <InstanceCrumbs
        at={at}
        between={between}
        title={shown.name ?? `#${policyId}`}
        lead={shown.description}
        actions={
          <>
            <EnabledSwitch at={at} policy={shown} />
            <span className="mr-2 text-ink-2">{t(shown.enabled ? 'policy.enabled' : 'policy.disabled')}</span>
            {actionsOf(shown).map((action) =>
              action.href ? (
                <Link key={action.label} href={action.href} prefetch={false} className={buttonClass()}>
                  {action.label}
                </Link>
              ) : (
                <Button
                  key={action.label}
                  look={action.destructive ? 'danger' : 'plain'}
                  disabled={Boolean(action.disabledReason)}
                  title={action.disabledReason}
                  onClick={action.run}
                >
                  {action.label}
                </Button>
              ),
            )}
            {dialog}
          </>
        }
      />
      {failed && <div className="mb-4">{failed}</div>}
      <ReplicationSummary policy={shown} registries={registries.data?.registries ?? []} />
      <h2 className="mt-6 mb-2">{t('policy.runs')}</h2>
      <RunList runs={runs} />
    </>
  )
}
