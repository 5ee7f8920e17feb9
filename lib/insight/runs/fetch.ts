import 'server-only'
import { inTurns } from '../../concurrency'
import type { Actor } from '../../contract/actor'
import { largestPage } from '../../contract/paging'
import { ProblemError } from '../../contract/problem'
import type { Execution, ExecutionTask } from '../../contract/swr/replication'
import type { RunTag } from '../../contract/swr/runs'
import { repositoryIn } from '../../policy/runs/resource'
import { readStatus, readTagPhase } from '../../policy/runs/status'
import { call } from '../../swr/client'
import { type ExecutionAt, mostTags, subtasksOf, tasksOf } from './subtasks'
import { tagOf } from './tags'

/* How a run is read: SWR has no call for one run, and lists its tags repository by repository. */

export interface RunAt extends ExecutionAt {
  readonly policy: number
}

const mostExecutions = 2_000
const atOnce = 6
/** Nobody waits longer for one look: what is left is read by the next one. */
const patience = 5_000
/** What waits is looked at again after this time, in case SWR is still adding to it. */
const settled = 30_000

interface Held {
  readonly stamp: string
  readonly at: number
  readonly tags: readonly RunTag[]
  readonly complete: boolean
}

/** Tags by task, kept from one look to the next: those of a repository that is done are not read again. */
export type Memory = Map<number, Held>

/** There is no "get one": its policy's runs are gone through, newest first (NOTES section 8). */
async function executionOf(actor: Actor, { connection, instance, policy, execution }: RunAt): Promise<Execution> {
  for (let offset = 0; offset < mostExecutions; offset += largestPage) {
    const { executions } = await call(actor, connection, 'executionList', {
      params: { instance_id: instance },
      query: { policy_id: policy, offset, limit: largestPage },
    })
    const isIt = ({ id, policy_id }: Execution) => id === execution && (policy_id ?? policy) === policy
    const found = executions.find(isIt)
    if (found) return found
    if (executions.length < largestPage) break
  }
  throw new ProblemError({ status: 404, code: 'swr_not_found' })
}

const stampOf = ({ status, StatusRevision, end_time }: ExecutionTask) => [status, StatusRevision, end_time].join(' ')
const isMoving = (phase: string) => phase === 'waiting' || phase === 'running' || phase === 'unknown'

/** What is remembered of a task says all that SWR would say now. */
function isUsable(task: ExecutionTask, held: Held | undefined, runIsOver: boolean, now: number): boolean {
  if (!held?.complete || held.stamp !== stampOf(task)) return false
  const phase = readTagPhase(task.status)
  if (phase === 'waiting') return now - held.at < settled
  if (isMoving(phase)) return false
  // SWR may say of a repository that it is done a moment before it says so of its last tag.
  return runIsOver || !held.tags.some((tag) => isMoving(tag.phase))
}

async function tagsOf(actor: Actor, at: RunAt, id: number, task: ExecutionTask): Promise<Held> {
  const { rows, complete } = await subtasksOf(actor, at, id)
  const repository = repositoryIn(task.src_resource ?? '')
  const tags = rows.map((row) => tagOf(row, id, repository))
  return { stamp: stampOf(task), at: Date.now(), tags, complete }
}

/** What people look for comes first: what moves, what failed, the rest. */
const urgency = ({ status }: ExecutionTask) =>
  ['running', 'failed', 'unknown', 'stopped', 'succeeded', 'waiting'].indexOf(readTagPhase(status))

export interface RunRead {
  readonly at: Date
  readonly execution: Execution
  readonly tasks: readonly ExecutionTask[]
  /** By task. A task that is missing here could not be read. */
  readonly tags: ReadonlyMap<number, readonly RunTag[]>
  readonly complete: boolean
  /** More of it will be read by the next look. */
  readonly unread: boolean
}

/** One look at a run. What of it is done and remembered is not asked for again. */
export async function readRun(actor: Actor, at: RunAt, memory: Memory): Promise<RunRead> {
  const began = new Date()
  const execution = await executionOf(actor, at)
  const tasks = await tasksOf(actor, at)
  const runIsOver = !isMoving(readStatus(execution.status).phase)
  const now = Date.now()
  const wanted = tasks.rows
    .filter((task) => task.id !== undefined && !isUsable(task, memory.get(task.id), runIsOver, now))
    .sort((a, b) => urgency(a) - urgency(b))
  const total = () => [...memory.values()].reduce((sum, { tags }) => sum + tags.length, 0)
  const failed = new Set<number>()
  const goesOn = () => Date.now() - now < patience && total() < mostTags
  const read = async (task: ExecutionTask) => {
    const { id } = task
    if (id === undefined) return true
    try {
      memory.set(id, await tagsOf(actor, at, id, task))
    } catch {
      // Logged where it was asked; the others may still be readable.
      failed.add(id)
    }
    return goesOn()
  }
  const left = goesOn() ? await inTurns(wanted, atOnce, read) : wanted
  const known = tasks.rows.flatMap(({ id }) => {
    const held = id === undefined ? undefined : memory.get(id)
    return held && id !== undefined ? [{ id, ...held }] : []
  })
  const isCapped = total() >= mostTags
  return {
    at: began,
    execution,
    tasks: tasks.rows,
    tags: new Map(known.map(({ id, tags }) => [id, tags])),
    complete:
      tasks.complete &&
      left.length === 0 &&
      failed.size === 0 &&
      known.length === tasks.rows.length &&
      known.every(({ complete }) => complete),
    unread: left.length > 0 && !isCapped,
  }
}
