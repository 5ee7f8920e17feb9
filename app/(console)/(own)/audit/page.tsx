import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { createLoader } from 'nuqs/server'
import { AuditList } from '@/components/audit/audit-list'
import { auditAddress, auditInput, entryInput } from '@/components/audit/search-params'
import { requireActor } from '@/lib/auth/actor'
import { makeClient } from '@/lib/query/make-client'
import { prefetch } from '@/lib/query/prefetch'

const loadView = createLoader(auditAddress)

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('audit')
  return { title: t('title') }
}

export default async function AuditPage({ searchParams }: PageProps<'/audit'>) {
  const [actor, view] = await Promise.all([requireActor(), loadView(searchParams)])
  const cache = makeClient()
  await Promise.all([
    prefetch(cache, actor, 'auditList', auditInput(view)),
    view.entry === null ? undefined : prefetch(cache, actor, 'auditList', entryInput(view.entry)),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <AuditList />
    </HydrationBoundary>
  )
}
