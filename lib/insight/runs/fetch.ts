import 'server-only'
import { inTurns } from '../../concurrency'
import type { Actor } from '../../contract/actor'
import type { Execution, ExecutionTask } from '../../contract/swr/replication'
import type { RunTag } from '../../contract/swr/runs'
import { readStatus, readTagPhase } from '../../policy/runs/status'
import type { Pages } from '../paginate'
import { type FoundRun, type RunAt, rowStamp } from './find'
import { maxTags, subtasksOf, tasksOf } from './subtasks'
import { tagOf } from './tags'

/* How a run is read: SWR lists its tags repository by repository. */

const maxParallelTasks = 6
/** Nobody waits longer for one look: what is left is read by the next one. */
const maxReadMs = 5_000
/** What waits is looked at again after this time, in case SWR is still adding to it. */
const settledMs = 30_000

interface Held {
  readonly stamp: string
  readonly at: number
  readonly tags: readonly RunTag[]
  readonly complete: boolean
}

/** What is kept from one look to the next: the tags of a repository that is done are not read again. */
export interface RunMemory {
  readonly tags: Map<number, Held>
  /** Where the run was found. */
  offset: number
  /** The tasks of a run that is over, as long as its row stays as it is. */
  listed: { readonly stamp: string; readonly tasks: Pages<ExecutionTask> } | null
}

export const newMemory = (): RunMemory => ({ tags: new Map(), offset: 0, listed: null })

const stampOf = ({ status, StatusRevision, end_time }: ExecutionTask) => [status, StatusRevision, end_time].join(' ')
const isMoving = (phase: string) => phase === 'waiting' || phase === 'running' || phase === 'unknown'

/** What is remembered of a task says all that SWR would say now. */
function isUsable(task: ExecutionTask, held: Held | undefined, runIsOver: boolean, now: number): boolean {
  if (!held?.complete || held.stamp !== stampOf(task)) return false
  const phase = readTagPhase(task.status)
  if (phase === 'waiting') return now - held.at < settledMs
  if (isMoving(phase)) return false
  // SWR may say of a repository that it is done a moment before it says so of its last tag.
  return runIsOver || !held.tags.some((tag) => isMoving(tag.phase))
}

async function tagsOf(actor: Actor, at: RunAt, id: number, task: ExecutionTask): Promise<Held> {
  const { rows, complete } = await subtasksOf(actor, at, id)
  const tags = rows.map((row) => tagOf(row, id, task))
  return { stamp: stampOf(task), at: Date.now(), tags, complete }
}

/** What people look for comes first: what moves, what failed, the rest. */
const urgency = ({ status }: ExecutionTask) =>
  ['running', 'failed', 'unknown', 'stopped', 'succeeded', 'waiting'].indexOf(readTagPhase(status))

export interface FetchedRun {
  readonly at: Date
  readonly execution: Execution
  /** Other runs of the policy, as far as they were read on the way. */
  readonly others: readonly Execution[]
  readonly tasks: readonly ExecutionTask[]
  /** More tasks than are read: so many were. */
  readonly cut: number | null
  /** By task. A task that is missing here could not be read. */
  readonly tags: ReadonlyMap<number, readonly RunTag[]>
  /** Tasks of which every tag is known. */
  readonly known: ReadonlySet<number>
  readonly complete: boolean
  /** More of it will be read by the next look. */
  readonly unread: boolean
}

/** One look at a run whose row was found. What of it is done and remembered is not asked for again. */
export async function fetchRun(
  actor: Actor,
  at: RunAt,
  { execution, others }: Pick<FoundRun, 'execution' | 'others'>,
  memory: RunMemory,
): Promise<FetchedRun> {
  const began = new Date()
  const runIsOver = !isMoving(readStatus(execution.status).phase)
  const stamp = rowStamp(execution)
  const known = runIsOver && memory.listed?.stamp === stamp ? memory.listed.tasks : null
  const tasks = known ?? (await tasksOf(actor, at))
  const tasksAreOver = !tasks.problem && !tasks.rows.some(({ status }) => isMoving(readTagPhase(status)))
  memory.listed = runIsOver && tasksAreOver ? { stamp, tasks } : null
  const now = Date.now()
  const held = memory.tags
  const wanted = tasks.rows
    .filter((task) => task.id !== undefined && !isUsable(task, held.get(task.id), runIsOver, now))
    .sort((a, b) => urgency(a) - urgency(b))
  let total = [...held.values()].reduce((sum, { tags }) => sum + tags.length, 0)
  const failed = new Set<number>()
  const goesOn = () => Date.now() - now < maxReadMs && total < maxTags
  const read = async (task: ExecutionTask) => {
    const { id } = task
    if (id === undefined) return true
    try {
      const found = await tagsOf(actor, at, id, task)
      total += found.tags.length - (held.get(id)?.tags.length ?? 0)
      held.set(id, found)
    } catch {
      // Logged where it was asked; the others may still be readable.
      failed.add(id)
    }
    return goesOn()
  }
  const left = goesOn() ? await inTurns(wanted, maxParallelTasks, read) : wanted
  const tagged = tasks.rows.flatMap(({ id }) => {
    const found = id === undefined ? undefined : held.get(id)
    return found && id !== undefined ? [{ id, ...found }] : []
  })
  return {
    at: began,
    execution,
    others,
    tasks: tasks.rows,
    cut: tasks.complete || tasks.problem ? null : tasks.rows.length,
    tags: new Map(tagged.map(({ id, tags }) => [id, tags])),
    known: new Set(tagged.filter(({ complete }) => complete).map(({ id }) => id)),
    complete:
      tasks.complete &&
      left.length === 0 &&
      failed.size === 0 &&
      tagged.length === tasks.rows.length &&
      tagged.every(({ complete }) => complete),
    unread: left.length > 0 && total < maxTags,
  }
}
