import { useQueries } from '@tanstack/react-query'
import type { Retention } from '@/lib/contract/swr/retention'
import { appliedBody } from '@/lib/policy/retention/apply'
import { isManual } from '@/lib/policy/retention/runs-by-itself'
import { effectOfSaving, type SettledBody, settled } from '@/lib/policy/retention/saving'
import type { InstanceLocation } from '@/lib/routes'
import { armingQuery } from '../arming'

/** A namespace, and the policy that it has. */
export interface ApplyTarget {
  readonly namespace: string
  readonly policy: Retention | null
}

/** What a namespace is sent. `off`: created disabled; `switched_off`: disabled by it; `stays_on`: armed already, and on. */
export interface ApplyPlan extends SettledBody {
  readonly target: ApplyTarget
  readonly effect: 'none' | 'off' | 'switched_off' | 'stays_on'
}

/** The request for each namespace, by what the server says of enabled schedules; undefined until it has said it of all. */
export function useApplyPlans(
  at: InstanceLocation,
  source: Retention,
  targets: readonly ApplyTarget[],
): readonly ApplyPlan[] | undefined {
  const wanted = targets.map((target) => {
    const body = appliedBody(source, target.policy)
    const isAsked = effectOfSaving(body, target.policy ?? undefined) === 'switched_off'
    return { target, body, isAsked }
  })
  const answers = useQueries({
    queries: wanted.map(({ target: { namespace, policy }, body, isAsked }) => ({
      ...armingQuery({ ...at, namespace, policy: Number(policy?.id) }, body),
      enabled: isAsked,
    })),
  })
  // An older answer counts no more.
  const isAwaited = wanted.some(
    ({ isAsked }, index) => isAsked && (answers[index]?.isPending !== false || answers[index].isFetching),
  )
  if (isAwaited) return undefined
  return wanted.map(({ target, body, isAsked }, index): ApplyPlan => {
    if (!isAsked) return { target, body, effect: target.policy === null && !isManual(body) ? 'off' : 'none' }
    const { data, error } = answers[index] ?? {}
    const sent = settled(body, (!error && data) || null)
    return { target, ...sent, effect: sent.body.enabled ? 'stays_on' : 'switched_off' }
  })
}
