import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ReplicationPolicy } from '@/components/replication/replication-policy'
import { requireActor } from '@/lib/auth/actor'
import { allRegistries, latestRuns } from '@/lib/query/inputs'
import { makeClient } from '@/lib/query/make-client'
import { prefetch } from '@/lib/query/prefetch'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('replication')
  return { title: t('policy.title') }
}

export default async function ReplicationPolicyPage({
  params,
}: PageProps<'/[connection]/instances/[instance]/replication/[policy]'>) {
  const [actor, { connection, instance, policy }] = await Promise.all([requireActor(), params])
  const cache = makeClient()
  await Promise.all([
    prefetch(cache, actor, connection, 'replicationShow', { params: { instance_id: instance, policy_id: policy } }),
    prefetch(cache, actor, connection, 'executionList', latestRuns(instance, policy)),
    prefetch(cache, actor, connection, 'registryList', allRegistries(instance)),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <ReplicationPolicy at={{ connection, instance }} policyId={policy} />
    </HydrationBoundary>
  )
}
