import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { createLoader } from 'nuqs/server'
import { tagsInput } from '@/components/picker/queries'
import { PageHeader } from '@/components/shell/page-header'
import { allOrganizations, allRegions, repositoriesInput, syncAddress } from '@/components/sync/search-params'
import { SyncScreen } from '@/components/sync/sync-screen'
import { SyncTabs } from '@/components/sync/tabs'
import { requireActor } from '@/lib/auth/actor'
import { makeClient } from '@/lib/query/make-client'
import { prefetch } from '@/lib/query/prefetch'
import { routes } from '@/lib/routes'

const loadSource = createLoader(syncAddress)

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('sync')
  return { title: t('title') }
}

export default async function SyncPage({ params, searchParams }: PageProps<'/[connection]/sync'>) {
  const [actor, { connection }, at, t, c] = await Promise.all([
    requireActor(),
    params,
    loadSource(searchParams),
    getTranslations('sync'),
    getTranslations('common'),
  ])
  const cache = makeClient()
  const picks = at.add === 'pick' && at.organization !== ''
  await Promise.all([
    prefetch(cache, actor, 'organizationList', allOrganizations(connection)),
    prefetch(cache, actor, 'regionList', allRegions(connection)),
    picks && prefetch(cache, actor, 'basicRepositoryList', repositoriesInput(connection, at.organization)),
    picks && at.repository && prefetch(cache, actor, 'basicTagList', tagsInput(connection, at)),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <PageHeader crumbs={[{ label: c('nav.instances'), href: routes.home() }]} title={t('title')} lead={t('lead')} />
      <SyncTabs connection={connection} />
      <SyncScreen connection={connection} />
    </HydrationBoundary>
  )
}
