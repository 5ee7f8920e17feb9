import 'server-only'
import { setTimeout as wait } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { inTurns } from '../../concurrency'
import type { Actor } from '../../contract/actor'
import type { RetentionExecution, RetentionTask } from '../../contract/swr/retention-runs'
import { globalSlot } from '../../global-slot'
import { deletionOf } from '../../policy/retention/deletion'
import { readStatus } from '../../policy/runs/status'
import { parseTime } from '../../policy/schedule/instant'
import type { InstanceLocation } from '../../routes'
import { newestExecutions } from './execution'
import type { RetentionPlace } from './place'
import { tasksOf } from './verdicts'

/*
 * The latest real execution of each policy. SWR lists executions policy by policy only, so that they are read in the
 * background, few at a time; who looks gets what is known.
 */

export interface LastExecution {
  readonly id: number
  readonly at: string | null
  readonly status: string
  /** Images that are gone by it; null where SWR does not say. */
  readonly deleted: number | null
}

interface Known {
  readonly at: number
  readonly moves: boolean
  /** Null: there is none. */
  readonly last: LastExecution | null
}

interface Shelf {
  readonly byPolicy: Map<number, Known>
  round: Promise<void> | null
}

const timingMs = { fresh: 60_000, moving: 10_000, perCall: 400, patience: 1_500 }
const maxParallel = 3
const maxInstances = 50
const [slow, quick] = [timingMs.fresh, timingMs.moving]

const shelves = globalSlot('retention-last', () => new LRUCache<string, Shelf>({ max: maxInstances }))

function shelfOf({ connection, instance }: InstanceLocation): Shelf {
  const key = `${connection}/${instance}`
  const shelf = shelves().get(key) ?? { byPolicy: new Map<number, Known>(), round: null }
  shelves().set(key, shelf)
  return shelf
}

const isReal = ({ id, dry_run: dry }: RetentionExecution) => id !== undefined && dry !== true

async function read(actor: Actor, place: RetentionPlace, before: Known | undefined): Promise<Known> {
  const at = Date.now()
  const row = (await newestExecutions(actor, place)).find(isReal)
  if (row?.id === undefined) return { at, moves: false, last: null }
  const status = row.status ?? ''
  const moves = readStatus(status).phase === 'running'
  const known = before?.last?.id === row.id && before.last.status === status && !moves ? before.last.deleted : undefined
  const start = parseTime(row.start_time)
  const deleted = known === undefined ? await deletedBy(actor, place, { ...row, id: row.id }).catch(() => null) : known
  return { at, moves, last: { id: row.id, at: start === null ? null : new Date(start).toISOString(), status, deleted } }
}

async function deletedBy(
  actor: Actor,
  place: RetentionPlace,
  { id, dry_run: dryRun, status: whole = '' }: RetentionExecution & { readonly id: number },
): Promise<number | null> {
  const { rows, complete } = await tasksOf(actor, place, id)
  const isTold = ({ total, retained, status = '' }: RetentionTask) =>
    total !== undefined &&
    retained !== undefined &&
    deletionOf({ dryRun: dryRun ?? null, status: whole }, status) === 'deleted'
  if (!complete || !rows.every(isTold)) return null
  return rows.reduce((sum, { total = 0, retained = 0 }) => sum + Math.max(0, total - retained), 0)
}

export interface LastExecutions {
  /** A policy that is missing here is not known yet. */
  readonly byPolicy: ReadonlyMap<number, LastExecution | null>
  readonly refreshing: boolean
}

/** What is known of them now, after a moment of patience; what is too old is read again meanwhile. */
export async function lastExecutionsOf(
  actor: Actor,
  place: InstanceLocation,
  policies: readonly RetentionPlace[],
  patience = timingMs.patience,
): Promise<LastExecutions> {
  const shelf = shelfOf(place)
  const now = Date.now()
  // Many policies take many calls: each may be older then.
  const freshMs = Math.max(slow, policies.length * timingMs.perCall)
  const due = policies.filter(({ policy }) => {
    const known = shelf.byPolicy.get(policy)
    return !known || now - known.at >= (known.moves ? quick : freshMs)
  })
  if (due.length > 0) shelf.round ??= readAll(actor, shelf, due)
  if (shelf.round) await Promise.race([shelf.round, wait(patience, undefined, { ref: false })])
  const known = policies.flatMap(({ policy }) => {
    const found = shelf.byPolicy.get(policy)
    return found ? [[policy, found.last] as const] : []
  })
  return { byPolicy: new Map(known), refreshing: shelf.round !== null }
}

function readAll(actor: Actor, shelf: Shelf, places: readonly RetentionPlace[]): Promise<void> {
  return inTurns(places, maxParallel, async (place) => {
    const before = shelf.byPolicy.get(place.policy)
    // Logged where it was asked. What was known stays, and is asked for again no sooner than another.
    const failed = { at: Date.now(), moves: false, last: before?.last ?? null }
    const found = await read(actor, place, before).catch(() => (before ? failed : null))
    if (found) shelf.byPolicy.set(place.policy, found)
    return true
  }).then(() => {
    shelf.round = null
  })
}
