import { setTimeout } from 'node:timers/promises'
import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ConnectionList } from '@/components/instance/connection-list'
import { PageHeader } from '@/components/shell/page-header'
import { requireActor } from '@/lib/auth/actor'
import { apiQuery } from '@/lib/query/client'
import { makeClient } from '@/lib/query/make-client'
import { prefetchUnlessSlow } from '@/lib/query/prefetch'
import { allInstances } from '@/lib/query/queries'
import { routes } from '@/lib/routes'
import { connections } from '@/lib/swr/connection'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('instance')
  return { title: t('title') }
}

const patienceMs = 1_000

export default async function HomePage() {
  const [actor, t] = await Promise.all([requireActor(), getTranslations('instance')])
  const cache = makeClient()
  const known = connections()
  const [only, ...others] = known
  // One that does not answer keeps nobody from the others: the browser asks for it again.
  await Promise.all(
    known.map(({ id }) => {
      const asked = prefetchUnlessSlow(cache, actor, 'instanceList', allInstances(id))
      return others.length > 0 ? Promise.race([asked, setTimeout(patienceMs, undefined, { ref: false })]) : asked
    }),
  )
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
