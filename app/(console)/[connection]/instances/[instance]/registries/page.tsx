import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { createLoader } from 'nuqs/server'
import { RegistryList } from '@/components/registry/list/list'
import { registryAddress, registryListInput } from '@/components/registry/list/search-params'
import { requireActor } from '@/lib/auth/actor'
import { makeClient } from '@/lib/query/make-client'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetch, prefetchUnlessSlow } from '@/lib/query/prefetch'

const loadView = createLoader(registryAddress)

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('registry')
  return { title: t('title') }
}

export default async function RegistriesPage({
  params,
  searchParams,
}: PageProps<'/[connection]/instances/[instance]/registries'>) {
  const [actor, at, view] = await Promise.all([requireActor(), params, loadView(searchParams)])
  const cache = makeClient()
  const { edit } = view
  await Promise.all([
    orNotFound(prefetchUnlessSlow(cache, actor, 'registryList', registryListInput(at, view))),
    typeof edit === 'number' &&
      prefetch(cache, actor, 'registryShow', {
        params: { connection: at.connection, instance_id: at.instance, registry_id: String(edit) },
      }),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <RegistryList at={at} />
    </HydrationBoundary>
  )
}
