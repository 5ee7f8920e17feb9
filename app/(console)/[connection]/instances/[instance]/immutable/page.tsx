import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { createLoader } from 'nuqs/server'
import { ImmutableRules } from '@/components/immutable/list'
import { immutableAddress, immutableInput } from '@/components/immutable/queries'
import { requireActor } from '@/lib/auth/actor'
import { makeClient } from '@/lib/query/make-client'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetchUnlessSlow } from '@/lib/query/prefetch'
import { firstNamespaces } from '@/lib/query/queries'

const loadView = createLoader(immutableAddress)

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('immutable')
  return { title: t('title') }
}

export default async function ImmutablePage({
  params,
  searchParams,
}: PageProps<'/[connection]/instances/[instance]/immutable'>) {
  const [actor, at, view] = await Promise.all([requireActor(), params, loadView(searchParams)])
  const cache = makeClient()
  await Promise.all([
    orNotFound(prefetchUnlessSlow(cache, actor, 'immutableRuleList', immutableInput(at, view))),
    prefetchUnlessSlow(cache, actor, 'namespaceList', firstNamespaces(at)),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <ImmutableRules at={at} />
    </HydrationBoundary>
  )
}
