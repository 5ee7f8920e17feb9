import { parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { type pageSizes, pageWindow, pagingAddress, searchAddress } from '@/components/table/search-params'
import type { ConsoleInput } from '@/lib/contract/console/schemas'
import type { Run, TagPhase } from '@/lib/contract/swr/runs'
import { type FailureCause, failureCauses } from '@/lib/contract/vocabulary'
import { readStatus } from '@/lib/policy/runs/status'
import type { InstanceLocation } from '@/lib/routes'

/** A run of a policy of an instance. */
export interface RunPlace extends InstanceLocation {
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
  /** `all` says that nobody wants what is preselected. */
  phase: parseAsStringLiteral([...phases, 'all']),
  cause: parseAsStringLiteral(failureCauses),
  repository: parseAsString,
}

export interface RunView {
  page: number
  size: (typeof pageSizes)[number]
  q: string
  part: 'tags' | 'repositories'
  phase: TagPhase | 'all' | null
  cause: FailureCause | null
  repository: string | null
}

export const runInput = ({ connection, instance, policy, execution }: RunPlace): ConsoleInput<'runShow'> => ({
  params: { connection, instance_id: instance, policy_id: String(policy), execution_id: String(execution) },
})

/** What a run opens with: of one that is over and failed, what failed. */
export const presetOf = (run: Pick<Run, 'execution' | 'tags'> | undefined): TagPhase | null =>
  run && run.tags.failed > 0 && !['running', 'unknown'].includes(readStatus(run.execution.status).phase)
    ? 'failed'
    : null

/** The phase that a view shows; what somebody has chosen goes before what is preselected. */
export const shownPhase = ({ part, phase, repository }: RunView, preset: TagPhase | null): TagPhase | null =>
  phase === 'all' ? null : (phase ?? (part === 'tags' && !repository ? preset : null))

/** The same view with its phase in words. */
export const chosenView = (view: RunView, preset: TagPhase | null): RunView => ({
  ...view,
  phase: shownPhase(view, preset),
})

/** What the tags of a view are narrowed by. */
export const tagFilters = ({ phase, cause, repository, q }: RunView) => ({
  ...(phase && phase !== 'all' && { phase }),
  ...(cause && { cause }),
  ...(repository && { repository }),
  ...(q && { q }),
})

/** The one question that answers a view of the tags. */
export const runTagsInput = (place: RunPlace, view: RunView): ConsoleInput<'runTagList'> => ({
  ...runInput(place),
  query: { ...pageWindow(view), ...tagFilters(view) },
})

/** The one question that answers a view of the repositories. */
export const runTasksInput = (place: RunPlace, view: RunView): ConsoleInput<'runTaskList'> => ({
  ...runInput(place),
  query: {
    ...pageWindow(view),
    ...(view.phase && view.phase !== 'all' && { phase: view.phase }),
    ...(view.q && { q: view.q }),
  },
})
