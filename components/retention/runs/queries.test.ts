import { expect, test } from 'vitest'
import type { RetentionRunState } from '@/lib/contract/console/retention-vocabulary'
import { pollHistory, pollRun } from './queries'

const none = { rows: [], notBegun: { rows: [] } }
const interval = (data: Parameters<typeof pollHistory>[0]['data'], error: unknown = null) =>
  pollHistory({ data, error })

test('the list of runs is asked again while one moves, also one that SWR does not know yet', () => {
  const running = interval({ ...none, rows: [{ status: 'InProgress' }] })
  expect(running).toBeGreaterThan(0)
  expect(interval({ ...none, notBegun: { rows: [{ state: 'copying' }] } })).toBe(running)
  // A person has to confirm it.
  expect(interval({ ...none, notBegun: { rows: [{ state: 'waiting' }] } })).toBeGreaterThan(Number(running))
})

test('it is left alone when nothing moves, and after a failure', () => {
  const ended = [{ state: 'canceled' }, { state: 'refused' }, { state: 'unknown' }] as const
  expect(
    interval({ rows: [{ status: 'Succeed' }, { status: 'Failed' }, { status: 'Stopped' }], notBegun: { rows: ended } }),
  ).toBe(false)
  expect(interval({ ...none, rows: [{ status: 'InProgress' }] }, new Error('429'))).toBe(false)
  expect(interval(undefined)).toBe(false)
})

test('a run is asked again while it moves, waits for somebody, or hangs at SWR', () => {
  const of = (state: RetentionRunState, failure: string | null = null, waiting = 0) =>
    pollRun({ data: { run: { state, failure, restores: { waiting } } }, error: null })
  expect([of('deleting'), of('done', null, 3)]).toEqual([2_000, 2_000])
  expect([of('waiting'), of('failed', 'retention_hanging')]).toEqual([15_000, 15_000])
  expect([of('done'), of('failed', 'copy_failed')]).toEqual([false, false])
})
