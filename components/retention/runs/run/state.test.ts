import { expect, test } from 'vitest'
import {
  canCancel,
  canRestore,
  hasNoImages,
  imageCounts,
  isPartial,
  isRestorable,
  mayHaveDeleted,
  restoreState,
  stepsOf,
} from './state'

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

const amount = (images: number) => ({ images, tags: images, bytes: 0 })
const all = { kept: amount(0), failed: amount(0), unknown: amount(0) }

test('a run is partial where SWR did not delete all that was planned, or does not say so', () => {
  const done = { state: 'done', failure: null, execution: 7, left: all } as const
  expect(isPartial(done)).toBe(false)
  expect(isPartial({ ...done, left: { ...all, kept: amount(2) } })).toBe(false)
  expect(isPartial({ ...done, left: { ...all, failed: amount(1) } })).toBe(true)
  expect(isPartial({ ...done, failure: 'retention_cut' })).toBe(true)
  expect(isPartial({ ...done, state: 'failed' })).toBe(true)
  expect(isPartial({ ...done, state: 'failed', execution: null })).toBe(false)
  expect(isPartial({ ...done, state: 'deleting' })).toBe(false)
})

test('filters are counted by what SWR says, once it has said it', () => {
  const run = { execution: 7, planned: amount(5), deleted: amount(3), left: { ...all, unknown: amount(2) } }
  expect(imageCounts({ ...run, state: 'failed' })).toEqual({ delete: 3, keep: 0, unknown: 2 })
  expect(imageCounts({ ...run, state: 'copying', execution: null })).toEqual({ all: 5 })
  expect(imageCounts({ ...run, state: 'deleting', deleted: amount(0) })).toEqual({})
})

test('only what may be gone, has a copy and is not back can be restored', () => {
  const image = { swr: 'delete', copy: 'seen', restore: 'none' } as const
  expect(isRestorable(image)).toBe(true)
  expect(isRestorable({ ...image, swr: 'unknown', copy: 'unseen', restore: 'failed' })).toBe(true)
  expect(isRestorable({ ...image, swr: 'keep' })).toBe(false)
  expect(isRestorable({ ...image, copy: 'removed' })).toBe(false)
  expect(isRestorable({ ...image, restore: 'restored' })).toBe(false)
})

test('a run that was ended before it copied anything has no images to show', () => {
  const none = { done: 0, failed: 0, total: 0 }
  const run = { execution: null, copies: none }
  expect(hasNoImages({ ...run, state: 'waiting' })).toBe(true)
  expect(hasNoImages({ ...run, state: 'refused' })).toBe(true)
  expect(hasNoImages({ ...run, state: 'refused', copies: { done: 1, failed: 1, total: 2 } })).toBe(false)
  expect(hasNoImages({ ...run, state: 'copying' })).toBe(false)
  expect(hasNoImages({ ...run, state: 'unknown' })).toBe(false)
})

test('a restore moves until nothing waits, and is not done while anything failed', () => {
  expect(restoreState({ done: 0, failed: 0, waiting: 0 })).toBeNull()
  expect(restoreState({ done: 2_140, failed: 3, waiting: 857 })).toBe('moving')
  expect(restoreState({ done: 3, failed: 0, waiting: 0 })).toBe('done')
  expect(restoreState({ done: 2, failed: 1, waiting: 0 })).toBe('partly')
  expect(restoreState({ done: 0, failed: 1, waiting: 0 })).toBe('none')
})
