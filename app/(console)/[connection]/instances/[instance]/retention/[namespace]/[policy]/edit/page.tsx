import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { EditRetention } from '@/components/retention/form/edit'
import { requireActor } from '@/lib/auth/actor'
import { retentionName } from '@/lib/query/names'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetch } from '@/lib/query/prefetch'
import { requestClient } from '@/lib/query/request-client'
import { retentionVersion } from '@/lib/query/version'
import { revisionIn } from '@/lib/routes'

export async function generateMetadata({
  params,
}: PageProps<'/[connection]/instances/[instance]/retention/[namespace]/[policy]/edit'>): Promise<Metadata> {
  const [actor, at, t] = await Promise.all([requireActor(), params, getTranslations('retention')])
  return { title: t('edit.title', { name: await retentionName(actor, at, at) }) }
}

export default async function EditRetentionPage({
  params,
  searchParams,
}: PageProps<'/[connection]/instances/[instance]/retention/[namespace]/[policy]/edit'>) {
  const [actor, { connection, instance, namespace, policy }, search] = await Promise.all([
    requireActor(),
    params,
    searchParams,
  ])
  const at = { connection, instance }
  const place = { instance_id: instance, namespace_name: namespace, policy_id: policy }
  const cache = requestClient()
  const revision = revisionIn(search)
  const [version] = await Promise.all([
    revision === null ? undefined : retentionVersion(actor, { ...at, objectId: policy }, revision),
    orNotFound(prefetch(cache, actor, 'retentionShow', { params: { connection, ...place } })),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <EditRetention at={at} place={place} version={version} />
    </HydrationBoundary>
  )
}
