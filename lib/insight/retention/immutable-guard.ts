import 'server-only'
import type { Actor } from '../../contract/actor'
import { type Problem, ProblemError } from '../../contract/problem'
import { type ImmutableRule, immutableRule } from '../../contract/swr/immutable-rule'
import type { Retention } from '../../contract/swr/retention'
import { mayHoldLess } from '../../policy/retention/immutable-content'
import { withEnabled } from '../../policy/retention/request'
import { runsByItself } from '../../policy/retention/runs-by-itself'
import { requestSwr } from '../../swr/client'
import type { ImmutableChange } from '../../swr/writes/guard'
import { allCounted, dedupe, fetchAllPages } from '../paginate'
import { openRunIn } from './open-jobs'
import { type NamespacePlace, paramsOf, readPolicy } from './place'

const maxPolicies = 5_000
const unreadable = (problem: Problem | null = null) =>
  new ProblemError(problem ?? { status: 502, code: 'swr_unreadable' })

/** SWR may leave the name of a namespace out, then its number says which it is. Throws where neither does. */
function isOfNamespace(policy: Retention, rule: ImmutableRule, namespace: string): boolean {
  if (policy.namespace_name !== undefined) return policy.namespace_name === namespace
  if (policy.namespace_id === undefined || rule.namespace_id === undefined) throw unreadable()
  return policy.namespace_id === rule.namespace_id
}

/** Policies of a rule's namespace that SWR runs without the console; throws when not all could be listed. */
async function schedulesOf(
  actor: Actor,
  { connection, instance, namespace }: NamespacePlace,
  rule: ImmutableRule,
): Promise<number[]> {
  const params = { instance_id: instance }
  const found = await fetchAllPages(
    async (query) => {
      const { retentions, total } = await requestSwr(actor, connection, 'retentionList', { params, query })
      return { rows: retentions, total }
    },
    { maxRows: maxPolicies },
  )
  const { rows, complete, problem } = allCounted(dedupe(found))
  if (!complete) throw unreadable(problem)
  return rows.filter(runsByItself).flatMap((policy) => {
    if (!isOfNamespace(policy, rule, namespace)) return []
    if (policy.id === undefined) throw unreadable()
    return [policy.id]
  })
}

/**
 * Before an immutable tag rule lets go of anything: the schedules of its namespace are of a dry run that was decided on it, so they
 * are switched off first, each as a write of its own in the change log. If that fails, the rule stays as it is. While a real
 * run of the namespace is open nothing is let go: SWR reads these rules until it has deleted the last image. Neither can
 * begin meanwhile: the change has the namespace alone (`withNamespaceLease`).
 */
export async function guardImmutableRule(change: ImmutableChange): Promise<void> {
  const { db, actor, connection, params, was, now, namespace, onSwitchedOff } = change
  // What cannot be read holds nothing for sure.
  if (!mayHoldLess(was, immutableRule.safeParse(now).data ?? null)) return
  const at = { connection, instance: params.instance_id ?? '', namespace }
  if (await openRunIn(db, at)) throw new ProblemError({ status: 409, code: 'retention_run_open' })
  for (const id of await schedulesOf(actor, at, was)) {
    const place = { ...at, policy: id }
    const policy = await readPolicy(actor, place)
    if (!runsByItself(policy)) continue
    await requestSwr(actor, connection, 'retentionUpdate', {
      params: paramsOf(place),
      body: withEnabled(policy, false),
      ifMatch: policy.content_hash,
      reason: `Immutable tag rule ${was.id} of ${namespace} holds less`,
    })
    onSwitchedOff(policy.name ?? `#${id}`)
  }
}
