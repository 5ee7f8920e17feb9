import { expect, test } from 'vitest'
import { countersOf } from './counters'
import { outcomeOf, readHealth, readStatus, readTagPhase } from './status'

test.each([
  ['Initialized', 'running'],
  ['Pending', 'running'],
  ['Scheduled', 'running'],
  ['InProgress', 'running'],
  ['RUNNING', 'running'],
  ['Succeed', 'succeeded'],
  ['Success', 'succeeded'],
  ['Failed', 'failed'],
  ['Error', 'failed'],
  ['Stopped', 'stopped'],
  ['Paused', 'unknown'],
  [undefined, 'unknown'],
  [null, 'unknown'],
])('%s is %s', (raw, phase) => {
  expect(readStatus(raw)).toEqual({ phase, raw: raw ?? '' })
})

test.each([
  ['Initialized', 'waiting'],
  ['PENDING', 'waiting'],
  ['Scheduled', 'waiting'],
  ['InProgress', 'running'],
  ['Running', 'running'],
  ['Success', 'succeeded'],
  ['Error', 'failed'],
  ['Stopped', 'stopped'],
  ['Hibernating', 'unknown'],
  [undefined, 'unknown'],
])('a tag that is %s is %s', (raw, phase) => {
  expect(readTagPhase(raw)).toBe(phase)
})

test.each([
  [{ status: 'Succeed', total: 3, succeed: 3, failed: 0 }, 'succeeded'],
  [{ status: 'Succeed', total: 0, succeed: 0, failed: 0 }, 'nothing_matched'],
  [{ status: 'Failed', total: 0, succeed: 0, failed: 0 }, 'failed'],
  [{ status: 'Failed', total: 3, succeed: 2, failed: 1 }, 'partly_failed'],
  [{ status: 'Succeed', total: 3, succeed: 2, failed: 1 }, 'partly_failed'],
  [{ status: 'Succeed', total: 1, succeed: 0, failed: 1 }, 'failed'],
  [{ status: 'Failed', total: 3, succeed: 0, failed: 3 }, 'failed'],
  [{ status: 'InProgress', total: 3, succeed: 1, failed: 1 }, 'running'],
  [{ status: 'InProgress', total: 0 }, 'running'],
  [{ status: 'Stopped', total: 3, succeed: 1 }, 'stopped'],
  [{ status: 'Succeed' }, 'succeeded'],
  [{ status: 'Succeed', total: 0, succeed: 2, failed: 0 }, 'succeeded'],
  [{ status: 'Failed', total: 1, succeed: -1, failed: 2 }, 'failed'],
  [{ status: 'Paused', total: 0 }, 'unknown'],
  [{}, 'unknown'],
])('%j ended as %s', (execution, outcome) => {
  expect(outcomeOf(execution)).toBe(outcome)
})

test.each([
  ['healthy', 'healthy'],
  ['Healthy', 'healthy'],
  ['unhealthy', 'unhealthy'],
  ['degraded', 'unknown'],
  [undefined, 'unknown'],
])('%s is %s', (status, health) => {
  expect(readHealth(status)).toBe(health)
})

test.each([
  [
    { total: 3, succeed: 5, failed: 1 },
    { total: 6, succeed: 5, failed: 1, stopped: 0 },
  ],
  [
    { total: 2, succeed: -4, failed: 1, stopped: 1 },
    { total: 2, succeed: 0, failed: 1, stopped: 1 },
  ],
  [{}, { total: 0, succeed: 0, failed: 0, stopped: 0 }],
])('of the counters %j what can be true is %j', (given, counters) => {
  expect(countersOf(given)).toEqual(counters)
})
