import { enterpriseRefusal } from '../errors'
import { numberField, type Raw } from '../json-fields'
import { microTime, never } from '../time'
import type { Instance } from '../world'
import type { RetentionAction, RetentionRun, RetentionTask } from './run'

/* Tasks and subtasks as SWR answers them, with the oddities of docs/swr-api.md section 8. */

const missing = (what: string) => enterpriseRefusal('missing', `${what} not found`)

/** Ids are worked out of one another, so that none has to be kept. */
const [maxTasksPerRun, maxSubtasksPerTask] = [10_000, 1_000_000]
const taskId = (execution: number, index: number) => execution * maxTasksPerRun + index + 1

const time = (at: number | null) => (at === null ? never : microTime(new Date(at)))

const statusOf = ({ start, end, failure }: RetentionTask) =>
  start === null ? 'Initialized' : end === null ? 'InProgress' : failure === null ? 'Succeed' : 'Failed'
const codes: Readonly<Record<ReturnType<typeof statusOf>, number>> = {
  Initialized: 0,
  InProgress: 2,
  Succeed: 3,
  Failed: 3,
}

function taskRow(task: RetentionTask, execution: number, index: number): Raw {
  const status = statusOf(task)
  const id = taskId(execution, index)
  return {
    id,
    execution_id: execution,
    repository: task.repository,
    job_id: status === 'Initialized' ? '' : id.toString(16).padStart(24, '0'),
    status,
    status_code: codes[status],
    status_revision: Math.floor((task.end ?? task.start ?? 0) / 1000),
    start_time: time(task.start),
    end_time: time(task.end),
    total: task.total,
    retained: task.retained,
  }
}

/** One row for each tag of an image; an image without a tag has one row as well. */
function subtasksOf(instance: Instance, run: RetentionRun, task: RetentionTask, id: number): Raw[] {
  const showsAll = instance.retentionMood.subtasks === 'all'
  // A deletion that was refused is one that failed, for whoever lists deletions only.
  const spelled = (action: RetentionAction) => (showsAll || action !== 'ERR' ? action : 'DEL')
  return task.entries
    .filter(({ action }) => showsAll || action === 'DEL' || action === 'ERR')
    .flatMap(({ tags, ...entry }) => (tags.length === 0 ? [''] : tags).map((tag) => ({ ...entry, tag })))
    .map(({ digest, tag, action, statusText }, index) => ({
      id: id * maxSubtasksPerTask + index + 1,
      job_id: id,
      namespace: run.namespace,
      repository: task.repository,
      tag,
      digest,
      action: spelled(action),
      status: action === 'ERR' ? 'Failed' : 'Succeed',
      status_text: statusText,
      op_time: time(task.end),
    }))
}

function executionAt(instance: Instance, policy: number, id: number): unknown {
  const row = instance.retentionExecutions.find(
    (candidate) => numberField(candidate, 'id') === id && numberField(candidate, 'policy_id') === policy,
  )
  if (row === undefined) throw missing(`retention execution ${id}`)
  return row
}

const runOf = (instance: Instance, execution: unknown) => instance.retentionRuns.find(({ row }) => row === execution)

export function retentionTaskRows(instance: Instance, policy: number, execution: number): readonly unknown[] {
  const run = runOf(instance, executionAt(instance, policy, execution))
  const given = instance.retentionTasks[execution]
  if (given || !run || run.waits > 0) return given ?? []
  return run.tasks.map((task, index) => taskRow(task, execution, index))
}

export function retentionSubtaskRows(
  instance: Instance,
  policy: number,
  execution: number,
  task: number,
): readonly unknown[] {
  const rows = retentionTaskRows(instance, policy, execution)
  const index = rows.findIndex((row) => numberField(row, 'id') === task)
  if (index < 0) throw missing(`task ${task} of retention execution ${execution}`)
  const run = runOf(instance, executionAt(instance, policy, execution))
  const made = run?.tasks[index]
  if (instance.retentionTasks[execution] || !run || !made) return instance.retentionSubtasks[task] ?? []
  // What it does is told when it has been done.
  return made.end === null ? [] : subtasksOf(instance, run, made, task)
}
