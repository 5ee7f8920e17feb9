import { setTimeout as wait } from 'node:timers/promises'
import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { createLoader } from 'nuqs/server'
import { hasFailed } from '@/components/run/has-failed'
import { RunPage } from '@/components/run/run-page'
import { chosenView, presetOf, runAddress, runInput, runTagsInput, runTasksInput } from '@/components/run/search-params'
import { requireActor } from '@/lib/auth/actor'
import type { Replication } from '@/lib/contract/swr/replication'
import type { Run } from '@/lib/contract/swr/runs'
import { remoteOf } from '@/lib/policy/replication/request'
import { outcomeOf } from '@/lib/policy/runs/status'
import { apiQuery } from '@/lib/query/client'
import { queryKey } from '@/lib/query/operations'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetch, prefetchRemembered } from '@/lib/query/prefetch'
import { allRegistries, partialRunsInput } from '@/lib/query/queries'
import { requestClient } from '@/lib/query/request-client'

/** Milliseconds. */
const planPatience = 700
const loadView = createLoader(runAddress)
const isId = (text: string) => /^[1-9]\d{0,14}$/.test(text)

export async function generateMetadata({
  params,
}: PageProps<'/[connection]/instances/[instance]/replication/[policy]/executions/[execution]'>): Promise<Metadata> {
  const [actor, { execution, policy, ...at }, t] = await Promise.all([requireActor(), params, getTranslations('run')])
  if (!isId(policy) || !isId(execution)) return {}
  const input = runInput({ ...at, policy: Number(policy), execution: Number(execution) })
  await prefetch(requestClient(), actor, 'runShow', input)
  const run = requestClient().getQueryData(apiQuery('runShow', input).queryKey)
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
  const policyInput = { params: { connection, instance_id: instance, policy_id: policy } }
  const at = { connection, instance, policy: Number(policy), execution: Number(execution) }
  await Promise.all([
    orNotFound(prefetch(cache, actor, 'runShow', runInput(at))),
    prefetch(cache, actor, 'partialRunList', partialRunsInput(at)),
    prefetch(cache, actor, 'replicationShow', policyInput),
  ])
  // What is preselected depends on how the run went.
  const run = cache.getQueryData<Run>(queryKey('runShow', runInput(at)))
  const shown = chosenView(view, presetOf(run))
  const policyNow = cache.getQueryData<Replication>(queryKey('replicationShow', policyInput))
  await Promise.all([
    view.part === 'tags'
      ? prefetch(cache, actor, 'runTagList', runTagsInput(at, shown))
      : prefetch(cache, actor, 'runTaskList', runTasksInput(at, shown)),
    // A pull can ignore its filters, by the kind of its registry.
    policyNow &&
      remoteOf(policyNow).direction === 'pull' &&
      prefetchRemembered(cache, actor, 'registryList', allRegistries({ connection, instance })),
    // Other runs may have to be read for it: nobody waits for that here.
    run && hasFailed(run) && Promise.race([prefetch(cache, actor, 'retryPlanShow', runInput(at)), wait(planPatience)]),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <RunPage at={at} />
    </HydrationBoundary>
  )
}
