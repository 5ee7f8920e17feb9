import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { createLoader } from 'nuqs/server'
import { RunPage } from '@/components/run/run-page'
import { runAddress, runInput, runTagsInput } from '@/components/run/search-params'
import { requireActor } from '@/lib/auth/actor'
import { outcomeOf } from '@/lib/policy/runs/status'
import { ownQuery } from '@/lib/query/own'
import { prefetch, prefetchOwn } from '@/lib/query/prefetch'
import { scopedRunsInput } from '@/lib/query/queries'
import { requestClient } from '@/lib/query/request-client'

const loadView = createLoader(runAddress)
const isId = (text: string) => /^[1-9]\d{0,14}$/.test(text)

export async function generateMetadata({
  params,
}: PageProps<'/[connection]/instances/[instance]/replication/[policy]/executions/[execution]'>): Promise<Metadata> {
  const [actor, { execution, policy, ...at }, t] = await Promise.all([requireActor(), params, getTranslations('run')])
  if (!isId(policy) || !isId(execution)) return {}
  const input = runInput({ ...at, policy: Number(policy), execution: Number(execution) })
  await prefetchOwn(requestClient(), actor, 'runShow', input)
  const run = requestClient().getQueryData(ownQuery('runShow', input).queryKey)
  return { title: run ? t(`tab.${outcomeOf(run.execution)}`, { id: execution }) : t('name', { id: execution }) }
}

export default async function ReplicationRunPage({
  params,
  searchParams,
}: PageProps<'/[connection]/instances/[instance]/replication/[policy]/executions/[execution]'>) {
  const [actor, { connection, instance, policy, execution }, view] = await Promise.all([
    requireActor(),
    params,
    loadView(searchParams),
  ])
  if (!isId(policy) || !isId(execution)) notFound()
  const cache = requestClient()
  const at = { connection, instance, policy: Number(policy), execution: Number(execution) }
  await Promise.all([
    prefetchOwn(cache, actor, 'runShow', runInput(at)),
    view.part === 'tags' && prefetchOwn(cache, actor, 'runTagList', runTagsInput(at, view)),
    prefetchOwn(cache, actor, 'scopedRunList', scopedRunsInput(at)),
    prefetch(cache, actor, connection, 'replicationShow', { params: { instance_id: instance, policy_id: policy } }),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <RunPage at={at} />
    </HydrationBoundary>
  )
}
