import 'server-only'
import { setImmediate as others } from 'node:timers/promises'
import pMap from 'p-map'
import type { Actor } from '../../contract/actor'
import type { RetentionFailure } from '../../contract/console/retention-executions'
import type { RetentionRun } from '../../contract/console/retention-runs'
import type { RetentionTask } from '../../contract/swr/retention-runs'
import { maxPageSize } from '../../contract/vocabulary'
import { failedImages } from '../../db/retention-failures'
import type { Db } from '../../db/schema'
import { FailureGroups } from '../../policy/retention/failures'
import { readStatus } from '../../policy/runs/status'
import { requestSwr } from '../../swr/client'
import { paramsOf, type RetentionPlace } from './place'

/* Why parts of a run failed, folded into causes. */

/** Where SWR says why; documents name no such field for executions and tasks of retention. */
export const textOf = (row: object): string =>
  'status_text' in row && typeof row.status_text === 'string' ? row.status_text : ''

/** Words of one look at the clock: each takes some patterns to read. */
const wordsAtOnce = 500

/** Of a real run of the console: what was not archived, and what was not brought back. */
export async function failuresOfRun(
  db: Db,
  { id, copies, restores }: Pick<RetentionRun, 'id' | 'copies' | 'restores'>,
): Promise<RetentionFailure[]> {
  const groups = new FailureGroups()
  for (const act of ['copy', 'restore'] as const) {
    if ((act === 'copy' ? copies : restores).failed === 0) continue
    for (const [index, part] of (await failedImages(db, id, act)).entries()) {
      if (index % wordsAtOnce === 0) await others()
      groups.add({ act, ...part })
    }
  }
  return groups.found
}

/** Failed repositories whose images are looked at for a cause: each takes a call. */
const mostLookedAt = 20
const parallelTasks = 3

/** Images of a repository that SWR failed at; none where that cannot be read. */
async function failedIn(actor: Actor, place: RetentionPlace, execution: number, task: number) {
  const { sub_tasks } = await requestSwr(actor, place.connection, 'retentionSubtaskList', {
    params: { ...paramsOf(place), execution_id: String(execution), task_id: String(task) },
    query: { offset: 0, limit: maxPageSize, status: 'Failed' },
  }).catch(() => ({ sub_tasks: [] }))
  return sub_tasks.filter(({ status }) => readStatus(status).phase === 'failed')
}

/**
 * Of an execution that has ended: its failed repositories, by what SWR says of each, or of its images where it says nothing of
 * the repository.
 */
export async function failuresOfExecution(
  actor: Actor,
  place: RetentionPlace,
  execution: number,
  tasks: readonly (RetentionTask & { readonly name: string; readonly task: number })[],
): Promise<RetentionFailure[]> {
  const groups = new FailureGroups()
  const failed = tasks.filter(({ status }) => readStatus(status).phase === 'failed')
  const silent = failed.filter((task) => textOf(task) === '').slice(0, mostLookedAt)
  const images = new Map(
    await pMap(silent, async ({ task }) => [task, await failedIn(actor, place, execution, task)] as const, {
      concurrency: parallelTasks,
    }),
  )
  for (const task of failed) {
    const { name: repository } = task
    const rows = images.get(task.task) ?? []
    if (rows.length === 0) groups.add({ act: 'delete', text: textOf(task), images: 0, repository, tag: '' })
    for (const { tag = '', status_text: text = '' } of rows)
      groups.add({ act: 'delete', text, images: 1, repository, tag })
  }
  return groups.found
}
