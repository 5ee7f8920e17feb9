import { describe, expect, test } from 'vitest'
import type { RetentionLock } from '@/lib/contract/console/retention-runs'
import { inUseBlock, runLock, scheduleBlock } from './lock-state'

const now = new Date('2026-11-28T12:00:00Z')
const nothing = { images: 0, examples: [], clusters: [], old: [] }
const used = { images: 1, examples: ['payments/api:v2'], clusters: ['prod'], old: [] }
const expired = { ...nothing, old: ['prod'] }

const lock = (more: Partial<RetentionLock> = {}): RetentionLock => ({
  content: 'c',
  state: 'armed',
  because: null,
  dryRun: null,
  until: '2026-11-28T13:00:00Z',
  ceiling: { tags: null, share: null },
  ceilingAsked: false,
  otherAdmins: 1,
  aboveCeiling: false,
  archive: null,
  inUse: nothing,
  run: null,
  terms: { archive: null, images: 1, tags: 1, aboveCeiling: false, inUse: 'none' },
  ...more,
})
const blocked = (more: Partial<RetentionLock> = {}) => scheduleBlock(lock(more), runLock(lock(more), now))

describe('a schedule', () => {
  test('can be enabled while the lock is open, also while a run is under way', () => {
    expect(blocked()).toBeUndefined()
    expect(blocked({ run: 7 })).toBeUndefined()
    expect(blocked({ run: 7, state: 'locked', because: 'dry_run_old' })).toBe('run_open')
    expect(blocked({ until: '2026-11-28T11:59:59Z' })).toBe('dry_run_old')
    expect(scheduleBlock(undefined, runLock(undefined, now))).toBe('unread')
  })

  test.each<[string, Partial<RetentionLock>]>([
    ['in_use', { inUse: used }],
    ['in_use_old', { inUse: expired }],
    ['above_ceiling', { aboveCeiling: true }],
    ['in_use', { inUse: { ...used, old: ['prod'] }, aboveCeiling: true, run: 7 }],
    // What its outcome is comes after that.
    ['not_seen', { state: 'locked', because: 'not_seen', inUse: used, aboveCeiling: true }],
  ])('is blocked: %s', (block, more) => {
    expect(blocked(more)).toBe(block)
  })
})

test('a run is blocked by what is in use, and not by the ceiling: another admin confirms', () => {
  expect(inUseBlock(lock({ inUse: used }))).toBe('in_use')
  expect(inUseBlock(lock({ inUse: expired }))).toBe('in_use_old')
  expect(inUseBlock(lock({ aboveCeiling: true }))).toBeUndefined()
})
