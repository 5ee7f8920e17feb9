import { expect, test } from 'vitest'
import { blankReplication, type ReplicationDraft, toForm } from '@/lib/policy/replication/form'
import { filtersOfDraft, filtersOfPolicy } from './filters'

const draft = (more: Partial<ReplicationDraft>): ReplicationDraft => ({ ...blankReplication(), ...more })
const all = { type: 'tag', value: '**' }

test.each([
  ['nothing is asked for before a repository is named', {}, undefined],
  ['nor while a pattern is wrong', { namePattern: 'library/{a' }, undefined],
  ['nor while the tags are wrong', { namePattern: '**', tagPattern: '[' }, undefined],
  ['nor without tags', { namePattern: '**', tagPattern: ' ' }, undefined],
  ['patterns are asked for as they are sent', { namePattern: ' {a, b} ' }, [{ type: 'name', value: '{a,b}' }, all]],
  ['nothing is picked yet', { scope: 'selection' as const }, undefined],
  [
    'picked repositories are a pattern',
    { scope: 'selection' as const, repositories: ['library/a', 'library/b'] },
    [{ type: 'name', value: 'library/{a,b}' }, all],
  ],
  [
    'further filters count, those of unknown types do not',
    {
      namePattern: 'a',
      others: [
        { type: 'tag', value: 'v*' },
        { type: 'label', value: 'gold' },
      ],
    },
    [{ type: 'name', value: 'a' }, all, { type: 'tag', value: 'v*' }],
  ],
])('%s', (_, more, filters) => {
  expect(filtersOfDraft(draft(more))).toEqual(filters)
})

test('a policy that was read without a filter takes everything, and is asked for so', () => {
  const policy = { content_hash: '', filters: [{ type: 'tag', value: 'v*' }] }
  expect(filtersOfDraft(toForm(policy))).toEqual([{ type: 'tag', value: 'v*' }])
  expect(filtersOfPolicy(policy)).toEqual([{ type: 'tag', value: 'v*' }])
  expect(filtersOfPolicy({ filters: [] })).toEqual([])
  expect(filtersOfPolicy({ filters: [{ type: 'name', value: 'a{' }] })).toBeUndefined()
})

test('spaces that were read stay: they are what SWR matches by', () => {
  const read = toForm({ content_hash: '', filters: [{ type: 'name', value: '{a, b}' }, all] })
  expect(filtersOfDraft(read)).toEqual([{ type: 'name', value: '{a, b}' }, all])
})
