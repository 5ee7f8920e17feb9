import type { SyncCheck } from '../../contract/console/sync'
import type { CheckState, PlanCode } from '../../contract/console/sync-vocabulary'

/** What is known of one target before anything is sent. */
export interface TargetKnowledge {
  readonly checks: readonly Pick<SyncCheck, 'code' | 'state'>[]
  /** Tag → digest of a repository there; null when it cannot be listed from here. */
  readonly tagsOf: (repository: string) => ReadonlyMap<string, string> | null
}

const stateOf = ({ checks }: TargetKnowledge, code: SyncCheck['code']): CheckState | undefined =>
  checks.find((check) => check.code === code)?.state

/** What sending one tag to one target would do. `digest` is the source's; null when the tag is not there. */
export function planCell(
  target: TargetKnowledge,
  { repository, tag, digest }: { repository: string; tag: string; digest: string | null },
): { readonly plan: PlanCode; readonly there: string } {
  if (digest === null) return { plan: 'source_missing', there: '' }
  if (stateOf(target, 'same_region') === 'blocked') return { plan: 'same_region', there: '' }
  if (stateOf(target, 'image_sync') === 'blocked') return { plan: 'blocked', there: '' }
  if (stateOf(target, 'organization') === 'blocked') return { plan: 'organization_missing', there: '' }
  const tags = target.tagsOf(repository)
  if (tags === null) return { plan: 'not_visible', there: '' }
  const there = tags.get(tag)
  if (there === undefined) return { plan: 'new', there: '' }
  // A digest that SWR does not tell proves nothing.
  if (there !== '' && there === digest) return { plan: 'same', there: '' }
  return { plan: 'different', there }
}

/** Regions of mainland China: what leaves them may need an agreement, and takes longer. */
export const isMainland = (region: string): boolean => /^cn-/.test(region)
