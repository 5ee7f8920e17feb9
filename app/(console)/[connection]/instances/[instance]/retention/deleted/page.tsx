import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DeletedPolicies } from '@/components/history/deleted-list'
import { deletedInput } from '@/components/history/queries'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { requireActor } from '@/lib/auth/actor'
import { makeClient } from '@/lib/query/make-client'
import { prefetch } from '@/lib/query/prefetch'
import { routes } from '@/lib/routes'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('history')
  return { title: t('deleted.title') }
}

export default async function DeletedRetentionsPage({
  params,
}: PageProps<'/[connection]/instances/[instance]/retention/deleted'>) {
  const [actor, at, t, r] = await Promise.all([
    requireActor(),
    params,
    getTranslations('history'),
    getTranslations('retention'),
  ])
  const cache = makeClient()
  await prefetch(cache, actor, 'deletedList', deletedInput(at, 'retention'))
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <InstanceCrumbs
        at={at}
        between={[{ label: r('title'), href: routes.retention(at) }]}
        title={t('deleted.title')}
        lead={t('deleted.lead')}
      />
      <DeletedPolicies at={at} kind="retention" />
    </HydrationBoundary>
  )
}
