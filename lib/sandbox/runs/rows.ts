import { createHash } from 'node:crypto'
import { enterpriseRefusal } from '../errors'
import { pastTasks } from '../history'
import { numberField, type Raw, textField } from '../json-fields'
import { microTime, never } from '../time'
import type { Instance, RunTag, RunTask } from '../world'
import { type State, stateOfTag, stateOfTask } from './runs'

/* Tasks and subtasks as SWR answers them, with the oddities of docs/swr-api.md section 8. */

const missing = (what: string) => enterpriseRefusal('missing', `${what} not found`)

/** Ids are worked out of one another, so that none has to be kept. */
const maxTasksPerRun = 10_000
const taskId = (execution: number, index: number) => execution * maxTasksPerRun + index + 1
const executionOf = (task: number) => Math.floor((task - 1) / maxTasksPerRun)
const jobOf = (task: number) => createHash('sha256').update(`job ${task}`).digest('hex').slice(0, 24)

const time = (at: number | null | undefined) => (at ? microTime(new Date(at)) : never)

const spelled = (state: State, waiting: 'Initialized' | 'Pending') =>
  state === 'waiting' ? waiting : state === 'running' ? 'InProgress' : state

const maxNamedTags = 5
/** `library/nginx [2 item(s) in total]` today; `library/nginx:[1.25,1.26]` in older versions, a long list is cut. */
function resource(repository: string, tags: readonly RunTag[], how: Instance['taskNames']): string {
  if (how === 'counted') return `${repository} [${tags.length} item(s) in total]`
  const names = tags.slice(0, maxNamedTags).map(({ name }) => name)
  const more = tags.length > maxNamedTags ? ` ... ${tags.length} in total` : ''
  return `${repository}:[${names.join(',')}${more}]`
}

const earliest = (times: readonly number[]) => (times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)))
const latest = (times: readonly number[]) => (times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)))

function taskRow(instance: Instance, task: RunTask, execution: number, index: number, created: number): Raw {
  const { source, target, tags, deletion } = task
  const id = taskId(execution, index)
  const state = stateOfTask(task)
  const start = earliest(tags.flatMap((tag) => tag.start ?? []))
  const isMoving = state === 'waiting' || state === 'running'
  const end = isMoving ? null : (latest(tags.flatMap((tag) => tag.end ?? [])) ?? created)
  return {
    id,
    execution_id: execution,
    resource_type: 'image',
    src_resource: resource(source, tags, instance.taskNames),
    dst_resource: resource(target, tags, instance.taskNames),
    operation: deletion ? 'deletion' : 'copy',
    job_id: state === 'waiting' ? '' : jobOf(id),
    status: spelled(state, 'Initialized'),
    StatusRevision: Math.floor((end ?? start ?? created) / 1000),
    start_time: time(start),
    end_time: time(end),
  }
}

function subtaskRow({ source, tags }: RunTask, task: number, index: number): Raw | undefined {
  const tag = tags[index]
  if (!tag) return undefined
  const [namespace = '', ...repository] = source.split('/')
  const state = stateOfTag(tag)
  return {
    id: task * maxTasksPerRun + index + 1,
    job_id: jobOf(task),
    namespace,
    repository: repository.join('/'),
    tag: tag.name,
    digest: tag.digest,
    status: spelled(state, 'Pending'),
    status_text: state === 'Failed' ? (tag.failure ?? '') : '',
    start_time: time(tag.start),
    end_time: time(tag.end),
  }
}

/** Made tasks of an execution; none while it is being prepared. */
function madeTasks(instance: Instance, execution: unknown): readonly RunTask[] {
  const id = numberField(execution, 'id') ?? 0
  const run = instance.runs.find(({ row }) => row === execution)
  if (run) return run.waits > 0 ? [] : run.tasks
  return id <= instance.past.upTo ? pastTasks(instance, execution) : []
}

function executionAt(instance: Instance, id: number): unknown {
  const row = instance.executions.find((candidate) => numberField(candidate, 'id') === id)
  if (row === undefined) throw missing(`replication execution ${id}`)
  return row
}

export function taskRows(instance: Instance, execution: number): readonly unknown[] {
  const row = executionAt(instance, execution)
  const created = Date.parse(textField(row, 'created_at'))
  return (
    instance.tasks[execution] ??
    madeTasks(instance, row).map((task, index) =>
      taskRow(instance, task, execution, index, Number.isNaN(created) ? 0 : created),
    )
  )
}

export function subtaskRows(instance: Instance, execution: number, task: number): readonly unknown[] {
  const row = executionAt(instance, execution)
  const given = instance.tasks[execution]
  if (given?.some((candidate) => numberField(candidate, 'id') === task)) return instance.subtasks[task] ?? []
  const found = executionOf(task) === execution ? madeTasks(instance, row)[task - taskId(execution, 0)] : undefined
  if (given || !found) throw missing(`task ${task} of replication execution ${execution}`)
  return found.whole ? [] : found.tags.flatMap((_, index) => subtaskRow(found, task, index) ?? [])
}
