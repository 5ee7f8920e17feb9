import { expect, test } from 'vitest'
import { enteredTags, mostTags, refusedOf, withRepository, withTags } from './choice'

const sent = [
  { repository: 'payments/api', tags: ['v1', 'latest'] },
  { repository: 'library/web', tags: ['v1'] },
]

test('what the server refuses is found where it was chosen', () => {
  const fields = { 'body.scope.0.tags.1': 'scope_outside', 'body.scope.1.repository': 'scope_outside' }
  expect([...refusedOf({ status: 409, code: 'scope_outside', fields }, sent)]).toEqual([
    ['payments/api', { whole: false, tags: ['latest'] }],
    ['library/web', { whole: true, tags: [] }],
  ])
})

test('other refusals and paths that were not sent concern nothing that was chosen', () => {
  const fields = { 'body.scope.7.repository': 'scope_outside', 'body.reason': 'x' }
  expect(refusedOf({ status: 409, code: 'scope_outside', fields }, sent).size).toBe(0)
  expect(refusedOf({ status: 409, code: 'policy_disabled' }, sent).size).toBe(0)
})

test('a repository and a tag are chosen once, and not more tags than can be sent', () => {
  const [first] = sent
  expect(withRepository(sent, 'payments/api')).toEqual(sent)
  expect(withTags(sent, 'payments/api', ['a', 'b', 'a'])[0]?.tags).toEqual(['a', 'b'])
  const many = Array.from({ length: mostTags + 5 }, (_, index) => `v${index}`)
  expect(withTags(first ? [first] : [], 'payments/api', many)[0]?.tags).toHaveLength(mostTags)
})

const listed = ['v3.7.1', 'v3.7.10', 'v4.0.0', 'latest']

test.each([
  ['4.0', { add: ['v4.0.0'], left: '', complaint: null }],
  ['v3.7.1', { add: ['v3.7.1'], left: '', complaint: null }],
  ['3.7.1', { add: [], left: '3.7.1', complaint: 'several' }],
  ['LATEST', { add: ['latest'], left: '', complaint: null }],
  ['v9, v4.0.0', { add: ['v9', 'v4.0.0'], left: '', complaint: null }],
  ['v9 a*b -x', { add: ['v9', '-x'], left: 'a*b', complaint: 'odd' }],
  ['v9', { add: ['v9'], left: '', complaint: null }],
  [' ', { add: [], left: '', complaint: null }],
] as const)('Enter makes of “%s” %j', (text, entered) => {
  expect(enteredTags(text, listed)).toEqual(entered)
})
