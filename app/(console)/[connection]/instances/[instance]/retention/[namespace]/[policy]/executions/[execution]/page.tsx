import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { createLoader } from 'nuqs/server'
import { ExecutionPage } from '@/components/retention/runs/execution/page'
import { executionAddress, executionInput } from '@/components/retention/runs/execution/search-params'
import { policyParams } from '@/components/retention/runs/queries'
import { requireActor } from '@/lib/auth/actor'
import { orNotFound } from '@/lib/query/or-not-found'
import { prefetch } from '@/lib/query/prefetch'
import { requestClient } from '@/lib/query/request-client'

type Props = PageProps<'/[connection]/instances/[instance]/retention/[namespace]/[policy]/executions/[execution]'>

const loadView = createLoader(executionAddress)
const isId = (text: string) => /^[1-9]\d{0,14}$/.test(text)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ execution }, t] = await Promise.all([params, getTranslations('retentionRuns.execution')])
  return isId(execution) ? { title: t('name', { id: execution }) } : {}
}

export default async function RetentionExecutionPage({ params, searchParams }: Props) {
  const [actor, { execution, policy, ...at }, view] = await Promise.all([
    requireActor(),
    params,
    loadView(searchParams),
  ])
  if (!isId(policy) || !isId(execution)) notFound()
  const place = { ...at, policy: Number(policy) }
  const cache = requestClient()
  await Promise.all([
    orNotFound(prefetch(cache, actor, 'retentionExecutionShow', executionInput(place, Number(execution), view))),
    prefetch(cache, actor, 'retentionShow', { params: policyParams(place) }),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <ExecutionPage place={place} id={Number(execution)} />
    </HydrationBoundary>
  )
}
