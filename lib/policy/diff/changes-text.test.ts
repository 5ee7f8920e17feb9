import { expect, test } from 'vitest'
import { changesText } from './changes-text'

const policy = {
  id: 7,
  name: 'nightly',
  enabled: true,
  filters: [
    { type: 'name', value: 'library/**' },
    { type: 'tag', value: 'v2.*' },
  ],
  updated_at: '2026-01-01T00:00:00Z',
}

test.each<[string, unknown, unknown, string]>([
  [
    'one field, without what the service writes',
    policy,
    { ...policy, updated_at: '2026-02-01T00:00:00Z', filters: [policy.filters[0], { type: 'tag', value: 'v3.*' }] },
    'tags: v2.* → v3.*',
  ],
  ['a switch', policy, { ...policy, enabled: false }, 'enabled: true → false'],
  [
    'two fields as forms ask',
    policy,
    { ...policy, enabled: false, name: 'x' },
    'name: nightly → x; enabled: true → false',
  ],
  ['what was made', undefined, { name: 'new' }, 'name: new'],
  ['what is gone', { name: 'old' }, null, 'name: old'],
  ['what became empty', { description: 'a' }, { description: '' }, 'description: a → –'],
  ['nothing', policy, policy, ''],
  ['no record at all', null, null, ''],
])('says %s', (_, before, after, text) => {
  expect(changesText(before, after)).toBe(text)
})
