import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { RetentionList } from '@/components/retention/list/list'
import { requireActor } from '@/lib/auth/actor'
import { makeClient } from '@/lib/query/make-client'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetch, prefetchUnlessSlow } from '@/lib/query/prefetch'
import { firstNamespaces, retentionIndexInput, retentionPage } from '@/lib/query/queries'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('retention')
  return { title: t('title') }
}

export default async function RetentionPage({ params }: PageProps<'/[connection]/instances/[instance]/retention'>) {
  const [actor, at] = await Promise.all([requireActor(), params])
  const cache = makeClient()
  await Promise.all([
    orNotFound(prefetchUnlessSlow(cache, actor, 'retentionList', retentionPage(at))),
    prefetchUnlessSlow(cache, actor, 'namespaceList', firstNamespaces(at)),
    prefetch(cache, actor, 'retentionIndex', retentionIndexInput(at)),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <RetentionList at={at} />
    </HydrationBoundary>
  )
}
