import 'server-only'
import pMap from 'p-map'
import { type Cached, cached, cacheKeyPrefix } from '../../cache'
import type { Actor } from '../../contract/actor'
import { maxPageSize } from '../../contract/paging'
import type { Execution } from '../../contract/swr/replication'
import { readStatus } from '../../policy/runs/status'
import { parseTime } from '../../policy/schedule/instant'
import type { InstanceLocation } from '../../routes'
import { requestSwr } from '../../swr/client'
import { fetchAllPages } from '../paginate'
import { fetchPolicies, keepListMs } from './policies'

/** Runs that are looked at in the list of the whole instance, and policies that are asked about one by one after that. */
const maxExecutions = 1_000
const maxPoliciesAsked = 100
const maxParallelReads = 4

export interface LatestRuns {
  /** By policy, newest first. */
  readonly byPolicy: ReadonlyMap<number, readonly Execution[]>
  /** From when on every run of a policy is known; a policy that is missing here is not known at all. */
  readonly knownSince: ReadonlyMap<number, number>
  /** Every run that SWR has. */
  readonly complete: boolean
  readonly newestFirst: boolean
  readonly at: number
}

const startOf = ({ created_at }: Execution) => parseTime(created_at) ?? 0
const isMoving = ({ status }: Execution) => readStatus(status).phase === 'running'

const isNewestFirst = (runs: readonly Execution[]) =>
  runs.every((run, index) => index === 0 || startOf(runs[index - 1] ?? run) >= startOf(run))

function grouped(runs: readonly Execution[]): Map<number, Execution[]> {
  const byPolicy = new Map<number, Execution[]>()
  const seen = new Set<number>()
  for (const run of runs) {
    const { id, policy_id: policy } = run
    if (policy === undefined || id === undefined || seen.has(id)) continue
    seen.add(id)
    byPolicy.set(policy, [...(byPolicy.get(policy) ?? []), run])
  }
  for (const each of byPolicy.values()) each.sort((a, b) => startOf(b) - startOf(a) || (b.id ?? 0) - (a.id ?? 0))
  return byPolicy
}

/** For how long a failed run may move again: the service tries what failed once more (docs/swr-api.md section 17). */
const mayReturnMs = 24 * 60 * 60_000
const mayMove = (run: Execution, now: number) =>
  isMoving(run) ||
  (readStatus(run.status).phase === 'failed' && now - (parseTime(run.updated_at) ?? startOf(run)) < mayReturnMs)

/** What an earlier look knows of a policy, where nothing newer can have escaped this one. */
function stillTrue(before: LatestRuns | undefined, policy: number, seenSince: number | null, seenAt: number) {
  if (before === undefined || seenSince === null || before.at < seenSince || !before.knownSince.has(policy)) return null
  const runs = before.byPolicy.get(policy) ?? []
  return runs.some((run) => mayMove(run, seenAt)) ? null : runs
}

async function lookAt(actor: Actor, place: InstanceLocation, before: LatestRuns | undefined): Promise<LatestRuns> {
  const at = Date.now()
  const params = { instance_id: place.instance }
  const list = async (query: { offset: number; limit: number; policy_id?: number }) => {
    const { executions, total } = await requestSwr(actor, place.connection, 'executionList', { params, query })
    return { rows: executions, total }
  }
  const [pages, policies] = await Promise.all([
    fetchAllPages(list, { maxRows: maxExecutions }),
    fetchPolicies(actor, place),
  ])
  const { complete } = pages
  const newestFirst = isNewestFirst(pages.rows)
  const byPolicy: Map<number, readonly Execution[]> = grouped(pages.rows)
  // In no order that can be relied on, the oldest of some says nothing about the others.
  const oldest = pages.rows.at(-1)
  const seenSince = complete ? 0 : newestFirst && oldest ? startOf(oldest) : null
  const knownSince = new Map<number, number>()
  const unknown: number[] = []
  for (const { id } of policies.value.rows) {
    if (id === undefined) continue
    if (seenSince !== null && (complete || byPolicy.has(id))) knownSince.set(id, seenSince)
    else {
      const runs = stillTrue(before, id, seenSince, at)
      if (runs === null) unknown.push(id)
      else {
        byPolicy.set(id, runs)
        knownSince.set(id, before?.knownSince.get(id) ?? at)
      }
    }
  }
  // The policies with the youngest ids are the ones that people look for.
  const asked = unknown.sort((a, b) => b - a).slice(0, maxPoliciesAsked)
  const limit = newestFirst ? 1 : maxPageSize
  const askOne = async (policy: number) => {
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
  await pMap(asked, askOne, { concurrency: maxParallelReads })
  return { byPolicy, knownSince, complete, newestFirst, at }
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
      freshMs: ({ byPolicy }) => ([...byPolicy.values()].some(([run]) => run && isMoving(run)) ? 4_000 : 15_000),
      keepMs: keepListMs,
      giveMs: oldestMs,
    },
    (before) => lookAt(actor, place, before),
  )
