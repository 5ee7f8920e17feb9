import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import { WeekSchedule } from '@/components/week/schedule'
import { weekInput, weekZoneOf } from '@/components/week/search-params'
import { requireActor } from '@/lib/auth/actor'
import { preferenceCookies } from '@/lib/i18n/locale'
import { makeClient } from '@/lib/query/make-client'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetch } from '@/lib/query/prefetch'
import { allRegistries } from '@/lib/query/queries'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('week')
  return { title: t('title') }
}

export default async function WeekPage({ params }: PageProps<'/[connection]/instances/[instance]/week'>) {
  const [actor, at, jar] = await Promise.all([requireActor(), params, cookies()])
  const cache = makeClient()
  await Promise.all([
    orNotFound(prefetch(cache, actor, 'weekShow', weekInput(at))),
    prefetch(cache, actor, 'registryList', allRegistries(at)),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <WeekSchedule at={at} zone={weekZoneOf(jar.get(preferenceCookies.weekZone)?.value)} />
    </HydrationBoundary>
  )
}
