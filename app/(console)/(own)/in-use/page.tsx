import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { InUsePage } from '@/components/in-use/page'
import { requireActor } from '@/lib/auth/actor'
import { identity } from '@/lib/auth/identity'
import { makeClient } from '@/lib/query/make-client'
import { prefetch } from '@/lib/query/prefetch'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('inUse')
  return { title: t('title') }
}

export default async function ImagesInUsePage() {
  const [actor, { settings }] = await Promise.all([requireActor(), identity()])
  const cache = makeClient()
  await prefetch(cache, actor, 'inUseList', { params: {} })
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <InUsePage origin={new URL(settings.url).origin} />
    </HydrationBoundary>
  )
}
