import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { createLoader } from 'nuqs/server'
import { ReplicationList } from '@/components/replication/list/list'
import { replicationAddress, replicationIndexInput } from '@/components/replication/list/search-params'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { GatedLink } from '@/components/shell/permission-button'
import { buttonClass } from '@/components/ui/button'
import { requireActor } from '@/lib/auth/actor'
import { makeClient } from '@/lib/query/make-client'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetch, prefetchOwn } from '@/lib/query/prefetch'
import { allRegistries } from '@/lib/query/queries'
import { routes } from '@/lib/routes'

const loadView = createLoader(replicationAddress)

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('replication')
  return { title: t('title') }
}

export default async function ReplicationPage({
  params,
  searchParams,
}: PageProps<'/[connection]/instances/[instance]/replication'>) {
  const [actor, at, view, t, h] = await Promise.all([
    requireActor(),
    params,
    loadView(searchParams),
    getTranslations('replication'),
    getTranslations('history'),
  ])
  const cache = makeClient()
  await Promise.all([
    orNotFound(prefetchOwn(cache, actor, 'replicationIndex', replicationIndexInput(at, view))),
    prefetch(cache, actor, at.connection, 'registryList', allRegistries(at.instance)),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <InstanceCrumbs
        at={at}
        title={t('title')}
        actions={
          <>
            <Link href={routes.replicationDeleted(at)} prefetch={false} className={buttonClass('ghost')}>
              {h('deleted.link')}
            </Link>
            <Link href={routes.week(at)} prefetch={false} className={buttonClass()}>
              {t('week')}
            </Link>
            <GatedLink operation="replicationCreate" href={routes.replicationNew(at)} look="primary">
              {t('new')}
            </GatedLink>
          </>
        }
      />
      <ReplicationList at={at} />
    </HydrationBoundary>
  )
}
