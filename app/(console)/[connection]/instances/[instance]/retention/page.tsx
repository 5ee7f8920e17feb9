import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { createLoader } from 'nuqs/server'
import { RetentionList } from '@/components/retention/list/list'
import { retentionAddress, retentionListInput } from '@/components/retention/list/search-params'
import { requireActor } from '@/lib/auth/actor'
import { makeClient } from '@/lib/query/make-client'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetchUnlessSlow } from '@/lib/query/prefetch'
import { firstNamespaces } from '@/lib/query/queries'

const loadView = createLoader(retentionAddress)

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('retention')
  return { title: t('title') }
}

export default async function RetentionPage({
  params,
  searchParams,
}: PageProps<'/[connection]/instances/[instance]/retention'>) {
  const [actor, at, view] = await Promise.all([requireActor(), params, loadView(searchParams)])
  const cache = makeClient()
  await Promise.all([
    orNotFound(prefetchUnlessSlow(cache, actor, 'retentionList', retentionListInput(at, view))),
    prefetchUnlessSlow(cache, actor, 'namespaceList', firstNamespaces(at)),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <RetentionList at={at} />
    </HydrationBoundary>
  )
}
