import { expect, test } from 'vitest'
import { deletionOf } from './deletion'

test('a dry run never deletes, however it ends', () => {
  for (const status of ['Succeed', 'Failed', 'Stopped', 'InProgress', 'odd'])
    for (const part of ['Succeed', 'Failed', '']) expect(deletionOf({ dryRun: true, status }, part)).toBe('foretold')
})

test('what succeeded in a real run is deleted, also where the run failed elsewhere', () => {
  expect(deletionOf({ dryRun: false, status: 'Succeed' }, 'Success')).toBe('deleted')
  expect(deletionOf({ dryRun: false, status: 'Failed' }, 'Succeed')).toBe('deleted')
  expect(deletionOf({ dryRun: false, status: 'Succeed' }, '')).toBe('deleted')
})

test('of what failed, was stopped, or may be a dry run nobody knows', () => {
  expect(deletionOf({ dryRun: false, status: 'Failed' }, 'Failed')).toBe('unknown')
  expect(deletionOf({ dryRun: false, status: 'Failed' }, '')).toBe('unknown')
  expect(deletionOf({ dryRun: false, status: 'Succeed' }, 'Failed')).toBe('unknown')
  expect(deletionOf({ dryRun: false, status: 'Stopped' }, 'InProgress')).toBe('unknown')
  expect(deletionOf({ dryRun: null, status: 'Succeed' }, 'Succeed')).toBe('unknown')
})

test('nothing is deleted before it is done', () => {
  expect(deletionOf({ dryRun: false, status: 'InProgress' }, 'InProgress')).toBe('moving')
  expect(deletionOf({ dryRun: false, status: 'Running' }, '')).toBe('moving')
  expect(deletionOf({ dryRun: null, status: 'InProgress' }, 'Pending')).toBe('moving')
})
