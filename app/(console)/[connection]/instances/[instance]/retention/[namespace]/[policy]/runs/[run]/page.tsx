import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { createLoader } from 'nuqs/server'
import { imageAddress, imagePageQuery, runView } from '@/components/retention/runs/images/search-params'
import { policyParams, runInput } from '@/components/retention/runs/queries'
import { RetentionRunPage } from '@/components/retention/runs/run/page'
import { requireActor } from '@/lib/auth/actor'
import { apiQuery } from '@/lib/query/client'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetch } from '@/lib/query/prefetch'
import { requestClient } from '@/lib/query/request-client'

type Props = PageProps<'/[connection]/instances/[instance]/retention/[namespace]/[policy]/runs/[run]'>

const loadView = createLoader(imageAddress)
const isId = (text: string) => /^[1-9]\d{0,14}$/.test(text)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [actor, { run: id, policy, ...at }, t] = await Promise.all([
    requireActor(),
    params,
    getTranslations('retentionRuns.run'),
  ])
  if (!isId(policy) || !isId(id)) return {}
  const input = runInput({ ...at, policy: Number(policy) }, Number(id))
  await prefetch(requestClient(), actor, 'retentionRunShow', input)
  const shown = requestClient().getQueryData(apiQuery('retentionRunShow', input).queryKey)
  return { title: shown ? t('tab', { id, state: t(`state.${shown.run.state}`) }) : t('name', { id }) }
}

export default async function RetentionRealRunPage({ params, searchParams }: Props) {
  const [actor, { run: id, policy, ...at }, view] = await Promise.all([requireActor(), params, loadView(searchParams)])
  if (!isId(policy) || !isId(id)) notFound()
  const place = { ...at, policy: Number(policy) }
  const cache = requestClient()
  const input = runInput(place, Number(id))
  await Promise.all([
    orNotFound(prefetch(cache, actor, 'retentionRunShow', input)),
    prefetch(cache, actor, 'retentionShow', { params: policyParams(place) }),
  ])
  const shown = cache.getQueryData(apiQuery('retentionRunShow', input).queryKey)
  if (shown)
    await prefetch(cache, actor, 'retentionRunImageList', {
      ...input,
      query: imagePageQuery(runView(view, shown.run), 0),
    })
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <RetentionRunPage place={place} id={Number(id)} />
    </HydrationBoundary>
  )
}
