import { expect, test } from 'vitest'
import type { SyncCheck } from '../../contract/console/sync'
import { isMainland, isSameRegion, planCell, type TargetKnowledge } from './plan'

const here = { repository: 'team/api', tag: 'v1', digest: 'sha256:a' }
const target = (
  tags: Record<string, string> | null,
  checks: readonly Pick<SyncCheck, 'code' | 'state'>[] = [],
): TargetKnowledge => ({
  checks,
  tagsOf: (repository) => ({
    tags: tags && new Map(repository === 'team/api' ? Object.entries(tags) : []),
    reason: null,
  }),
})

test.each([
  ['is not there yet', target({}), 'new', ''],
  ['is there with the same digest', target({ v1: 'sha256:a' }), 'same', ''],
  ['is there with another digest', target({ v1: 'sha256:b' }), 'different', 'sha256:b'],
  // That nothing is known of a digest is no proof.
  ['is there without a digest', target({ v1: '' }), 'different', ''],
  ['goes where nothing can be listed', target(null), 'not_visible', ''],
  ['stays in its region', target({}, [{ code: 'same_region', state: 'blocked' }]), 'same_region', ''],
  ['has no organization there', target({}, [{ code: 'organization', state: 'blocked' }]), 'organization_missing', ''],
  ['may not be synced', target({}, [{ code: 'image_sync', state: 'blocked' }]), 'blocked', ''],
  // What nobody could ask stops nothing.
  ['has unknown checks', target({}, [{ code: 'image_sync', state: 'unknown' }]), 'new', ''],
] as const)('a tag that %s', (_, knowledge, plan, there) => {
  expect(planCell(knowledge, here)).toEqual({ plan, there, reason: null })
})

test('what could not be listed says why', () => {
  const silent = { checks: [], tagsOf: () => ({ tags: null, reason: 'swr_failed' as const }) }
  expect(planCell(silent, here)).toEqual({ plan: 'not_visible', there: '', reason: 'swr_failed' })
  // Of a source that nobody has seen there is nothing to send, and nothing to say of any target.
  expect(planCell(silent, { ...here, digest: null, unread: 'swr_forbidden' })).toEqual({
    ...{ plan: 'blocked', there: '' },
    reason: 'swr_forbidden',
  })
})

test('a tag without a digest is never the same', () => {
  expect(planCell(target({ v1: '' }), { ...here, digest: '' }).plan).toBe('different')
})

test('a tag that is missing here comes before all that is wrong there', () => {
  const blocked = target(null, [{ code: 'same_region', state: 'blocked' }])
  expect(planCell(blocked, { ...here, digest: null }).plan).toBe('source_missing')
})

test('the own region is known however it is typed', () => {
  expect(['cn-north-4', 'CN-North-4', 'cn-north-1'].map((region) => isSameRegion(region, 'cn-north-4'))).toEqual([
    true,
    true,
    false,
  ])
})

test('Hong Kong and Singapore are not the mainland', () => {
  expect(['cn-north-4', 'cn-southwest-2', 'ap-southeast-1', 'eu-west-101'].map(isMainland)).toEqual([
    true,
    true,
    false,
    false,
  ])
})
