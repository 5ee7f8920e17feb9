import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AddRegistryPanel } from '@/components/registry/form/add-panel'
import { EditReplication } from '@/components/replication/form/edit'
import { requireActor } from '@/lib/auth/actor'
import { replicationName } from '@/lib/query/names'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetch } from '@/lib/query/prefetch'
import { allRegistries } from '@/lib/query/queries'
import { requestClient } from '@/lib/query/request-client'
import { replicationVersion } from '@/lib/query/version'
import { revisionIn } from '@/lib/routes'

export async function generateMetadata({
  params,
}: PageProps<'/[connection]/instances/[instance]/replication/[policy]/edit'>): Promise<Metadata> {
  const [actor, at, t] = await Promise.all([requireActor(), params, getTranslations('replicationForm')])
  return { title: t('edit', { name: await replicationName(actor, at, at.policy) }) }
}

export default async function EditReplicationPage({
  params,
  searchParams,
}: PageProps<'/[connection]/instances/[instance]/replication/[policy]/edit'>) {
  const [actor, { connection, instance, policy }, search] = await Promise.all([requireActor(), params, searchParams])
  const cache = requestClient()
  const revision = revisionIn(search)
  const [version] = await Promise.all([
    revision === null ? undefined : replicationVersion(actor, { connection, instance, objectId: policy }, revision),
    orNotFound(
      prefetch(cache, actor, 'replicationShow', { params: { connection, instance_id: instance, policy_id: policy } }),
    ),
    prefetch(cache, actor, 'registryList', allRegistries({ connection, instance })),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <AddRegistryPanel at={{ connection, instance }}>
        <EditReplication at={{ connection, instance }} policyId={policy} version={version} />
      </AddRegistryPanel>
    </HydrationBoundary>
  )
}
