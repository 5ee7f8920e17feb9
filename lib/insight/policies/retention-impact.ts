import 'server-only'
import type { RetentionImpact } from '../../contract/console/retention-impact'
import type { Retention } from '../../contract/swr/retention'
import { decideAtOnce } from '../../policy/retention/decide'
import { ImmutableRules } from '../../policy/retention/immutable'
import { NamespaceImages } from '../../policy/retention/namespace-images'
import { requestSwr } from '../../swr/client'
import type { ConsoleRequest } from '../handler'
import { type InventoryState, inventoryOf } from '../inventory/inventory'
import { TimeSlicer } from '../time-slice'

const maxExamples = 5
const unclearReasons: readonly unknown[] = ['pattern_error', 'rule_unreadable', 'costly', 'time_unknown']

/** Ends the work where it stands: what was counted so far is worth telling. */
class OutOfTime extends Error {}

/** What the rules would delete of what is listed of one namespace. */
export async function impactOf(
  policy: Pick<Retention, 'algorithm' | 'rules'>,
  namespace: string,
  looked: InventoryState,
  now: Date,
): Promise<RetentionImpact> {
  const total = { repositories: 0, tags: 0, untagged: 0 }
  const examples: string[] = []
  let unclear = 0
  let complete = looked.complete
  const slices = new TimeSlicer(() => new OutOfTime())
  const prefix = `${namespace}/`
  try {
    for (const { name, images } of looked.repositories) {
      if (!name.startsWith(prefix)) continue
      if (slices.isOver()) await slices.breathe()
      const one = new NamespaceImages([{ name: name.slice(prefix.length), images }])
      const [decided] = decideAtOnce(policy, one, new ImmutableRules([]), now).repositories
      const deleted = images.filter((_, index) => decided?.decisionOf(index) === 'delete')
      if (images.some((_, index) => unclearReasons.includes(decided?.at(index).because ?? null))) unclear += 1
      if (deleted.length > 0) total.repositories += 1
      for (const { tags } of deleted) {
        if (tags.length === 0) total.untagged += 1
        total.tags += tags.length
        for (const tag of tags) if (examples.length < maxExamples) examples.push(`${name}:${tag}`)
      }
    }
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error
    complete = false
  }
  return {
    at: looked.at.toISOString(),
    complete,
    refreshing: looked.refreshing,
    capped: looked.capped,
    problem: looked.problem?.code ?? null,
    total,
    unclear,
    examples,
  }
}

export async function retentionImpactShow({
  actor,
  params,
}: ConsoleRequest<'retentionImpactShow'>): Promise<RetentionImpact> {
  const { connection, instance_id, namespace_name, policy_id } = params
  const place = { instance_id, namespace_name, policy_id }
  const [policy, looked] = await Promise.all([
    requestSwr(actor, connection, 'retentionShow', { params: place }),
    inventoryOf(actor, { connection, instance: instance_id }),
  ])
  return impactOf(policy, namespace_name, looked, new Date())
}
