import type { StatusKind } from '@/components/ui/status'
import type { PartialRun, PartialRunItem } from '@/lib/contract/console/partial-runs'

/** As many parts of a run as the server carries out at once. */
export const cardWidth = 3

export const stateKinds = {
  waiting: 'busy',
  running: 'busy',
  succeeded: 'ok',
  partly_failed: 'bad',
  failed: 'bad',
  stopped: 'off',
  nothing_matched: 'warn',
  not_started: 'bad',
  not_selected: 'warn',
  unclear: 'warn',
} as const satisfies Record<PartialRunItem['state'], StatusKind>

export const isPartMoving = ({ state }: PartialRunItem) => state === 'waiting' || state === 'running'

/** Some of it is still to be copied. */
export const isPartialRunMoving = ({ parts }: PartialRun) => parts.some(isPartMoving)

const gravity: readonly StatusKind[] = ['busy', 'bad', 'warn', 'off', 'ok']

/** What is worst of its parts; busy while one of them is. */
export const kindOfRun = ({ parts }: PartialRun): StatusKind =>
  gravity.find((kind) => parts.some(({ state }) => stateKinds[state] === kind)) ?? 'ok'

const whileMoving = 2_000
// Removal mostly takes seconds; one that SWR puts off may take hours.
const whileRemoving = 5_000

interface State {
  readonly data: { readonly runs: readonly PartialRun[] } | undefined
  readonly error: unknown
}

/** Asked again only while something moves. */
export function pollPartialRuns({ data, error }: State): number | false {
  if (!data || error) return false
  if (data.runs.some(isPartialRunMoving)) return whileMoving
  return data.runs.some(({ endedAt }) => endedAt === null) ? whileRemoving : false
}
