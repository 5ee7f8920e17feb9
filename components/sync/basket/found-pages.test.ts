import { expect, test } from 'vitest'
import { maxSyncTags } from '@/lib/contract/console/sync-vocabulary'
import { type FoundTags, isFilled, joinPages } from './found-pages'

const page = (count: number, more: Partial<FoundTags> = {}): FoundTags => ({
  at: '2026-11-30T00:00:10Z',
  images: Array.from({ length: count }, (_, at) => ({
    repository: `team/${more.next ?? 'last'}`,
    tag: `v${at}`,
    size: 1,
  })),
  total: count,
  complete: true,
  repositories: 1,
  matching: { seen: 1, all: 1 },
  next: null,
  ...more,
})

test('pages are one answer: sums of what was found, the place of the last, the age of the oldest', () => {
  const joined = joinPages([
    page(2, { next: 'team/b', matching: { seen: 200, all: 300 } }),
    page(3, { at: '2026-11-30T00:00:05Z', repositories: 2, complete: false, matching: { seen: 300, all: 300 } }),
  ])
  expect(joined).toMatchObject({
    ...{ at: '2026-11-30T00:00:05Z', total: 5, repositories: 3, complete: false, next: null },
    matching: { seen: 300, all: 300 },
  })
  expect(joined.images.map(({ repository, tag }) => `${repository}:${tag}`)).toEqual([
    ...['team/team/b:v0', 'team/team/b:v1', 'team/last:v0', 'team/last:v1', 'team/last:v2'],
  ])
})

test('of more than a job takes, so many are kept and all are counted', () => {
  const joined = joinPages([page(maxSyncTags - 1, { next: 'team/b' }), page(3)])
  expect([joined.images.length, joined.total, isFilled(joined)]).toEqual([maxSyncTags, maxSyncTags + 2, true])
  expect(isFilled(joinPages([page(maxSyncTags - 1)]))).toBe(false)
})
