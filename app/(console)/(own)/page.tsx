import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ConnectionList } from '@/components/instance/connection-list'
import { PageHeader } from '@/components/shell/page-header'
import { requireActor } from '@/lib/auth/actor'
import { apiQuery } from '@/lib/query/client'
import { makeClient } from '@/lib/query/make-client'
import { prefetch } from '@/lib/query/prefetch'
import { allInstances } from '@/lib/query/queries'
import { routes } from '@/lib/routes'
import { connections } from '@/lib/swr/connection'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('instance')
  return { title: t('title') }
}

export default async function HomePage() {
  const [actor, t] = await Promise.all([requireActor(), getTranslations('instance')])
  const cache = makeClient()
  const known = connections()
  await Promise.all(known.map(({ id }) => prefetch(cache, actor, 'instanceList', allInstances(id))))
  const [only, ...others] = known
  if (only && others.length === 0) {
    const list = cache.getQueryData(apiQuery('instanceList', allInstances(only.id)).queryKey)
    const [instance, ...more] = list?.instances ?? []
    if (instance?.id && more.length === 0) redirect(routes.instance({ connection: only.id, instance: instance.id }))
  }
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <PageHeader crumbs={[]} title={t('title')} lead={t('lead')} />
      <ConnectionList connections={known} />
    </HydrationBoundary>
  )
}
