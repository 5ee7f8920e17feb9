import { describe, expect, test } from 'vitest'
import type * as contract from '@/lib/contract/console/sync'
import * as vocabulary from '@/lib/contract/console/sync-vocabulary'
import { ProblemError } from '@/lib/contract/problem'
import { cellStates, isRetryable, type JobAnswer, mergeJob, outcomeOf, pollJob, progressOf, rowsOf } from './cells'

const cell = (index: number, state: vocabulary.CellState, version = ''): contract.SyncCell => ({
  index,
  repository: 'team/api',
  tag: `${Math.floor(index / 2)}`,
  target: index % 2,
  digest: 'sha256:1',
  size: 1,
  overwrite: false,
  state,
  reason: version || null,
  swr: null,
  attempts: 1,
  at: '2026-11-30T00:00:00Z',
})

const zero = {
  waiting: 0,
  skipped: 0,
  sending: 0,
  reported: 0,
  verified: 0,
  unverifiable: 0,
  missing: 0,
  failed: 0,
  unknown: 0,
  canceled: 0,
}

const answer = (
  version: number,
  cells: contract.SyncCell[],
  {
    counts = {},
    ...more
  }: Partial<Omit<contract.SyncJob, 'counts'>> & { counts?: Partial<contract.SyncJob['counts']> } = {},
): JobAnswer => ({
  job: {
    id: 7,
    at: '2026-11-30T00:00:00Z',
    endedAt: null,
    actorId: 'u',
    actorName: 'someone',
    reason: null,
    state: 'running',
    stopped: null,
    throttledUntil: null,
    throttledBy: null,
    targets: [
      { region: 'r1', organization: 'team', connection: 'r1' },
      { region: 'r2', organization: 'team', connection: null },
    ],
    repositories: 1,
    tags: 2,
    bytes: 4,
    counts: { ...zero, ...counts },
    version,
    ...more,
  },
  cells,
})

test('knows every state of the contract, and what may be sent again', () => {
  expect([...cellStates].sort()).toEqual([...vocabulary.cellStates].sort())
  expect(cellStates.filter((state) => isRetryable({ state })).sort()).toEqual(
    [...vocabulary.retryableCellStates].sort(),
  )
})

describe('changes since the last look', () => {
  const before = answer(3, [cell(0, 'waiting'), cell(1, 'waiting'), cell(2, 'waiting')])

  test('take the place of what was there, and the rest stays the same object', () => {
    const merged = mergeJob(before, answer(5, [cell(1, 'verified')]))
    expect(merged.job.version).toBe(5)
    expect(merged.cells.map(({ state }) => state)).toEqual(['waiting', 'verified', 'waiting'])
    expect(merged.cells[0]).toBe(before.cells[0])
  })

  test('that are none leave all cells alone', () => {
    expect(mergeJob(before, answer(4, [])).cells).toBe(before.cells)
  })

  test('that are older than what is known are dropped', () => {
    expect(mergeJob(before, answer(2, [cell(1, 'failed')]))).toBe(before)
  })

  test('may bring cells that nobody knew', () => {
    expect(mergeJob(before, answer(4, [cell(3, 'waiting')])).cells).toHaveLength(4)
  })
})

test('cells stand by tag and target; a filter keeps the rows that have one in that state', () => {
  const { all, shown } = rowsOf(answer(1, [cell(0, 'verified'), cell(1, 'failed'), cell(3, 'verified')]), 'failed')
  expect(all.map((row) => row.cells.map((each) => each?.index ?? null))).toEqual([
    [0, 1],
    [null, 3],
  ])
  expect(shown.map(({ row, tag }) => [row, tag])).toEqual([[0, '0']])
})

describe('how a job stands', () => {
  const counts = { verified: 100, missing: 2, failed: 1, unverifiable: 10, skipped: 5, canceled: 4 }

  test('counts what is neither seen nor ended unproven as open', () => {
    expect(progressOf({ counts })).toEqual({ total: 113, verified: 100, unproven: 10, open: 3 })
  })

  test.each([
    [{ state: 'done', counts }, 'incomplete'],
    [{ state: 'done', counts: { verified: 2, skipped: 1 } }, 'verified'],
    [{ state: 'done', counts: { verified: 2, unverifiable: 1 } }, 'unproven'],
    [{ state: 'done', counts: { skipped: 1 } }, 'nothing'],
    [{ state: 'paused', counts }, 'paused'],
  ] as const)('%j is %s', (job, outcome) => {
    expect(outcomeOf(job)).toBe(outcome)
  })
})

test('a job is looked at again only while something moves', () => {
  expect(pollJob(answer(1, []), null)).toBeGreaterThan(0)
  expect(pollJob(answer(1, [], { state: 'canceled', counts: { reported: 1 } }), null)).toBe(2_000)
  // Somebody else may let it go on.
  expect(pollJob(answer(1, [], { state: 'paused', counts: { waiting: 1 } }), null)).toBe(10_000)
  expect(pollJob(answer(1, [], { state: 'done', counts: { verified: 1 } }), null)).toBe(false)
  // A console that starts anew answers again; one that knows no such job, or no such person, does not.
  expect(pollJob(answer(1, []), new Error('no'))).toBe(10_000)
  for (const status of [401, 404])
    expect(pollJob(answer(1, []), new ProblemError({ status, code: 'job_unknown' }))).toBe(false)
  expect(pollJob(undefined, null)).toBe(false)
})
