import type { PlanReason, SyncCheck } from '../../contract/console/sync'
import type { CheckState, PlanCode } from '../../contract/console/sync-vocabulary'

/** What is known of one target before anything is sent. */
export interface TargetKnowledge {
  readonly checks: readonly Pick<SyncCheck, 'code' | 'state'>[]
  readonly tagsOf: (repository: string) => Listed
}

/** Tags → digests of a repository; without them, why: null where no connection lists it. */
export interface Listed {
  readonly tags: ReadonlyMap<string, string> | null
  readonly reason: PlanReason | null
}

export interface PlannedCell {
  readonly plan: PlanCode
  /** The digest at the target, where it differs; empty otherwise. */
  readonly there: string
  /** Why the source (`blocked`) or the target (`not_visible`) could not be listed, where that is known. */
  readonly reason: PlanReason | null
}

const plain = (plan: PlanCode, reason: PlanReason | null = null): PlannedCell => ({ plan, there: '', reason })

const stateOf = ({ checks }: TargetKnowledge, code: SyncCheck['code']): CheckState | undefined =>
  checks.find((check) => check.code === code)?.state

/**
 * What sending one tag to one target would do. `digest` is the source's; null when the tag is not there, or when `unread` says
 * why nobody can tell.
 */
export function planCell(
  target: TargetKnowledge,
  {
    repository,
    tag,
    digest,
    unread = null,
  }: { repository: string; tag: string; digest: string | null; unread?: PlanReason | null },
): PlannedCell {
  if (unread !== null) return plain('blocked', unread)
  if (digest === null) return plain('source_missing')
  if (stateOf(target, 'same_region') === 'blocked') return plain('same_region')
  if (stateOf(target, 'image_sync') === 'blocked') return plain('blocked')
  if (stateOf(target, 'organization') === 'blocked') return plain('organization_missing')
  const { tags, reason } = target.tagsOf(repository)
  if (tags === null) return plain('not_visible', reason)
  const there = tags.get(tag)
  if (there === undefined) return plain('new')
  // A digest that SWR does not tell proves nothing.
  if (there !== '' && there === digest) return plain('same')
  return { plan: 'different', there, reason: null }
}

/** Regions are written in small letters; people may type them otherwise. */
export const isSameRegion = (region: string, home: string): boolean => region.toLowerCase() === home.toLowerCase()

/** Regions of mainland China: what leaves them may need an agreement, and takes longer. */
export const isMainland = (region: string): boolean => /^cn-/i.test(region)
