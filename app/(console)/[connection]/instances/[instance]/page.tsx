import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Overview } from '@/components/instance/overview'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { requireActor } from '@/lib/auth/actor'
import { makeClient } from '@/lib/query/make-client'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetchUnlessSlow } from '@/lib/query/prefetch'
import { allRegistries } from '@/lib/query/queries'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('instance')
  return { title: t('overview') }
}

export default async function OverviewPage({ params }: PageProps<'/[connection]/instances/[instance]'>) {
  const [actor, at, t] = await Promise.all([requireActor(), params, getTranslations('instance')])
  const cache = makeClient()
  await Promise.all([
    orNotFound(
      prefetchUnlessSlow(cache, actor, 'instanceStatistics', {
        params: { connection: at.connection, instance_id: at.instance },
      }),
    ),
    prefetchUnlessSlow(cache, actor, 'registryList', allRegistries(at)),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <InstanceCrumbs at={at} title={t('overview')} />
      <Overview at={at} />
    </HydrationBoundary>
  )
}
