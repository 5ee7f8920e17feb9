import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { BasicRetentionSettings } from '@/components/basic-retention/settings'
import { limitsInput } from '@/components/retention-limits/queries'
import { requireActor } from '@/lib/auth/actor'
import { basicEdition } from '@/lib/contract/console/retention-vocabulary'
import { makeClient } from '@/lib/query/make-client'
import { prefetch } from '@/lib/query/prefetch'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('basicRetention')
  return { title: t('limits') }
}

export default async function BasicRetentionSettingsPage({ params }: PageProps<'/[connection]/retention/settings'>) {
  const [actor, { connection }] = await Promise.all([requireActor(), params])
  const cache = makeClient()
  await prefetch(cache, actor, 'retentionSettingsShow', limitsInput({ connection, instance: basicEdition }))
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <BasicRetentionSettings connection={connection} />
    </HydrationBoundary>
  )
}
