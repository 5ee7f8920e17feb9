import type { Execution } from '../../contract/swr/replication'
import type { Run, TagPhase } from '../../contract/swr/runs'

/** Repositories of a run by how they went. */
export interface Counters {
  readonly total: number
  readonly succeed: number
  readonly failed: number
  readonly stopped: number
}

const atLeastNone = (count: number | undefined) => Math.max(count ?? 0, 0)

/** SWR's own counters as far as they can be true: they are sometimes negative, or more than their sum (docs/swr-api.md section 17). */
export function countersOf(run: Pick<Execution, 'total' | 'succeed' | 'failed' | 'stopped'>): Counters {
  const [succeed, failed, stopped] = [run.succeed, run.failed, run.stopped].map(atLeastNone) as [number, number, number]
  return { total: Math.max(atLeastNone(run.total), succeed + failed + stopped), succeed, failed, stopped }
}

/** The same counted from rows, which win over counters wherever they are known. */
export function countersByPhase(counts: Readonly<Record<TagPhase, number>>): Counters {
  const { succeeded: succeed, failed, stopped, running, waiting, unknown } = counts
  return { total: succeed + failed + stopped + running + waiting + unknown, succeed, failed, stopped }
}

/** Repositories that are listed of a run. */
export const repositoriesOf = ({ repositories }: Pick<Run, 'repositories'>) =>
  Object.values(repositories).reduce((sum, count) => sum + count, 0)

/** A run's row with the counters of its rows, which win wherever there are any (docs/swr-api.md section 17). */
export const countedRow = (run: Pick<Run, 'complete' | 'execution' | 'repositories'>) =>
  run.complete && repositoriesOf(run) > 0 ? { ...run.execution, ...countersByPhase(run.repositories) } : run.execution
