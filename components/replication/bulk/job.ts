import { inTurns } from '@/lib/concurrency'
import { concernsAll, isUnclear, type Problem, problemOf } from '@/lib/contract/problem'
import type { Replication } from '@/lib/contract/swr/replication'
import type { InstanceLocation } from '@/lib/routes'

export const bulkActs = ['enable', 'disable', 'run', 'delete'] as const
export type BulkAct = (typeof bulkActs)[number]

/** How one policy came out. `why` is the console's own refusal, before anything was sent. */
export type Sent =
  | { readonly state: 'done'; readonly run?: number | undefined }
  | { readonly state: 'already' }
  | { readonly state: 'refused'; readonly why: 'disabled' | 'gone' }

export interface BulkItem {
  readonly id: number
  readonly policy: Replication
  /** `unclear`: it was sent, and nobody knows whether it took place. */
  readonly state: Sent['state'] | 'waiting' | 'sending' | 'unclear' | 'not_tried'
  readonly problem?: Problem
  readonly why?: 'disabled' | 'gone'
  readonly run?: number | undefined
}

type Work = (policy: Replication, again: boolean) => Promise<Sent>

export interface BulkJob {
  readonly id: number
  readonly at: InstanceLocation
  readonly act: BulkAct
  readonly items: readonly BulkItem[]
  readonly running: boolean
  readonly stopping: boolean
  /** Whoever started it has been led to its results. */
  readonly shown: boolean
  readonly work: Work
  /** Once nothing more is sent. */
  readonly ended: () => unknown
}

const parallel = 4

/*
 * Acts on many policies and their results. They outlive the list: whoever goes to another page and comes back finds them,
 * until they are dismissed. Only ever filled in the browser, by what a person does.
 */
const shelf: { jobs: readonly BulkJob[] } = { jobs: [] }
const listeners = new Set<() => void>()

export const bulkJobs = () => shelf.jobs

/** On the server. */
const empty: readonly BulkJob[] = []
export const noBulkJobs = () => empty

export function watchBulkJobs(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function set(jobs: readonly BulkJob[]) {
  shelf.jobs = jobs
  for (const listener of listeners) listener()
}

const find = (id: number) => shelf.jobs.find((job) => job.id === id)
const change = (id: number, part: Partial<BulkJob>) =>
  set(shelf.jobs.map((job) => (job.id === id ? { ...job, ...part } : job)))
const changeItem = (id: number, item: BulkItem) =>
  change(id, { items: find(id)?.items.map((each) => (each.id === item.id ? item : each)) ?? [] })

async function carryOut(id: number, items: readonly BulkItem[], again: boolean) {
  const job = find(id)
  if (!job) return
  change(id, { running: true, stopping: false })
  const left = await inTurns(items, parallel, async ({ id: item, policy }) => {
    // Stopped before its turn.
    if (find(id)?.stopping) {
      changeItem(id, { id: item, policy, state: 'not_tried' })
      return false
    }
    changeItem(id, { id: item, policy, state: 'sending' })
    try {
      changeItem(id, { id: item, policy, ...(await job.work(policy, again)) })
    } catch (error) {
      const problem = problemOf(error)
      changeItem(id, { id: item, policy, state: isUnclear(problem) ? 'unclear' : 'refused', problem })
      if (concernsAll(problem)) return false
    }
    return true
  })
  for (const { id: item, policy } of left) changeItem(id, { id: item, policy, state: 'not_tried' })
  change(id, { running: false, stopping: false })
  await job.ended()
}

/** Starts an act on policies; one at a time. */
export function startBulk({
  policies,
  again = false,
  ...given
}: Pick<BulkJob, 'at' | 'act' | 'work' | 'ended'> & {
  policies: readonly Replication[]
  /** They were written since they were seen: each is read anew first. */
  again?: boolean
}): Promise<void> {
  const id = Math.max(0, ...shelf.jobs.map((job) => job.id)) + 1
  const items = policies.flatMap((policy): BulkItem[] =>
    policy.id === undefined ? [] : [{ id: policy.id, policy, state: 'waiting' }],
  )
  set([...shelf.jobs, { id, ...given, items, running: true, stopping: false, shown: false }])
  return carryOut(id, items, again)
}

/** Policies that the job has switched, and what switches them back; nothing where the act cannot be undone. */
export function undoOf({ act, items }: BulkJob): { act: BulkAct; policies: readonly Replication[] } | undefined {
  const policies = items.filter(({ state }) => state === 'done').map(({ policy }) => policy)
  if (policies.length === 0 || (act !== 'enable' && act !== 'disable')) return undefined
  return { act: act === 'enable' ? 'disable' : 'enable', policies }
}

export const stopBulk = (id: number) => change(id, { stopping: true })

export const markBulkShown = (id: number) => change(id, { shown: true })

export const dismissBulk = (id: number) => set(shelf.jobs.filter((job) => job.id !== id))

/** What did not take place. Of a run nobody may send a second one while the first may have begun. */
export const unfinished = ({ act, items }: BulkJob) =>
  items.filter(({ state }) => state === 'refused' || state === 'not_tried' || (state === 'unclear' && act !== 'run'))

export function sendAgain(id: number): Promise<void> {
  const job = find(id)
  if (!job || job.running) return Promise.resolve()
  const items = unfinished(job)
  for (const { id: item, policy } of items) changeItem(id, { id: item, policy, state: 'waiting' })
  return carryOut(id, items, true)
}
