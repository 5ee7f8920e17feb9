import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ReplicationForm } from '@/components/replication/form/form'
import { Note } from '@/components/ui/alert'
import { requireActor } from '@/lib/auth/actor'
import { copyIn, replicationCopy } from '@/lib/query/copy'
import { makeClient } from '@/lib/query/make-client'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetch } from '@/lib/query/prefetch'
import { allRegistries } from '@/lib/query/queries'
import { deletedReplication } from '@/lib/query/version'
import { revisionIn } from '@/lib/routes'

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
  const revision = revisionIn(search)
  const copy = copyIn(search)
  const [version] = await Promise.all([
    revision === null
      ? copy === null
        ? undefined
        : replicationCopy(actor, at, copy)
      : deletedReplication(actor, at, revision),
    orNotFound(prefetch(cache, actor, at.connection, 'registryList', allRegistries(at.instance))),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      {copy !== null && version === null && (
        <Note tone="warn" className="mt-4">
          {t('copyMissing')}
        </Note>
      )}
      <ReplicationForm at={at} version={version ?? undefined} />
    </HydrationBoundary>
  )
}
