import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AddRegistryPanel } from '@/components/registry/form/add-panel'
import { ReplicationForm } from '@/components/replication/form/form'
import { Note } from '@/components/ui/alert'
import { requireActor } from '@/lib/auth/actor'
import { copyIn, replicationCopy } from '@/lib/query/copy'
import { makeClient } from '@/lib/query/make-client'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetch } from '@/lib/query/prefetch'
import { allRegistries } from '@/lib/query/queries'
import { deletedReplication, recreateIn } from '@/lib/query/version'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('replicationForm')
  return { title: t('new') }
}

export default async function NewReplicationPage({
  params,
  searchParams,
}: PageProps<'/[connection]/instances/[instance]/replication/new'>) {
  const [actor, at, search, t] = await Promise.all([
    requireActor(),
    params,
    searchParams,
    getTranslations('policyPage'),
  ])
  const cache = makeClient()
  const deleted = recreateIn(search)
  const copy = copyIn(search)
  const [version] = await Promise.all([
    deleted === null
      ? copy === null
        ? undefined
        : replicationCopy(actor, at, copy)
      : deletedReplication(actor, at, deleted),
    orNotFound(prefetch(cache, actor, 'registryList', allRegistries(at))),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      {copy !== null && version === null && (
        <Note tone="warn" className="mt-4">
          {t('copyMissing')}
        </Note>
      )}
      <AddRegistryPanel at={at}>
        <ReplicationForm at={at} version={version ?? undefined} />
      </AddRegistryPanel>
    </HydrationBoundary>
  )
}
