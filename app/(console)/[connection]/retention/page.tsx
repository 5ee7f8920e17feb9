import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { createLoader } from 'nuqs/server'
import { BasicRetentionPage } from '@/components/basic-retention/page'
import { allOrganizations, basicAddress, logInput, showInput } from '@/components/basic-retention/queries'
import { requireActor } from '@/lib/auth/actor'
import { makeClient } from '@/lib/query/make-client'
import { prefetch } from '@/lib/query/prefetch'

const loadView = createLoader(basicAddress)

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('basicRetention')
  return { title: t('title') }
}

export default async function RetentionOfBasicPage({ params, searchParams }: PageProps<'/[connection]/retention'>) {
  const [actor, { connection }, { organization, repository, log }] = await Promise.all([
    requireActor(),
    params,
    loadView(searchParams),
  ])
  const cache = makeClient()
  const place = { connection, organization, repository }
  await Promise.all([
    prefetch(cache, actor, 'organizationList', allOrganizations(connection)),
    ...(organization && repository
      ? [
          prefetch(cache, actor, 'basicRetentionShow', showInput(place)),
          prefetch(cache, actor, 'basicRetentionLogShow', logInput(place, Math.max(log, 1))),
        ]
      : []),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <BasicRetentionPage connection={connection} />
    </HydrationBoundary>
  )
}
