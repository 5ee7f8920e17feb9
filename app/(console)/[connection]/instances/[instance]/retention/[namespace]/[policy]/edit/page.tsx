import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { EditRetention } from '@/components/retention/edit-retention'
import { requireActor } from '@/lib/auth/actor'
import { makeClient } from '@/lib/query/make-client'
import { prefetch } from '@/lib/query/prefetch'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('retention')
  return { title: t('editTitle') }
}

export default async function EditRetentionPage({
  params,
}: PageProps<'/[connection]/instances/[instance]/retention/[namespace]/[policy]/edit'>) {
  const [actor, { connection, instance, namespace, policy }] = await Promise.all([requireActor(), params])
  const at = { connection, instance }
  const place = { instance_id: instance, namespace_name: namespace, policy_id: policy }
  const cache = makeClient()
  await prefetch(cache, actor, connection, 'retentionShow', { params: place })
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <EditRetention at={at} place={place} />
    </HydrationBoundary>
  )
}
