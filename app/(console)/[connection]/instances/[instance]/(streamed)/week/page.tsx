import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { getTimeZone, getTranslations } from 'next-intl/server'
import { createLoader } from 'nuqs/server'
import { WeekSchedule } from '@/components/week/schedule'
import { scheduleInput, stripInput, weekAddress, weekInput, weekZoneOf } from '@/components/week/search-params'
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

const loadView = createLoader(weekAddress)

export default async function WeekPage({ params, searchParams }: PageProps<'/[connection]/instances/[instance]/week'>) {
  const [actor, at, jar, view, ownZone] = await Promise.all([
    requireActor(),
    params,
    cookies(),
    loadView(searchParams),
    getTimeZone(),
  ])
  const remembered = weekZoneOf(jar.get(preferenceCookies.weekZone)?.value)
  const zone = remembered === 'utc' ? 'UTC' : ownZone
  const cache = makeClient()
  await Promise.all([
    orNotFound(prefetch(cache, actor, 'weekShow', weekInput(at, zone))),
    prefetch(cache, actor, 'weekScheduleList', stripInput(at, 0)),
    prefetch(cache, actor, 'weekScheduleList', scheduleInput(at, zone, view)),
    prefetch(cache, actor, 'registryList', allRegistries(at)),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <WeekSchedule at={at} zone={remembered} />
    </HydrationBoundary>
  )
}
