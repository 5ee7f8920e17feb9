import 'server-only'
import pMap from 'p-map'
import { type Cached, cached, cacheKeyPrefix } from '../../cache'
import type { Actor } from '../../contract/actor'
import type { Execution } from '../../contract/swr/replication'
import { maxPageSize } from '../../contract/vocabulary'
import { readStatus } from '../../policy/runs/status'
import { parseTime } from '../../policy/schedule/instant'
import type { InstanceLocation } from '../../routes'
import { requestSwr } from '../../swr/client'
import { fetchPolicies, keepListMs } from './policies'
import { canReadFurther, isMoving, maxReadAgain, type RunWindow, readWindow, startOf } from './run-window'

/** Policies that are asked about one by one where the window leaves them out. */
const maxPoliciesAsked = 100
/** Of those whose run may have moved below what is read again: so many a minute. */
const maxPoliciesAskedAgain = 20
/** And each of them not more often than this. */
const askAgainMs = 60_000
const roundMs = 10 * 60_000
const maxParallelReads = 4

export interface LatestRuns {
  /** By policy, newest first. */
  readonly byPolicy: ReadonlyMap<number, readonly Execution[]>
  /** From when on every run of a policy is known; a policy that is missing here is not known at all. */
  readonly knownSince: ReadonlyMap<number, number>
  /** Every run that SWR has. */
  readonly complete: boolean
  /** The latest run of some policy moves. */
  readonly moves: boolean
  readonly at: number
  readonly window: RunWindow
  /** When a policy was asked about by itself. */
  readonly askedAt: ReadonlyMap<number, number>
}

/** By policy, newest first. Where a policy's runs are those of `before`, so is their list. */
function grouped(runs: readonly Execution[], before?: LatestRuns['byPolicy']): Map<number, readonly Execution[]> {
  const byPolicy = new Map<number, Execution[]>()
  const seen = new Set<number>()
  for (const run of runs) {
    const { id, policy_id: policy } = run
    if (policy === undefined || id === undefined || seen.has(id)) continue
    seen.add(id)
    const own = byPolicy.get(policy)
    if (own) own.push(run)
    else byPolicy.set(policy, [run])
  }
  const result = new Map<number, readonly Execution[]>()
  for (const [policy, own] of byPolicy) {
    const old = before?.get(policy)
    const isAsBefore = old?.length === own.length && own.every((run, index) => run === old[index])
    result.set(policy, isAsBefore ? old : own.sort(isNewer))
  }
  return result
}

const isNewer = (a: Execution, b: Execution) => startOf(b) - startOf(a) || (b.id ?? 0) - (a.id ?? 0)

/** For how long a failed run may move again: the service tries what failed once more (docs/swr-api.md section 17). */
const mayReturnMs = 24 * 60 * 60_000
const mayMove = (run: Execution, now: number) =>
  isMoving(run) ||
  (readStatus(run.status).phase === 'failed' && now - (parseTime(run.updated_at) ?? startOf(run)) < mayReturnMs)

/** What an earlier look knows of a policy, where nothing newer can have escaped this one. */
function stillTrue(before: LatestRuns | undefined, policy: number, seenSince: number | null, seenAt: number) {
  if (before === undefined || seenSince === null || before.at < seenSince || !before.knownSince.has(policy)) return null
  const runs = before.byPolicy.get(policy) ?? []
  const isLate = seenAt - (before.askedAt.get(policy) ?? 0) >= askAgainMs
  return isLate && runs.some((run) => mayMove(run, seenAt)) ? null : runs
}

/** While a window moves, so that what rests on its beginning holds for a while. */
const roundedUp = (time: number) => Math.ceil(time / roundMs) * roundMs

/** Policies whose newest run may move, and lies below what is read again: those first that were not asked about for longest. */
function mayHaveMoved(
  { rows }: RunWindow,
  byPolicy: LatestRuns['byPolicy'],
  askedAt: LatestRuns['askedAt'] | undefined,
  now: number,
): number[] {
  return rows
    .slice(maxReadAgain)
    .flatMap((run) => {
      const { policy_id: policy } = run
      return policy !== undefined && byPolicy.get(policy)?.[0] === run && mayMove(run, now) ? [policy] : []
    })
    .sort((a, b) => (askedAt?.get(a) ?? 0) - (askedAt?.get(b) ?? 0))
    .slice(0, maxPoliciesAskedAgain)
}

async function lookAt(
  actor: Actor,
  place: InstanceLocation,
  before: LatestRuns | undefined,
  written: boolean,
): Promise<LatestRuns> {
  const at = Date.now()
  const params = { instance_id: place.instance }
  const list = async (query: { offset: number; limit: number; policy_id?: number }) => {
    const { executions, total } = await requestSwr(actor, place.connection, 'executionList', { params, query })
    return { rows: executions, total }
  }
  const [window, policies] = await Promise.all([
    readWindow(list, before?.window, at, written),
    fetchPolicies(actor, place),
  ])
  const { complete, newestFirst } = window
  const isAsBefore = before !== undefined && window.rows === before.window.rows
  const byPolicy = isAsBefore ? new Map(before.byPolicy) : grouped(window.rows, before?.byPolicy)
  const inWindow = new Set(window.rows.map(({ policy_id: policy }) => policy))
  // In no order that can be relied on, the oldest of some says nothing about the others.
  const oldest = window.rows.at(-1)
  const seenSince = complete ? 0 : newestFirst && oldest ? roundedUp(startOf(oldest)) : null
  const knownSince = new Map<number, number>()
  const unknown: number[] = []
  for (const { id } of policies.value.rows) {
    if (id === undefined) continue
    if (seenSince !== null && (complete || inWindow.has(id))) knownSince.set(id, seenSince)
    else {
      const runs = stillTrue(before, id, seenSince, at)
      if (runs === null) unknown.push(id)
      else {
        byPolicy.set(id, runs)
        knownSince.set(id, before?.knownSince.get(id) ?? at)
      }
    }
  }
  // What reading further back will find need not be asked for one by one.
  const most = unknown.length > maxPoliciesAsked && canReadFurther(window) ? maxPoliciesAskedAgain : maxPoliciesAsked
  const moved = window.readAt === at ? mayHaveMoved(window, byPolicy, before?.askedAt, at) : []
  // The policies with the youngest ids are the ones that people look for.
  const asked = unknown.sort((a, b) => b - a).slice(0, most)
  const limit = newestFirst ? 1 : maxPageSize
  const askedAt = new Map(before?.askedAt)
  const askOne = async (policy: number) => {
    askedAt.set(policy, at)
    try {
      const { rows, total } = await list({ offset: 0, limit, policy_id: policy })
      const runs = grouped(rows.map((row) => ({ ...row, policy_id: policy }))).get(policy) ?? []
      const all = total !== undefined && total <= rows.length
      // A page out of a longer list in no order may lack the newest.
      if (all || rows.length === 0 || newestFirst) {
        byPolicy.set(policy, runs)
        knownSince.set(policy, all || !runs[0] ? 0 : startOf(runs[0]))
      }
    } catch {
      // Logged where it was asked; the policy stays unknown.
    }
  }
  const later = new Map<number, Execution>()
  /** The newest run of a policy, known already, as it is now. */
  const askAgain = async (policy: number) => {
    askedAt.set(policy, at)
    const { rows } = await list({ offset: 0, limit: 1, policy_id: policy }).catch(() => ({ rows: [] }))
    for (const run of rows) if (run.id !== undefined) later.set(run.id, { ...run, policy_id: policy })
    const known = byPolicy.get(policy)?.map((run) => later.get(run.id ?? Number.NaN) ?? run)
    if (known) byPolicy.set(policy, known)
  }
  await pMap(asked, askOne, { concurrency: maxParallelReads })
  await pMap(moved, askAgain, { concurrency: maxParallelReads })
  const rows = later.size === 0 ? window.rows : window.rows.map((run) => later.get(run.id ?? Number.NaN) ?? run)
  const moves = [...byPolicy.values()].some(([run]) => run !== undefined && isMoving(run))
  return { byPolicy, knownSince, complete, moves, at, window: { ...window, rows }, askedAt }
}

/**
 * The latest runs of every policy of an instance, at most `oldestMs` old. While one moves, they are looked at again sooner.
 */
export const fetchLatestRuns = (
  actor: Actor,
  place: InstanceLocation,
  oldestMs = 60_000,
): Promise<Cached<LatestRuns>> =>
  cached<LatestRuns>(
    `${cacheKeyPrefix(place.connection, place.instance)}latest-runs`,
    {
      freshMs: ({ moves }) => (moves ? 4_000 : 15_000),
      keepMs: keepListMs,
      rows: ({ window }) => window.rows.length,
      giveMs: oldestMs,
    },
    (before, written) => lookAt(actor, place, before, written),
  )
