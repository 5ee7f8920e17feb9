import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { createLoader } from 'nuqs/server'
import { historyAddress, historyInput } from '@/components/history/queries'
import { ReplicationPolicy } from '@/components/replication/policy/page'
import { runsAddress, runsInput } from '@/components/run/list-search-params'
import { requireActor } from '@/lib/auth/actor'
import { replicationName } from '@/lib/query/names'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetch } from '@/lib/query/prefetch'
import { allRegistries, partialRunsInput } from '@/lib/query/queries'
import { requestClient } from '@/lib/query/request-client'

const loadHistory = createLoader(historyAddress)
const loadRuns = createLoader(runsAddress)

export async function generateMetadata({
  params,
}: PageProps<'/[connection]/instances/[instance]/replication/[policy]'>): Promise<Metadata> {
  const [actor, at, c] = await Promise.all([requireActor(), params, getTranslations('common')])
  return { title: c('titleOf', { name: await replicationName(actor, at, at.policy), page: c('nav.replication') }) }
}

export default async function ReplicationPolicyPage({
  params,
  searchParams,
}: PageProps<'/[connection]/instances/[instance]/replication/[policy]'>) {
  const [actor, { connection, instance, policy }, { tab }] = await Promise.all([requireActor(), params, searchParams])
  const [{ page }, runs] = await Promise.all([loadHistory(searchParams), loadRuns(searchParams)])
  const cache = requestClient()
  const at = { connection, instance, kind: 'replication', objectId: policy } as const
  const show = orNotFound(
    prefetch(cache, actor, 'replicationShow', { params: { connection, instance_id: instance, policy_id: policy } }),
  )
  if (tab === 'history') {
    // Reading the policy enters what has changed outside: the history is asked for after that.
    await show
    await prefetch(cache, actor, 'revisionList', historyInput(at, Math.max(page, 1)))
  } else {
    await Promise.all([
      show,
      prefetch(cache, actor, 'executionList', runsInput({ connection, instance }, policy, runs)),
      prefetch(cache, actor, 'registryList', allRegistries({ connection, instance })),
      prefetch(cache, actor, 'partialRunList', partialRunsInput({ connection, instance, policy: Number(policy) })),
    ])
  }
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <ReplicationPolicy at={{ connection, instance }} policyId={policy} tab={tab === 'history' ? 'history' : 'now'} />
    </HydrationBoundary>
  )
}
