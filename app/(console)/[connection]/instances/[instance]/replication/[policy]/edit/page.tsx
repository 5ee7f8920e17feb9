import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { EditReplication } from '@/components/replication/replication-form-edit'
import { requireActor } from '@/lib/auth/actor'
import { allRegistries } from '@/lib/query/inputs'
import { makeClient } from '@/lib/query/make-client'
import { prefetch } from '@/lib/query/prefetch'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('replicationForm')
  return { title: t('editTitle') }
}

export default async function EditReplicationPage({
  params,
}: PageProps<'/[connection]/instances/[instance]/replication/[policy]/edit'>) {
  const [actor, { connection, instance, policy }] = await Promise.all([requireActor(), params])
  const cache = makeClient()
  await Promise.all([
    prefetch(cache, actor, connection, 'replicationShow', { params: { instance_id: instance, policy_id: policy } }),
    prefetch(cache, actor, connection, 'registryList', allRegistries(instance)),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <EditReplication at={{ connection, instance }} policyId={policy} />
    </HydrationBoundary>
  )
}
