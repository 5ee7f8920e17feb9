import 'server-only'
import pMap from 'p-map'
import type { Actor } from '../../contract/actor'
import type { RetentionSubtask, RetentionTask } from '../../contract/swr/retention-runs'
import type { JobContext } from '../../jobs/job'
import { deletedDigests } from '../../policy/retention/swr-action'
import { readStatus } from '../../policy/runs/status'
import { requestSwr } from '../../swr/client'
import { allCounted, dedupe, fetchAllPages, type Pages } from '../paginate'
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
  return allCounted(dedupe(pages))
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
  return allCounted(dedupe(pages))
}

export interface TaskVerdicts {
  /** In full. */
  readonly repository: string
  readonly failed: boolean
  /** It has ended well, and all that it deletes is listed: what it does not name it keeps. */
  readonly whole: boolean
  readonly subtasks: readonly RetentionSubtask[]
}

export interface Verdicts {
  readonly tasks: readonly TaskVerdicts[]
  /** False: some of it has not ended, cannot be read, or is cut: SWR lists fewer images than it counts. */
  readonly complete: boolean
  /** All repositories are listed, whatever is told of each. */
  readonly allListed: boolean
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

/**
 * SWR counts images and lists tags, and may list only what it deletes: fewer images among these than were not retained are not
 * all. Before a task has ended its counters say nothing, and a deletion that failed is counted as retained.
 */
export function isWhole({ total, retained, status }: RetentionTask, subtasks: readonly RetentionSubtask[]): boolean {
  // One that does not count may leave out anything.
  if (total === undefined || retained === undefined || readStatus(status).phase !== 'succeeded') return false
  return deletedDigests(subtasks).size >= total - retained
}

/** All of it, however many pages that takes. Throws what SWR answers, or `Later` when it goes on failing. */
export async function readVerdicts(
  context: Pick<JobContext<unknown>, 'actor' | 'check'>,
  place: RetentionPlace,
  execution: number,
): Promise<Verdicts> {
  const tasks = await withRetry(context, async () => whole(await tasksOf(context.actor, place, execution)))
  const found = await pMap(
    tasks.rows,
    async (task): Promise<TaskVerdicts> => {
      const { id, repository = '', status } = task
      const read =
        id === undefined
          ? null
          : await withRetry(context, async () => whole(await subtasksOf(context.actor, place, execution, id)))
      return {
        repository: `${place.namespace}/${repository || (read?.rows[0]?.repository ?? '')}`,
        failed: readStatus(status).phase === 'failed',
        whole: read?.complete === true && isWhole(task, read.rows),
        subtasks: read?.rows ?? [],
      }
    },
    { concurrency: parallelTasks },
  )
  const complete = tasks.complete && found.every((task) => task.whole)
  return { tasks: found, complete, allListed: tasks.complete, reasons: reasonsIn(tasks.rows, found) }
}

/** A page in the middle that fails is asked for again with the others. */
function whole<Row>(pages: Pages<Row>): Pages<Row> {
  if (pages.problem) throw pages.problem
  return pages
}
