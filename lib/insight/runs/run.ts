import 'server-only'
import { listEntries } from '../../audit/search'
import type { Actor } from '../../auth/actor'
import type { Identity } from '../../auth/identity'
import { type Kept, kept, workOf } from '../../cache'
import type { Run, RunTag } from '../../contract/swr/runs'
import type { FailureCause } from '../../contract/vocabulary'
import { scopedParent } from '../../db/partial-runs'
import { failureCause } from '../../policy/runs/failure-cause'
import { repositoryIn } from '../../policy/runs/resource'
import { readStatus } from '../../policy/runs/status'
import { instantOf } from '../../policy/schedule/instant'
import type { AskedOwn, OwnHandlers } from '../handler'
import { type Memory, type RunAt, type RunRead, readRun } from './fetch'
import { countTags, failuresOf, inOrder, rateOf } from './tags'

/** A run as it was at one look, shared by everybody who looks at it. */
interface Looked {
  readonly run: Omit<Run, 'refreshing'>
  readonly tags: readonly RunTag[]
  /** Nothing of it will change any more. */
  readonly final: boolean
  readonly unread: boolean
}

const fresh = 2_000
const lasting = 10 * 60_000

const moment = (text: string | undefined) => {
  const at = instantOf(text)
  return at === null ? null : new Date(at).toISOString()
}

/** When the console last asked SWR to stop it; what was refused was not asked. */
async function stopAskedOf({ db }: Pick<Identity, 'db'>, { connection, instance, execution }: RunAt) {
  const filters = { connection, instance, operation: 'executionStop', kind: 'execution', objectId: String(execution) }
  const { entries } = await listEntries(db, filters, { offset: 0, limit: 10 })
  return entries.find(({ outcome }) => outcome !== 'refused' && outcome !== 'denied')?.at.toISOString() ?? null
}

function runOf(
  read: RunRead,
  tags: readonly RunTag[],
  { stopAsked, parent }: Pick<Run, 'stopAsked' | 'parent'>,
): Looked['run'] {
  const { at, execution, complete } = read
  const counts = countTags(tags)
  const rate = readStatus(execution.status).phase === 'running' ? rateOf(tags, at.getTime()) : null
  return {
    at: at.toISOString(),
    complete,
    execution,
    tags: counts,
    tasks: read.tasks.map((task) => {
      const own = task.id === undefined ? undefined : read.tags.get(task.id)
      return {
        id: task.id ?? 0,
        repository: own?.[0]?.repository || repositoryIn(task.src_resource ?? ''),
        source: task.src_resource ?? '',
        target: task.dst_resource ?? '',
        operation: task.operation ?? '',
        status: task.status ?? '',
        tags: own ? countTags(own) : null,
        start: moment(task.start_time),
        end: moment(task.end_time),
      }
    }),
    failures: failuresOf(tags),
    rate,
    left: rate && complete ? (counts.waiting + counts.running) / rate : null,
    stopAsked,
    parent,
  }
}

async function lookAt(actor: Actor, known: Pick<Identity, 'db'>, at: RunAt, memory: Memory): Promise<Looked> {
  const [read, stopAsked, parent] = await Promise.all([
    readRun(actor, at, memory),
    stopAskedOf(known, at),
    scopedParent(known.db, { ...at, policyId: at.policy }),
  ])
  const tags = inOrder([...read.tags.values()].flat())
  const run = runOf(read, tags, { stopAsked, parent })
  const isOver = !['running', 'unknown'].includes(readStatus(read.execution.status).phase)
  const { waiting, running, unknown } = run.tags
  return { run, tags, final: isOver && run.complete && waiting + running + unknown === 0, unread: read.unread }
}

/** The run, looked at anew unless somebody has just done so. What it was before is not shown while that goes on. */
async function lookedAt(actor: Actor, known: Pick<Identity, 'db'>, at: RunAt): Promise<Looked> {
  const name = [at.connection, at.instance, at.policy, at.execution].join('/')
  // Not what is shown, but what need not be read again: it is right also after a write.
  const { value: memory } = await kept<{ tags: Memory; last: Looked | null }>(
    `run/${name}`,
    { fresh: lasting, keep: lasting },
    async () => ({ tags: new Map(), last: null }),
  )
  const now: Kept<Looked> = await kept<Looked>(
    `${workOf(at.connection, at.instance)}run/${name}`,
    { fresh, keep: fresh },
    async () => {
      if (memory.last?.final) return memory.last
      memory.last = await lookAt(actor, known, at, memory.tags)
      return memory.last
    },
  )
  return now.value
}

type Params = AskedOwn<'runShow'>['params']
export const runAt = (params: Params): RunAt => ({
  connection: params.connection,
  instance: params.instance_id,
  policy: Number(params.policy_id),
  execution: Number(params.execution_id),
})

export interface TagFilters {
  readonly phase?: RunTag['phase'] | undefined
  readonly cause?: FailureCause | undefined
  readonly repository?: string | undefined
  readonly q?: string | undefined
}

function fits({ phase, cause, repository, q }: TagFilters) {
  const text = q?.trim().toLowerCase()
  return (tag: RunTag) =>
    (phase === undefined || tag.phase === phase) &&
    (cause === undefined || (tag.phase === 'failed' && failureCause(tag.text) === cause)) &&
    (repository === undefined || tag.repository === repository) &&
    (!text || `${tag.repository}:${tag.tag}`.toLowerCase().includes(text))
}

/** The run and those of its tags that fit. */
export async function runWith(actor: Actor, known: Pick<Identity, 'db'>, at: RunAt, filters: TagFilters) {
  const { run, tags, unread } = await lookedAt(actor, known, at)
  const wanted = Object.values(filters).some((value) => value !== undefined && value !== '')
  return { run, tags: wanted ? tags.filter(fits(filters)) : tags, unread }
}

export const runHandlers: OwnHandlers<'runShow' | 'runTagList'> = {
  async runShow({ actor, known, params }) {
    const { run, unread } = await lookedAt(actor, known, runAt(params))
    return { ...run, refreshing: unread }
  },
  async runTagList({ actor, known, params, query: { offset, limit, ...filters } }) {
    const { run, tags, unread } = await runWith(actor, known, runAt(params), filters)
    const { at, complete } = run
    return { at, complete, refreshing: unread, tags: tags.slice(offset, offset + limit), total: tags.length }
  },
}
