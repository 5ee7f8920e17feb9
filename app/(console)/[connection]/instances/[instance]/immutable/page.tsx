import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ImmutableRules } from '@/components/immutable/list'
import { rulePage } from '@/components/immutable/queries'
import { requireActor } from '@/lib/auth/actor'
import { makeClient } from '@/lib/query/make-client'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetchUnlessSlow } from '@/lib/query/prefetch'
import { firstNamespaces } from '@/lib/query/queries'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('immutable')
  return { title: t('title') }
}

export default async function ImmutablePage({ params }: PageProps<'/[connection]/instances/[instance]/immutable'>) {
  const [actor, at] = await Promise.all([requireActor(), params])
  const cache = makeClient()
  await Promise.all([
    orNotFound(prefetchUnlessSlow(cache, actor, 'immutableRuleList', rulePage(at))),
    prefetchUnlessSlow(cache, actor, 'namespaceList', firstNamespaces(at)),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <ImmutableRules at={at} />
    </HydrationBoundary>
  )
}
