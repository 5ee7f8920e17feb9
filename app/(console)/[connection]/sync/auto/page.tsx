import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { createLoader } from 'nuqs/server'
import { AutoScreen } from '@/components/sync/auto/auto-screen'
import { autoAddress, rulesInput } from '@/components/sync/auto/search-params'
import { allOrganizations } from '@/components/sync/search-params'
import { requireActor } from '@/lib/auth/actor'
import { makeClient } from '@/lib/query/make-client'
import { prefetch } from '@/lib/query/prefetch'

const loadView = createLoader(autoAddress)

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('sync')
  return { title: t('tabs.auto') }
}

export default async function AutoSyncPage({ params, searchParams }: PageProps<'/[connection]/sync/auto'>) {
  const [actor, { connection }, { organization }] = await Promise.all([requireActor(), params, loadView(searchParams)])
  const cache = makeClient()
  await Promise.all([
    prefetch(cache, actor, 'organizationList', allOrganizations(connection)),
    prefetch(cache, actor, 'agencyShow', { params: { connection } }),
    organization && prefetch(cache, actor, 'autoSyncRuleList', rulesInput(connection, organization)),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <AutoScreen connection={connection} />
    </HydrationBoundary>
  )
}
