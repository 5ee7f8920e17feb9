import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { createLoader } from 'nuqs/server'
import { ReplicationList } from '@/components/replication/list/list'
import { replicationAddress, replicationIndexInput } from '@/components/replication/list/search-params'
import { requireActor } from '@/lib/auth/actor'
import { makeClient } from '@/lib/query/make-client'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetch, prefetchRemembered } from '@/lib/query/prefetch'
import { allRegistries } from '@/lib/query/queries'

const loadView = createLoader(replicationAddress)

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('replication')
  return { title: t('title') }
}

export default async function ReplicationPage({
  params,
  searchParams,
}: PageProps<'/[connection]/instances/[instance]/replication'>) {
  const [actor, at, view] = await Promise.all([requireActor(), params, loadView(searchParams)])
  const cache = makeClient()
  await Promise.all([
    orNotFound(prefetch(cache, actor, 'replicationIndex', replicationIndexInput(at, view))),
    prefetchRemembered(cache, actor, 'registryList', allRegistries(at)),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <ReplicationList at={at} />
    </HydrationBoundary>
  )
}
