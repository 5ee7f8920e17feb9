import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { createLoader } from 'nuqs/server'
import { JobList } from '@/components/sync/jobs/job-list'
import { jobsAddress, jobsInput } from '@/components/sync/jobs/search-params'
import { requireActor } from '@/lib/auth/actor'
import { makeClient } from '@/lib/query/make-client'
import { prefetch } from '@/lib/query/prefetch'

const loadView = createLoader(jobsAddress)

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('sync')
  return { title: t('tabs.jobs') }
}

export default async function SyncJobsPage({ params, searchParams }: PageProps<'/[connection]/sync/jobs'>) {
  const [actor, { connection }, view] = await Promise.all([requireActor(), params, loadView(searchParams)])
  const cache = makeClient()
  await prefetch(cache, actor, 'syncJobList', jobsInput(connection, view))
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <JobList connection={connection} />
    </HydrationBoundary>
  )
}
