import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { NewRetention } from '@/components/retention/form/new'
import { Note } from '@/components/ui/alert'
import { requireActor } from '@/lib/auth/actor'
import { retentionCopy, retentionCopyIn } from '@/lib/query/copy'
import { makeClient } from '@/lib/query/make-client'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetchUnlessSlow } from '@/lib/query/prefetch'
import { firstNamespaces, retentionPage } from '@/lib/query/queries'
import { deletedRetention, recreateIn } from '@/lib/query/version'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('retention')
  return { title: t('edit.new') }
}

export default async function NewRetentionPage({
  params,
  searchParams,
}: PageProps<'/[connection]/instances/[instance]/retention/new'>) {
  const [actor, at, search, t] = await Promise.all([
    requireActor(),
    params,
    searchParams,
    getTranslations('policyPage'),
  ])
  const cache = makeClient()
  const deleted = recreateIn(search)
  const copy = retentionCopyIn(search)
  const [copied, gone] = await Promise.all([
    copy && retentionCopy(actor, at, copy),
    deleted === null ? undefined : deletedRetention(actor, at, deleted),
    orNotFound(prefetchUnlessSlow(cache, actor, 'retentionList', retentionPage(at))),
    prefetchUnlessSlow(cache, actor, 'namespaceList', firstNamespaces(at)),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      {copy !== null && copied === null && (
        <Note tone="warn" className="mt-4">
          {t('copyMissing')}
        </Note>
      )}
      <NewRetention at={at} version={copied ?? gone?.version ?? undefined} suggested={gone?.namespace} />
    </HydrationBoundary>
  )
}
