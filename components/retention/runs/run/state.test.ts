import { expect, test } from 'vitest'
import { canCancel, canRestore, mayHaveDeleted, stepsOf } from './state'

const archive = { registry: 1, name: 'archive', namespace: 'kept', until: '2027-01-01T00:00:00.000Z' }

test('a run asks a second admin above the ceiling only, and copies only where there is an archive', () => {
  expect(stepsOf({ aboveCeiling: false, archive: null })).toEqual(['checking', 'deleting', 'done'])
  expect(stepsOf({ aboveCeiling: true, archive })).toEqual(['checking', 'waiting', 'copying', 'deleting', 'done'])
})

test('a run that SWR was told of, or may have been, is never said to have deleted nothing', () => {
  expect(mayHaveDeleted({ state: 'failed', execution: null })).toBe(false)
  expect(mayHaveDeleted({ state: 'failed', execution: 7 })).toBe(true)
  expect(mayHaveDeleted({ state: 'deleting', execution: null })).toBe(true)
  expect(mayHaveDeleted({ state: 'unknown', execution: null })).toBe(true)
  expect(mayHaveDeleted({ state: 'refused', execution: null })).toBe(false)
})

test('copies are offered once a run has ended, however it ended after they were made', () => {
  expect(canRestore({ state: 'unknown', execution: null, archive })).toBe(true)
  expect(canRestore({ state: 'failed', execution: 7, archive })).toBe(true)
  expect(canRestore({ state: 'failed', execution: null, archive })).toBe(false)
  expect(canRestore({ state: 'deleting', execution: 7, archive })).toBe(false)
  expect(canRestore({ state: 'done', execution: 7, archive: null })).toBe(false)
})

test('once SWR was told to begin, or may have been, nothing can be canceled', () => {
  const states = [
    'checking',
    'waiting',
    'copying',
    'deleting',
    'done',
    'failed',
    'refused',
    'canceled',
    'unknown',
  ] as const
  expect(states.filter((state) => canCancel({ state }))).toEqual(['checking', 'waiting', 'copying'])
})
