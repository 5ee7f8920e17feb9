import 'server-only'
import type { Actor } from '../../contract/actor'
import type { Decision, DecisionReason } from '../../contract/console/retention-vocabulary'
import type { Problem } from '../../contract/problem'
import type { Retention } from '../../contract/swr/retention'
import { ImmutableRules } from '../../policy/retention/immutable'
import type { InstanceLocation } from '../../routes'
import { inventoryOf } from '../inventory/inventory'
import { freshNamespace } from './fresh-listing'
import { immutableRulesOf } from './immutable-rules'
import { preparedNamespace } from './prepared'

export interface DecidedRow {
  /** In full. */
  readonly repository: string
  readonly digest: string
  readonly tags: readonly string[]
  /** With what belongs to it. */
  readonly size: number
  /** Milliseconds since the epoch, 0 where it is not known. */
  readonly pushed: number
  /** The same; 0 for never as well. */
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
  /** The engine gives up on the whole run before it deletes anything. */
  readonly refused: boolean
  /** False: immutable tag rules could not be read, and none was taken into account. */
  readonly immutableKnown: boolean
  readonly images: readonly DecidedRow[]
}

/**
 * What a run of these rules would do with each image of a namespace. `fresh` lists it now, whatever is known; else what the
 * instance's shared listing holds has to do. Others are served in between.
 */
export async function decideNamespace(
  actor: Actor,
  place: InstanceLocation,
  namespace: string,
  policy: Pick<Retention, 'algorithm' | 'rules'>,
  { now, fresh = false }: { readonly now: Date; readonly fresh?: boolean },
): Promise<DecidedNamespace> {
  const [immutable, looked] = await Promise.all([
    immutableRulesOf(actor, place, fresh),
    fresh ? freshNamespace(actor, place, namespace) : inventoryOf(actor, place),
  ])
  const prepared = 'prepared' in looked ? looked.prepared : preparedNamespace(place, namespace, looked.repositories)
  const rules = new ImmutableRules(immutable.byNamespace.get(namespace) ?? [])
  const { refused, repositories } = await prepared.decide(policy, rules, now)
  const images = repositories.flatMap((decided) => {
    const { name, images: all } = decided.repository
    const repository = `${namespace}/${name}`
    return all.map(({ digest, tags, size, pushed, pulled }, index): DecidedRow => {
      return { repository, digest, tags, size, pushed, pulled, ...decided.at(index) }
    })
  })
  return {
    at: looked.at,
    complete: looked.complete,
    capped: looked.capped,
    problem: looked.problem,
    refreshing: 'refreshing' in looked && looked.refreshing,
    refused,
    immutableKnown: immutable.known,
    images,
  }
}
