import 'server-only'
import type { Actor } from '../../contract/actor'
import { ProblemError } from '../../contract/problem'
import type { Execution } from '../../contract/swr/replication'
import { maxPageSize } from '../../contract/vocabulary'
import { requestSwr } from '../../swr/client'
import type { ExecutionAt } from './subtasks'

/* SWR has no call for one run: its policy's runs are gone through, newest first (docs/swr-api.md section 8). */

export interface RunAt extends ExecutionAt {
  readonly policy: number
}

/** Runs of one policy that are gone through. */
const maxExecutions = 20_000
const maxParallelPages = 6

export interface FoundRun {
  readonly execution: Execution
  /** Of the page that it stands on: there it is looked for first the next time. */
  readonly offset: number
  /** Runs of the same policy that were read on the way. */
  readonly others: readonly Execution[]
}

/** What SWR changes in a run's row when the run moves again (docs/swr-api.md section 17). */
export const rowStamp = (run: Execution): string =>
  [run.status, run.status_text, run.updated_at, run.total, run.succeed, run.failed, run.stopped, run.in_progress].join(
    '\n',
  )

/** `hint` is where it was found last; runs that began since move it to a later page. */
export async function findRun(actor: Actor, at: RunAt, hint = 0): Promise<FoundRun> {
  const { connection, instance, policy, execution } = at
  const others: Execution[] = []
  const pageAt = async (offset: number) => {
    const { executions, total } = await requestSwr(actor, connection, 'executionList', {
      params: { instance_id: instance },
      query: { policy_id: policy, offset, limit: maxPageSize },
    })
    others.push(...executions)
    const found = executions.find(({ id, policy_id }) => id === execution && (policy_id ?? policy) === policy)
    return { offset, found, total, isLast: executions.length < maxPageSize }
  }
  let first = await pageAt(hint)
  if (!first.found && hint > 0) first = await pageAt(hint + maxPageSize)
  if (!first.found && hint > 0) first = await pageAt(0)
  let pages = [first]
  for (let next = maxPageSize; ; ) {
    for (const { found, offset } of pages) if (found) return { execution: found, offset, others }
    if (pages.some(({ isLast }) => isLast)) throw new ProblemError({ status: 404, code: 'swr_not_found' })
    if (next >= maxExecutions) throw new ProblemError({ status: 404, code: 'run_not_reached' })
    // `total` only says how many to ask for at once: pages are asked for until one comes short (docs/swr-api.md section 7).
    const left = first.total === undefined ? maxParallelPages : Math.ceil((first.total - next) / maxPageSize)
    const room = Math.ceil((maxExecutions - next) / maxPageSize)
    const count = Math.min(Math.max(left, 1), maxParallelPages, room)
    const start = next
    pages = await Promise.all(Array.from({ length: count }, (_, page) => pageAt(start + page * maxPageSize)))
    next += count * maxPageSize
  }
}
