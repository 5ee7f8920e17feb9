import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ApplyRetention } from '@/components/retention/apply/page'
import { requireActor } from '@/lib/auth/actor'
import { retentionName } from '@/lib/query/names'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetch, prefetchUnlessSlow } from '@/lib/query/prefetch'
import { firstNamespaces, retentionPage } from '@/lib/query/queries'
import { requestClient } from '@/lib/query/request-client'

export async function generateMetadata({
  params,
}: PageProps<'/[connection]/instances/[instance]/retention/[namespace]/[policy]/apply'>): Promise<Metadata> {
  const [actor, at, t] = await Promise.all([requireActor(), params, getTranslations('retention')])
  return { title: t('apply.title', { name: await retentionName(actor, at, at) }) }
}

export default async function ApplyRetentionPage({
  params,
}: PageProps<'/[connection]/instances/[instance]/retention/[namespace]/[policy]/apply'>) {
  const [actor, { connection, instance, namespace, policy }] = await Promise.all([requireActor(), params])
  const at = { connection, instance }
  const place = { instance_id: instance, namespace_name: namespace, policy_id: policy }
  const cache = requestClient()
  await Promise.all([
    orNotFound(prefetch(cache, actor, 'retentionShow', { params: { connection, ...place } })),
    prefetchUnlessSlow(cache, actor, 'retentionList', retentionPage(at)),
    prefetchUnlessSlow(cache, actor, 'namespaceList', firstNamespaces(at)),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <ApplyRetention at={at} place={place} />
    </HydrationBoundary>
  )
}
