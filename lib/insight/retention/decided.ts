import 'server-only'
import type { Actor } from '../../contract/actor'
import type { Decision, DecisionReason } from '../../contract/console/retention-vocabulary'
import type { Problem } from '../../contract/problem'
import type { Retention } from '../../contract/swr/retention'
import { decideRetention } from '../../policy/retention/decision'
import type { InstanceLocation } from '../../routes'
import { inventoryOf } from '../inventory/inventory'
import { fetchInventory } from '../inventory/read'
import { PartialInventory } from '../inventory/state'

export interface DecidedRow {
  /** In full. */
  readonly repository: string
  readonly digest: string
  readonly tags: readonly string[]
  readonly size: number
  /** Milliseconds since the epoch, 0 for never. */
  readonly pushed: number
  readonly pulled: number
  readonly decision: Decision
  readonly rule: number | null
  readonly because: DecisionReason | null
  readonly immutable: number | null
}

export interface DecidedNamespace {
  readonly at: Date
  readonly complete: boolean
  readonly capped: boolean
  readonly problem: Problem | null
  readonly refreshing: boolean
  readonly refused: boolean
  readonly immutableKnown: boolean
  readonly images: readonly DecidedRow[]
}

export async function decideNamespace(
  actor: Actor,
  place: InstanceLocation,
  namespace: string,
  policy: Pick<Retention, 'algorithm' | 'rules'>,
  { now, fresh = false }: { readonly now: Date; readonly fresh?: boolean },
): Promise<DecidedNamespace> {
  const anew = new PartialInventory(new Date())
  if (fresh) await fetchInventory(actor, place, anew)
  const { at: begun, repositories, problem: failure } = anew
  const whole = { at: begun, repositories, problem: failure, complete: anew.complete, capped: anew.capped }
  const looked = fresh ? { ...whole, refreshing: false } : await inventoryOf(actor, place)
  const prefix = `${namespace}/`
  const images = looked.repositories
    .filter(({ name }) => name.startsWith(prefix))
    .flatMap(({ name, images: all }): DecidedRow[] => {
      const verdict = decideRetention(policy, name.slice(prefix.length), all, now)
      return all.map((image, at) => {
        const one = typeof verdict === 'string' ? verdict : verdict[at]
        const known = { repository: name, ...image, size: image.size ?? 0, immutable: null }
        if (one === 'untouched') return { ...known, decision: 'untouched', rule: null, because: null }
        if (one === null) return { ...known, decision: 'delete', rule: null, because: null }
        if (typeof one === 'number') return { ...known, decision: 'keep', rule: one, because: null }
        return { ...known, decision: 'unsure', rule: null, because: 'rule_unreadable' }
      })
    })
  const { at, complete, capped, problem, refreshing } = looked
  return { at, complete, capped, problem, refreshing, refused: false, immutableKnown: true, images }
}
