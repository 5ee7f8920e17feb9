import 'server-only'
import type { Actor } from '../../contract/actor'
import type { ExecutionSubtask, ExecutionTask } from '../../contract/swr/replication'
import type { InstanceLocation } from '../../routes'
import { requestSwr } from '../../swr/client'
import { dedupe, fetchAllPages, type Pages } from '../paginate'

/** A run of an instance. */
export interface ExecutionAt extends InstanceLocation {
  readonly execution: number
}

/** Repositories after which the rest is not read. */
const maxTasks = 20_000
/** Tags after which the rest is not read. */
export const maxTags = 50_000

const paramsOf = ({ instance, execution }: ExecutionAt) => ({ instance_id: instance, execution_id: String(execution) })

/** The repositories of a run. */
export async function tasksOf(actor: Actor, at: ExecutionAt): Promise<Pages<ExecutionTask>> {
  const params = paramsOf(at)
  const pages = await fetchAllPages(
    async (query) => {
      const { tasks, total } = await requestSwr(actor, at.connection, 'executionTaskList', { params, query })
      return { rows: tasks, total }
    },
    { maxRows: maxTasks },
  )
  return dedupe(pages)
}

/** The tags of one of them. */
export async function subtasksOf(actor: Actor, at: ExecutionAt, task: number): Promise<Pages<ExecutionSubtask>> {
  const params = { ...paramsOf(at), task_id: String(task) }
  const pages = await fetchAllPages(
    async (query) => {
      const { sub_tasks, total } = await requestSwr(actor, at.connection, 'executionSubtaskList', { params, query })
      return { rows: sub_tasks, total }
    },
    { maxRows: maxTags, parallel: 2 },
  )
  return dedupe(pages)
}

/** The tags of a run, one task after the other; throws when one of them cannot be read. */
export async function allSubtasksOf(actor: Actor, at: ExecutionAt): Promise<ExecutionSubtask[]> {
  const tasks = await tasksOf(actor, at)
  if (tasks.problem) throw tasks.problem
  const found: ExecutionSubtask[] = []
  for (const { id } of tasks.rows) {
    if (id === undefined) continue
    const { rows, problem } = await subtasksOf(actor, at, id)
    if (problem) throw problem
    found.push(...rows)
    if (found.length >= maxTags) break
  }
  return found
}
