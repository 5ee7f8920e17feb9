import { expect, test } from 'vitest'
import { contentDifferences } from './version-differences'

const policy = {
  id: 7,
  name: 'keep',
  namespace_id: 1,
  namespace_name: 'library',
  updated_at: '2026-01-01T00:00:00Z',
  content_hash: 'a',
  rules: [{ id: 9, params: { latestPushedK: 5 } }],
}

test('what the service writes about a policy makes no difference between versions', () => {
  const touched = {
    ...policy,
    id: 8,
    updated_at: '2026-02-01T00:00:00Z',
    content_hash: 'b',
    rules: [{ id: 10, params: { latestPushedK: 5 } }],
  }
  expect(contentDifferences(policy, touched)).toEqual([])
})

test('what it says does', () => {
  const changed = { ...policy, rules: [{ id: 9, params: { latestPushedK: 6 } }], speed: 3 }
  expect(contentDifferences(policy, changed)).toEqual([
    { path: 'rules[0].params.latestPushedK', kind: 'changed', before: 5, after: 6 },
    { path: 'speed', kind: 'added', after: 3 },
  ])
})
