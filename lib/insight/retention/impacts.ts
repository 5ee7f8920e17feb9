import 'server-only'
import type { RetentionIndexRow } from '../../contract/console/retention-decisions'
import type { Retention } from '../../contract/swr/retention'
import { ImmutableRules, type ImmutableWords } from '../../policy/retention/immutable'
import { countDecisions } from '../../policy/retention/view/totals'
import type { InventoryRepository } from '../inventory/state'
import { PreparedNamespace } from './prepared'

type Impact = NonNullable<RetentionIndexRow['impact']>

/** What a run would delete is told for so long, as long as nothing was listed anew. */
const momentMs = 5 * 60_000

/** By the listing that they were worked out from. */
const known = new WeakMap<object, Map<string, Impact>>()

/** What a policy would delete now of what is listed in its namespace. Worked out once for each listing and policy. */
export async function impactOf(
  policy: Pick<Retention, 'algorithm' | 'rules'>,
  namespace: string,
  source: readonly InventoryRepository[],
  own: readonly InventoryRepository[],
  immutable: readonly ImmutableWords[],
): Promise<Impact> {
  const moment = Math.floor(Date.now() / momentMs) * momentMs
  const rules = new ImmutableRules(immutable)
  const key = JSON.stringify([namespace, policy.algorithm, policy.rules, rules.key, moment])
  const kept = known.get(source) ?? new Map<string, Impact>()
  known.set(source, kept)
  const found = kept.get(key)
  if (found) return found
  const after = await new PreparedNamespace(namespace, own).decide(policy, rules, new Date(moment))
  const { amounts } = countDecisions({ after, before: null })
  const all = Object.values(amounts).reduce((sum, { images }) => sum + images, 0)
  const { images, tags, bytes } = amounts.delete
  const made = { images, tags, bytes, share: all === 0 ? 0 : images / all, unsure: amounts.unsure.images }
  kept.set(key, made)
  return made
}
