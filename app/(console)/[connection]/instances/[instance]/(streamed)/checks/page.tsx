import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { CheckList } from '@/components/checks/check-list'
import { checkListInput } from '@/components/checks/search-params'
import { requireActor } from '@/lib/auth/actor'
import { makeClient } from '@/lib/query/make-client'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetch } from '@/lib/query/prefetch'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('checks')
  return { title: t('title') }
}

export default async function ChecksPage({ params }: PageProps<'/[connection]/instances/[instance]/checks'>) {
  const [actor, at] = await Promise.all([requireActor(), params])
  const cache = makeClient()
  await orNotFound(prefetch(cache, actor, 'checkList', checkListInput(at)))
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <CheckList at={at} />
    </HydrationBoundary>
  )
}
