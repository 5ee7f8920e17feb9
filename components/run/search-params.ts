import { parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { pageWindow, pagingAddress, searchAddress } from '@/components/table/search-params'
import type { OwnIn } from '@/lib/contract/console/schemas'
import type { TagPhase } from '@/lib/contract/swr/runs'
import { type FailureCause, failureCauses } from '@/lib/contract/vocabulary'
import type { InstanceAt } from '@/lib/routes'

/** A run of a policy of an instance. */
export interface RunPlace extends InstanceAt {
  readonly policy: number
  readonly execution: number
}

/** As they are shown: what went well, what did not, what is still to come. */
export const phases = [
  'succeeded',
  'failed',
  'running',
  'waiting',
  'stopped',
  'unknown',
] as const satisfies readonly TagPhase[]

/** Everything that makes one view of a run. */
export const runAddress = {
  ...pagingAddress,
  ...searchAddress,
  part: parseAsStringLiteral(['tags', 'repositories']).withDefault('tags'),
  phase: parseAsStringLiteral(phases),
  cause: parseAsStringLiteral(failureCauses),
  repository: parseAsString,
}

export interface RunView {
  page: number
  size: number
  q: string
  part: 'tags' | 'repositories'
  phase: TagPhase | null
  cause: FailureCause | null
  repository: string | null
}

export const runInput = ({ connection, instance, policy, execution }: RunPlace): OwnIn<'runShow'> => ({
  params: { connection, instance_id: instance, policy_id: String(policy), execution_id: String(execution) },
})

/** What the tags of a view are narrowed by. */
export const tagFilters = ({ phase, cause, repository, q }: RunView) => ({
  ...(phase && { phase }),
  ...(cause && { cause }),
  ...(repository && { repository }),
  ...(q && { q }),
})

/** The one question that answers a view of the tags. */
export const runTagsInput = (place: RunPlace, view: RunView): OwnIn<'runTagList'> => ({
  ...runInput(place),
  query: { ...pageWindow(view), ...tagFilters(view) },
})
