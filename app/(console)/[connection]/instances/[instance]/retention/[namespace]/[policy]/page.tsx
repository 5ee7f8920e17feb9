import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { createLoader } from 'nuqs/server'
import { historyAddress, historyInput } from '@/components/history/queries'
import { RetentionPolicy } from '@/components/retention/policy/page'
import { requireActor } from '@/lib/auth/actor'
import { retentionName } from '@/lib/query/names'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetch } from '@/lib/query/prefetch'
import { requestClient } from '@/lib/query/request-client'

const loadHistory = createLoader(historyAddress)

export async function generateMetadata({
  params,
}: PageProps<'/[connection]/instances/[instance]/retention/[namespace]/[policy]'>): Promise<Metadata> {
  const [actor, at, c] = await Promise.all([requireActor(), params, getTranslations('common')])
  return { title: c('titleOf', { name: await retentionName(actor, at, at), page: c('nav.retention') }) }
}

export default async function RetentionPolicyPage({
  params,
  searchParams,
}: PageProps<'/[connection]/instances/[instance]/retention/[namespace]/[policy]'>) {
  const [actor, { connection, instance, namespace, policy }, { tab }] = await Promise.all([
    requireActor(),
    params,
    searchParams,
  ])
  const { page } = await loadHistory(searchParams)
  const place = { instance_id: instance, namespace_name: namespace, policy_id: policy }
  const at = { connection, instance, kind: 'retention', objectId: policy } as const
  const cache = requestClient()
  await orNotFound(prefetch(cache, actor, 'retentionShow', { params: { connection, ...place } }))
  // Reading the policy enters what has changed outside: the history is asked for after that.
  if (tab === 'history') await prefetch(cache, actor, 'revisionList', historyInput(at, Math.max(page, 1)))
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <RetentionPolicy at={{ connection, instance }} place={place} tab={tab === 'history' ? 'history' : 'now'} />
    </HydrationBoundary>
  )
}
