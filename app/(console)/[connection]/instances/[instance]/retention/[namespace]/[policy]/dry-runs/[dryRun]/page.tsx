import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { createLoader } from 'nuqs/server'
import { DryRunPage } from '@/components/retention/runs/dry-run/page'
import { dryRunView, imageAddress, imagePageQuery } from '@/components/retention/runs/images/search-params'
import { dryRunInput, lockInput, policyParams } from '@/components/retention/runs/queries'
import { requireActor } from '@/lib/auth/actor'
import { apiQuery } from '@/lib/query/client'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetch } from '@/lib/query/prefetch'
import { requestClient } from '@/lib/query/request-client'

type Props = PageProps<'/[connection]/instances/[instance]/retention/[namespace]/[policy]/dry-runs/[dryRun]'>

const loadView = createLoader(imageAddress)
const isId = (text: string) => /^[1-9]\d{0,14}$/.test(text)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [actor, { dryRun: id, policy, ...at }, t] = await Promise.all([
    requireActor(),
    params,
    getTranslations('retentionRuns.dryRun'),
  ])
  if (!isId(policy) || !isId(id)) return {}
  const input = dryRunInput({ ...at, policy: Number(policy) }, Number(id))
  await prefetch(requestClient(), actor, 'retentionDryRunShow', input)
  const shown = requestClient().getQueryData(apiQuery('retentionDryRunShow', input).queryKey)
  return { title: shown ? t(`tab.${shown.dryRun.state}`, { id }) : t('name', { id }) }
}

export default async function RetentionDryRunPage({ params, searchParams }: Props) {
  const [actor, { dryRun: id, policy, ...at }, view] = await Promise.all([
    requireActor(),
    params,
    loadView(searchParams),
  ])
  if (!isId(policy) || !isId(id)) notFound()
  const place = { ...at, policy: Number(policy) }
  const cache = requestClient()
  const input = dryRunInput(place, Number(id))
  await Promise.all([
    orNotFound(prefetch(cache, actor, 'retentionDryRunShow', input)),
    prefetch(cache, actor, 'retentionShow', { params: policyParams(place) }),
    prefetch(cache, actor, 'retentionLockShow', lockInput(place)),
  ])
  if (cache.getQueryData(apiQuery('retentionDryRunShow', input).queryKey)?.dryRun.state === 'done')
    await prefetch(cache, actor, 'retentionDryRunImageList', { ...input, query: imagePageQuery(dryRunView(view), 0) })
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <DryRunPage place={place} id={Number(id)} />
    </HydrationBoundary>
  )
}
