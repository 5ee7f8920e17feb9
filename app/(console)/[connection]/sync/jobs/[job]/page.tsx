import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { jobInput } from '@/components/sync/job/cells'
import { JobPage } from '@/components/sync/job/job-page'
import { titleOf } from '@/components/sync/job/job-title'
import { requireActor } from '@/lib/auth/actor'
import { apiQuery } from '@/lib/query/client'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetch } from '@/lib/query/prefetch'
import { requestClient } from '@/lib/query/request-client'

const isId = (text: string) => /^[1-9]\d{0,14}$/.test(text)

export async function generateMetadata({ params }: PageProps<'/[connection]/sync/jobs/[job]'>): Promise<Metadata> {
  const [actor, { connection, job: id }, t] = await Promise.all([requireActor(), params, getTranslations('sync.job')])
  if (!isId(id)) return {}
  const input = jobInput(connection, Number(id))
  await prefetch(requestClient(), actor, 'syncJobShow', input)
  const shown = requestClient().getQueryData(apiQuery('syncJobShow', input).queryKey)
  if (!shown) return { title: t('name', { id }) }
  const { key, values } = titleOf(shown.job)
  return { title: t(`tab.${key}`, values) }
}

export default async function SyncJobPage({ params }: PageProps<'/[connection]/sync/jobs/[job]'>) {
  const [actor, { connection, job: id }] = await Promise.all([requireActor(), params])
  if (!isId(id)) notFound()
  const cache = requestClient()
  await orNotFound(prefetch(cache, actor, 'syncJobShow', jobInput(connection, Number(id))))
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <JobPage connection={connection} id={Number(id)} />
    </HydrationBoundary>
  )
}
