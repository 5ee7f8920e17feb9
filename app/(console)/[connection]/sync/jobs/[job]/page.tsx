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

/** Cells in the first HTML. */
const mostCells = 2_000

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
  const input = jobInput(connection, Number(id))
  await orNotFound(prefetch(cache, actor, 'syncJobShow', input))
  // The cells of a large job would make the page as large: the browser asks for them.
  const { queryKey } = apiQuery('syncJobShow', input)
  const cells = cache.getQueryData(queryKey)?.cells.length ?? 0
  if (cells > mostCells) cache.removeQueries({ queryKey })
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <JobPage connection={connection} id={Number(id)} />
    </HydrationBoundary>
  )
}
