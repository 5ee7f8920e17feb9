import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contentHashOf } from './content-hash'

const policy = {
  id: 1,
  name: 'nightly',
  dest_registry: { id: 3, name: 'remote', credential: { type: 'basic' } },
  filters: [
    { type: 'name', value: 'a/**' },
    { type: 'tag', value: '**' },
  ],
  trigger: { type: 'manual', trigger_settings: { cron: '' } },
  enabled: true,
  updated_at: '2026-01-01T00:00:00Z',
  rules: [{ id: 5, template: 'latestPushedK', params: { latestPushedK: 3 } }],
}

test.each<[string, object]>([
  ['another order of keys', Object.fromEntries(Object.entries(policy).reverse())],
  ["SWR's own bookkeeping", { ...policy, id: 2, updated_at: 'later', created_at: 'then', namespace_id: 4 }],
  ['what a registry says of itself', { ...policy, dest_registry: { id: 3, name: 'renamed' } }],
  ['the id of a rule', { ...policy, rules: [{ ...policy.rules[0], id: 6 }] }],
  ['null and nothing', { ...policy, description: null, labels: [], more: {} }],
  ['its own hash', { ...policy, content_hash: 'abc' }],
])('is the same: %s', (_, other) => expect(contentHashOf(other)).toBe(contentHashOf(policy)))

test.each<[string, object]>([
  ['a value', { ...policy, enabled: false }],
  ['an empty text', { ...policy, description: '' }],
  ['the order of a list', { ...policy, filters: policy.filters.toReversed() }],
  ['another registry', { ...policy, dest_registry: { id: 4 } }],
  ['what the console does not know', { ...policy, speed: -1 }],
  ['deep inside', { ...policy, rules: [{ ...policy.rules[0], params: { latestPushedK: 4 } }] }],
  ['a number as text', { ...policy, rules: [{ ...policy.rules[0], params: { latestPushedK: '3' } }] }],
])('is another: %s', (_, other) => expect(contentHashOf(other)).not.toBe(contentHashOf(policy)))

test('goes into a header', () => expect(contentHashOf(policy)).toMatch(/^[\w-]{24}$/))

test('versions from before it was shorter were cut to its length', () => {
  const migration = readFileSync('lib/db/migrations/0008_shorter_hashes.sql', 'utf8')
  expect(migration).toContain(`left(hash, ${contentHashOf(policy).length})`)
})
