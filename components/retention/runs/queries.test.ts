import { expect, test } from 'vitest'
import { pollHistory } from './queries'

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
