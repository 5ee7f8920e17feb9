import 'server-only'
import type { AuditStore } from '../../audit/audit-store'
import { listEntries } from '../../audit/search'
import { type Cached, cached, cacheKeyPrefix } from '../../cache'
import type { Actor } from '../../contract/actor'
import type { Run, RunTag, RunTask, TagPhase } from '../../contract/swr/runs'
import type { FailureCause } from '../../contract/vocabulary'
import { hangsSince, usualOf } from '../../policy/runs/duration'
import { readStatus, readTagPhase } from '../../policy/runs/status'
import type { ConsoleHandlers, ConsoleRequest } from '../handler'
import { parentOfTemporaryPolicy } from '../partial-runs/store'
import { failuresOf } from './failures'
import { type FetchedRun, fetchRun, newMemory, type RunMemory } from './fetch'
import { findRun, type RunAt, rowStamp } from './find'
import { countPhases, rateOf, sortTags, taskOf } from './tags'

/** A run as it was at one look, shared by everybody who looks at it. */
export interface Looked {
  readonly run: Omit<Run, 'refreshing'>
  readonly tags: readonly RunTag[]
  readonly tasks: readonly RunTask[]
  /** Nothing of it changes as long as its row does not. */
  readonly final: boolean
  /** Repositories of a run that moves. */
  readonly moving: number
  readonly unread: boolean
}

/** Milliseconds for which a look is good. While a run of thousands of repositories moves, each look lists all of them. */
const freshMsOf = (last: Looked | null) => 2_000 + (last && !last.final ? last.moving : 0)
const finalFreshMs = 10 * 60_000

/** When the console last asked SWR to stop it, and for whom; what was refused was not asked. */
async function stopAskedOf({ db }: Pick<AuditStore, 'db'>, { connection, instance, execution }: RunAt) {
  const filters = { connection, instance, operation: 'executionStop', kind: 'execution', objectId: String(execution) }
  const { entries } = await listEntries(db, filters, { offset: 0, limit: 10 })
  const entry = entries.find(({ outcome }) => outcome !== 'refused' && outcome !== 'denied')
  return entry ? { at: entry.at.toISOString(), by: entry.actorName } : null
}

const phasesOf = (tasks: readonly RunTask[]) => tasks.map(({ status }) => ({ phase: readTagPhase(status) }))

function lookOf(read: FetchedRun, known: Pick<Run, 'stopAsked' | 'parent'>): Looked {
  const { at, execution, complete, cut, unread } = read
  const tags = sortTags([...read.tags.values()].flat())
  const tasks = read.tasks.map((task) =>
    task.id === undefined
      ? taskOf(task, null, false)
      : taskOf(task, read.tags.get(task.id) ?? null, read.known.has(task.id)),
  )
  const counts = countPhases(tags)
  const { phase } = readStatus(execution.status)
  const usual = usualOf(read.others)
  const hangs = hangsSince(execution, usual, at.getTime())
  const rate = phase === 'running' && hangs === null ? rateOf(tags, at.getTime()) : null
  // A run that is being stopped does not go on to its end.
  const isTold = rate !== null && rate > 0 && complete && known.stopAsked === null
  const { waiting, running, unknown } = counts
  return {
    run: {
      at: at.toISOString(),
      complete,
      execution,
      tags: counts,
      repositories: countPhases(phasesOf(tasks)),
      whole: tasks.filter(({ whole }) => whole).length,
      deletions: tags.filter(({ act }) => act === 'deletion').length,
      cut,
      failures: failuresOf(tags, tasks, execution.status_text ?? ''),
      rate,
      left: isTold ? (waiting + running) / rate : null,
      usual,
      hangs: hangs === null ? null : new Date(hangs).toISOString(),
      ...known,
    },
    tags,
    tasks,
    moving: phase === 'running' ? tasks.length : 0,
    final: phase !== 'running' && phase !== 'unknown' && complete && waiting + running + unknown === 0,
    unread,
  }
}

interface Remembered {
  readonly memory: RunMemory
  last: Looked | null
}

async function lookAt(actor: Actor, { db }: Pick<AuditStore, 'db'>, at: RunAt, kept: Remembered): Promise<Looked> {
  const found = await findRun(actor, at, kept.memory.offset)
  kept.memory.offset = found.offset
  if (kept.last?.final && rowStamp(kept.last.run.execution) === rowStamp(found.execution)) return kept.last
  const [read, stopAsked, parent] = await Promise.all([
    fetchRun(actor, at, found, kept.memory),
    stopAskedOf({ db }, at),
    parentOfTemporaryPolicy(db, { ...at, policyId: at.policy }),
  ])
  kept.last = lookOf(read, { stopAsked, parent })
  return kept.last
}

/** The run, looked at anew unless somebody has just done so. What it was before is not shown while that goes on. */
export async function lookedAt(actor: Actor, store: Pick<AuditStore, 'db'>, at: RunAt): Promise<Looked> {
  const name = [at.connection, at.instance, at.policy, at.execution].join('/')
  // Not what is shown, but what need not be read again: it is right also after a write.
  const { value: remembered } = await cached<Remembered>(
    `run/${name}`,
    { freshMs: finalFreshMs, keepMs: finalFreshMs },
    async () => ({
      memory: newMemory(),
      last: null,
    }),
  )
  const now: Cached<Looked> = await cached<Looked>(
    `${cacheKeyPrefix(at.connection, at.instance)}run/${name}`,
    { freshMs: freshMsOf(remembered.last), keepMs: freshMsOf(remembered.last) },
    () => lookAt(actor, store, at, remembered),
  )
  return now.value
}

type Params = ConsoleRequest<'runShow'>['params']
export const runLocation = (params: Params): RunAt => ({
  connection: params.connection,
  instance: params.instance_id,
  policy: Number(params.policy_id),
  execution: Number(params.execution_id),
})

export interface TagFilters {
  readonly phase?: TagPhase | undefined
  readonly cause?: FailureCause | undefined
  readonly repository?: string | undefined
  readonly q?: string | undefined
}

function fits({ phase, cause, repository, q }: TagFilters) {
  const text = q?.trim().toLowerCase()
  return (tag: RunTag) =>
    (phase === undefined || tag.phase === phase) &&
    (cause === undefined || tag.cause === cause) &&
    (repository === undefined || tag.repository === repository) &&
    (!text || `${tag.repository}:${tag.tag}`.toLowerCase().includes(text))
}

/** The run, its repositories, and those of its tags that fit. */
export async function runWith(actor: Actor, store: Pick<AuditStore, 'db'>, at: RunAt, filters: TagFilters) {
  const looked = await lookedAt(actor, store, at)
  const wanted = Object.values(filters).some((value) => value !== undefined && value !== '')
  return wanted ? { ...looked, tags: looked.tags.filter(fits(filters)) } : looked
}

export const runHandlers: ConsoleHandlers<'runShow' | 'runTagList' | 'runTaskList'> = {
  async runShow({ actor, known, params }) {
    const { run, unread } = await lookedAt(actor, known, runLocation(params))
    return { ...run, refreshing: unread }
  },
  async runTagList({ actor, known, params, query: { offset, limit, ...filters } }) {
    const { run, tags, unread } = await runWith(actor, known, runLocation(params), filters)
    const { at, complete } = run
    return { at, complete, refreshing: unread, tags: tags.slice(offset, offset + limit), total: tags.length }
  },
  async runTaskList({ actor, known, params, query: { offset, limit, phase, q } }) {
    const { run, tasks, unread } = await lookedAt(actor, known, runLocation(params))
    const text = q?.trim().toLowerCase() ?? ''
    const fitting = tasks.filter(
      ({ status, repository, target }) =>
        (phase === undefined || readTagPhase(status) === phase) &&
        (!text || `${repository} ${target}`.toLowerCase().includes(text)),
    )
    const { at, complete } = run
    return { at, complete, refreshing: unread, tasks: fitting.slice(offset, offset + limit), total: fitting.length }
  },
}
