import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { createLoader } from 'nuqs/server'
import { RetentionSettings } from '@/components/retention/settings/page'
import { archiveAddress, archiveInput } from '@/components/retention/settings/queries'
import { limitsInput } from '@/components/retention-limits/queries'
import { requireActor } from '@/lib/auth/actor'
import { makeClient } from '@/lib/query/make-client'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetch, prefetchRemembered } from '@/lib/query/prefetch'
import { allRegistries } from '@/lib/query/queries'

const loadView = createLoader(archiveAddress)

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('retentionRuns.limits')
  return { title: t('title') }
}

export default async function RetentionSettingsPage({
  params,
  searchParams,
}: PageProps<'/[connection]/instances/[instance]/retention/settings'>) {
  const [actor, at, view] = await Promise.all([requireActor(), params, loadView(searchParams)])
  const cache = makeClient()
  await Promise.all([
    orNotFound(prefetch(cache, actor, 'retentionSettingsShow', limitsInput(at))),
    prefetch(cache, actor, 'archiveCopyList', archiveInput(at, view)),
    prefetchRemembered(cache, actor, 'registryList', allRegistries(at)),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <RetentionSettings at={at} />
    </HydrationBoundary>
  )
}
