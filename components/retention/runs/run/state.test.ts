import { expect, test } from 'vitest'
import { canCancel, stepsOf } from './state'

const archive = { registry: 1, name: 'archive', namespace: 'kept', until: '2027-01-01T00:00:00.000Z' }

test('a run asks a second admin above the ceiling only, and copies only where there is an archive', () => {
  expect(stepsOf({ aboveCeiling: false, archive: null })).toEqual(['checking', 'deleting', 'done'])
  expect(stepsOf({ aboveCeiling: true, archive })).toEqual(['checking', 'waiting', 'copying', 'deleting', 'done'])
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
