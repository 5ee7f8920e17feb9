import 'server-only'
import pMap from 'p-map'
import type { Actor } from '../../contract/actor'
import type { RetentionSubtask, RetentionTask } from '../../contract/swr/retention-runs'
import type { JobContext } from '../../jobs/job'
import { readStatus } from '../../policy/runs/status'
import { requestSwr } from '../../swr/client'
import { dedupe, fetchAllPages, type Pages } from '../paginate'
import { withRetry } from '../partial-runs/retry'
import { paramsOf, type RetentionPlace } from './place'

/* What SWR says of a run of its own, read whole: its repositories, and the tags of each. */

const maxTasks = 20_000
const maxSubtasks = 100_000
const parallelTasks = 3

export async function tasksOf(actor: Actor, place: RetentionPlace, execution: number): Promise<Pages<RetentionTask>> {
  const params = { ...paramsOf(place), execution_id: String(execution) }
  const pages = await fetchAllPages(
    async (query) => {
      const { tasks, total } = await requestSwr(actor, place.connection, 'retentionTaskList', { params, query })
      return { rows: tasks, total }
    },
    { maxRows: maxTasks },
  )
  return dedupe(pages)
}

async function subtasksOf(
  actor: Actor,
  place: RetentionPlace,
  execution: number,
  task: number,
): Promise<Pages<RetentionSubtask>> {
  const params = { ...paramsOf(place), execution_id: String(execution), task_id: String(task) }
  const pages = await fetchAllPages(
    async (query) => {
      const { sub_tasks, total } = await requestSwr(actor, place.connection, 'retentionSubtaskList', { params, query })
      return { rows: sub_tasks, total }
    },
    { maxRows: maxSubtasks, parallel: 2 },
  )
  return dedupe(pages)
}

export interface TaskVerdicts {
  /** In full. */
  readonly repository: string
  readonly failed: boolean
  readonly subtasks: readonly RetentionSubtask[]
}

export interface Verdicts {
  readonly tasks: readonly TaskVerdicts[]
  /** False: some of it cannot be read, or SWR lists fewer tags than it counts. */
  readonly complete: boolean
  /** Why something was not deleted, in SWR's words; each once. */
  readonly reasons: readonly string[]
}

const maxReasons = 5

/** What SWR says of tasks and tags that failed; documents name no such field for tasks. */
function reasonsIn(tasks: readonly RetentionTask[], found: readonly TaskVerdicts[]): string[] {
  const failed = [...tasks, ...found.flatMap(({ subtasks }) => subtasks)].filter(
    ({ status }) => readStatus(status).phase === 'failed',
  )
  const texts = failed.map((row) =>
    'status_text' in row && typeof row.status_text === 'string' ? row.status_text : '',
  )
  return [...new Set(texts)].filter((text) => text !== '').slice(0, maxReasons)
}

const isDeletion = ({ action }: RetentionSubtask) => /^del/i.test(action ?? '')

/** SWR may list only what it deletes: fewer of these than images that were not retained are not all. */
export function isWhole({ total, retained, status }: RetentionTask, subtasks: readonly RetentionSubtask[]): boolean {
  // One that was stopped has not looked at all of it, and one that does not count may leave out anything.
  if (total === undefined || retained === undefined || readStatus(status).phase === 'stopped') return false
  return subtasks.filter(isDeletion).length >= total - retained
}

/** All of it, however many pages that takes. Throws what SWR answers, or `Later` when it goes on failing. */
export async function readVerdicts(
  context: Pick<JobContext<unknown>, 'actor' | 'check'>,
  place: RetentionPlace,
  execution: number,
): Promise<Verdicts> {
  const tasks = await withRetry(context, async () => whole(await tasksOf(context.actor, place, execution)))
  let { complete } = tasks
  const found = await pMap(
    tasks.rows,
    async (task): Promise<TaskVerdicts> => {
      const { id, repository = '', status } = task
      const read =
        id === undefined
          ? null
          : await withRetry(context, async () => whole(await subtasksOf(context.actor, place, execution, id)))
      if (!read?.complete || !isWhole(task, read.rows)) complete = false
      return {
        repository: `${place.namespace}/${repository || (read?.rows[0]?.repository ?? '')}`,
        failed: readStatus(status).phase === 'failed',
        subtasks: read?.rows ?? [],
      }
    },
    { concurrency: parallelTasks },
  )
  return { tasks: found, complete, reasons: reasonsIn(tasks.rows, found) }
}

/** A page in the middle that fails is asked for again with the others. */
function whole<Row>(pages: Pages<Row>): Pages<Row> {
  if (pages.problem) throw pages.problem
  return pages
}
