import { useState } from 'react'
import { isUnclear, type Problem, problemOf } from '@/lib/contract/problem'
import type { Retention } from '@/lib/contract/swr/retention'
import { useApiWrites } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import { retentionReads } from '../stale-reads'
import type { ApplyPlan } from './use-plans'

export type ApplyResult =
  | { readonly state: 'waiting' | 'sending' }
  /** `isOff`: nothing runs by its schedule yet. */
  | { readonly state: 'done'; readonly id: number | undefined; readonly isOff: boolean }
  /** `unclear`: it was sent, and nobody knows whether it took place. */
  | { readonly state: 'failed' | 'unclear'; readonly problem: Problem }

/** Writes the rules of a policy to namespaces, one after the other, each once; what failed can be sent again. */
export function useApply(at: InstanceLocation, source: Retention) {
  const { send, refresh } = useApiWrites({ stale: [...retentionReads, 'instanceStatistics'] })
  const [results, setResults] = useState<ReadonlyMap<string, ApplyResult>>(new Map())
  const [busy, setBusy] = useState(false)

  const write = async ({ target: { namespace, policy }, body, dryRun }: ApplyPlan): Promise<ApplyResult> => {
    const params = { connection: at.connection, instance_id: at.instance, namespace_name: namespace }
    const basis = source.id === undefined ? {} : { basis: String(source.id) }
    if (policy === null) {
      const { id } = await send('retentionCreate', { params, body, ...basis })
      return { state: 'done', id, isOff: !body.enabled }
    }
    const { now } = await send('retentionUpdate', {
      params: { ...params, policy_id: String(policy.id) },
      ifMatch: policy.content_hash,
      body,
      ...basis,
      ...(dryRun !== undefined && { dryRun }),
    })
    return { state: 'done', id: policy.id, isOff: now?.enabled === false }
  }
  const apply = async (plans: readonly ApplyPlan[]) => {
    const set = (namespace: string, result: ApplyResult) =>
      setResults((earlier) => new Map(earlier).set(namespace, result))
    setBusy(true)
    for (const { target } of plans) set(target.namespace, { state: 'waiting' })
    for (const plan of plans) {
      const { namespace } = plan.target
      set(namespace, { state: 'sending' })
      try {
        set(namespace, await write(plan))
      } catch (error) {
        const problem = problemOf(error)
        set(namespace, { state: isUnclear(problem) ? 'unclear' : 'failed', problem })
      }
    }
    await refresh()
    setBusy(false)
  }
  return { results, busy, apply }
}
