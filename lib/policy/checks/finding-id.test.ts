import { expect, test } from 'vitest'
import type { Finding } from '../../contract/console/checks'
import { findingId } from './finding-id'

const finding: Finding = {
  kind: 'same_destination',
  policies: [
    { id: 12, name: 'b' },
    { id: 3, name: 'a' },
  ],
  registry: { id: 7, name: 'harbor' },
  retention: null,
  elsewhere: null,
  examples: ['library/web:1.0'],
  count: 1,
  interval: null,
  usual: null,
}

test('is the same for other examples, names and another order', () => {
  const renamed = finding.policies.toReversed().map(({ id }) => ({ id, name: 'new name' }))
  expect(findingId({ ...finding, policies: renamed, examples: [], count: 40 })).toBe(findingId(finding))
})

test.each<[string, Partial<Finding>]>([
  ['kind', { kind: 'different_override' }],
  ['policy', { policies: [{ id: 12, name: 'b' }] }],
  ['numbers that read alike', { policies: [{ id: 123, name: 'b' }] }],
  ['registry', { registry: { id: 8, name: 'harbor' } }],
  ['retention policy', { retention: { namespace: 'library', id: 1, name: 'keep' } }],
  ['counterpart', { elsewhere: { connection: 'c', instance: 'i', id: 1, name: 'back' } }],
])('is another one for another %s', (_, change) => {
  expect(findingId({ ...finding, ...change })).not.toBe(findingId(finding))
})
