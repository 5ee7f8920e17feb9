import type { StatusKind } from '@/components/ui/status'
import type { ConsoleInput, ConsoleOutput } from '@/lib/contract/console/schemas'
import type { SyncCell, SyncJob } from '@/lib/contract/console/sync'
import { type CellState, retryableCellStates } from '@/lib/contract/console/sync-vocabulary'
import { problemOf } from '@/lib/contract/problem'
import type { GridTag } from '../grid/row'

export type JobAnswer = ConsoleOutput<'syncJobShow'>

/** As they are shown: what is proven, what went wrong, what nobody knows, what is still to come. */
export const cellStates = [
  'verified',
  'missing',
  'failed',
  'unknown',
  'reported',
  'unverifiable',
  'sending',
  'waiting',
  'skipped',
  'canceled',
] as const satisfies readonly CellState[]

/** Green is proof: the tag was seen at the target with the same digest. */
export const cellKinds = {
  verified: 'ok',
  missing: 'bad',
  failed: 'bad',
  unknown: 'warn',
  reported: 'claimed',
  unverifiable: 'claimed',
  sending: 'busy',
  waiting: 'off',
  skipped: 'off',
  canceled: 'off',
} as const satisfies Record<CellState, StatusKind>

export const isRetryable = ({ state }: Pick<SyncCell, 'state'>) => retryableCellStates.includes(state)

/** Nothing was sent of these, on purpose. */
const left: readonly CellState[] = ['skipped', 'canceled']

export const jobInput = (connection: string, id: number): ConsoleInput<'syncJobShow'> => ({
  params: { connection, sync_job_id: String(id) },
  query: {},
})

/** Cells that have changed, in their places; the others stay the same objects. Answers may come in any order: the newer job stays. */
export function mergeJob(before: JobAnswer, changes: JobAnswer): JobAnswer {
  if (changes.job.version < before.job.version) return before
  if (changes.cells.length === 0) return { job: changes.job, cells: before.cells }
  const changed = new Map(changes.cells.map((cell) => [cell.index, cell]))
  const cells = before.cells.map((cell) => {
    const next = changed.get(cell.index)
    changed.delete(cell.index)
    return next ?? cell
  })
  return { job: changes.job, cells: [...cells, ...changed.values()] }
}

/** A job as the grid shows it. `filter` leaves out rows without a cell in that state. */
export function rowsOf(
  { job, cells }: JobAnswer,
  filter: CellState | null,
): { all: readonly GridTag<SyncCell>[]; shown: readonly GridTag<SyncCell>[] } {
  const rows = new Map<string, { row: number; repository: string; tag: string; cells: (SyncCell | null)[] }>()
  for (const cell of cells) {
    const name = `${cell.repository}:${cell.tag}`
    const row = rows.get(name) ?? {
      row: rows.size,
      repository: cell.repository,
      tag: cell.tag,
      cells: job.targets.map(() => null),
    }
    row.cells[cell.target] = cell
    rows.set(name, row)
  }
  const all = [...rows.values()]
  const shown = filter === null ? all : all.filter((row) => row.cells.some((cell) => cell?.state === filter))
  return { all, shown }
}

interface Counted {
  readonly counts: Readonly<Partial<Record<CellState, number>>>
}

export const countOf = ({ counts }: Counted, ...states: readonly CellState[]) =>
  states.reduce((sum, state) => sum + (counts[state] ?? 0), 0)

/** `open`: neither seen at the target nor ended unproven. What was left out on purpose does not count. */
export function progressOf(job: Counted) {
  const total = countOf(job, ...cellStates) - countOf(job, ...left)
  const verified = countOf(job, 'verified')
  const unproven = countOf(job, 'unverifiable')
  return { total, verified, unproven, open: total - verified - unproven }
}

/** How a job stands, in one word. */
export type JobOutcome = 'running' | 'paused' | 'canceled' | 'verified' | 'incomplete' | 'unproven' | 'nothing'

export function outcomeOf(job: Counted & Pick<SyncJob, 'state'>): JobOutcome {
  if (job.state !== 'done') return job.state
  const { total, open, unproven } = progressOf(job)
  if (total === 0) return 'nothing'
  return open > 0 ? 'incomplete' : unproven > 0 ? 'unproven' : 'verified'
}

export const outcomeKinds = {
  running: 'busy',
  paused: 'warn',
  canceled: 'off',
  verified: 'ok',
  incomplete: 'bad',
  unproven: 'claimed',
  nothing: 'warn',
} as const satisfies Record<JobOutcome, StatusKind>

/** While something moves the job is looked at again; a hidden tab never asks (TanStack Query's default). */
const pollMs = 2_000
/** When it failed, or only others can make it go on. */
const slowPollMs = 10_000
/** What a next look would meet as well. */
const lastingStatuses = [401, 403, 404]

export function pollJob(answer: JobAnswer | undefined, error: unknown): number | false {
  if (error) return lastingStatuses.includes(problemOf(error).status) ? false : slowPollMs
  if (!answer) return false
  const { job } = answer
  if (job.state === 'paused') return slowPollMs
  return job.state === 'running' || countOf(job, 'sending', 'reported') > 0 ? pollMs : false
}
