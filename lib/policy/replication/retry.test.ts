import { expect, test } from 'vitest'
import { replicationOperations } from '../../contract/swr/replication'
import { divide, planRetry } from './retry'

const policyWith = (filters: object[]) =>
  replicationOperations.replicationShow.response.parse({
    id: 7,
    name: 'nightly',
    src_registry: { id: 0 },
    dest_registry: { id: 3 },
    filters,
    enabled: true,
  })
const policy = policyWith([{ type: 'name', value: '{payments,team}/**' }])

const wish = (repository: string, ...tags: (string | null)[]) => tags.map((tag) => ({ repository, tag }))

test('only the odd ones are left out, each with its reason', () => {
  const { again, left } = divide(policy, [
    ...wish('payments/api', 'v2', 'v1', '-ot-beta-jmx', 'a,b'),
    ...wish('payments/web', 'v1', ''),
    ...wish('payments/{odd}', 'v1'),
    ...wish('library/nginx', 'v1'),
  ])
  expect(again).toEqual([
    { repository: 'payments/api', tags: ['-ot-beta-jmx', 'v1', 'v2'] },
    { repository: 'payments/web', tags: ['v1'] },
  ])
  expect(left).toEqual([
    { repository: 'payments/api', tag: 'a,b', reason: 'odd_tag' },
    { repository: 'payments/web', tag: '', reason: 'untagged' },
    { repository: 'payments/{odd}', tag: 'v1', reason: 'odd_repository' },
    { repository: 'library/nginx', tag: 'v1', reason: 'outside' },
  ])
})

test('a name that begins like its namespace is another repository than the one without', () => {
  const { again } = divide(policy, [...wish('team/team/x', 'v1'), ...wish('team/x', 'v2')])
  expect(again).toEqual([
    { repository: 'team/team/x', tags: ['v1'] },
    { repository: 'team/x', tags: ['v2'] },
  ])
})

test('a repository that is run as a whole is run once, with its tags', () => {
  const { again } = divide(policy, [...wish('payments/api', 'v1', null)])
  expect(again).toEqual([{ repository: 'payments/api', tags: [], whole: true }])
})

test('of a policy that is gone, or narrows by what a part cannot say, nothing is run', () => {
  const narrowed = policyWith([{ type: 'label', value: 'released' }])
  for (const each of [null, narrowed]) {
    expect(divide(each, wish('payments/api', 'v1'))).toEqual({
      again: [],
      left: [{ repository: 'payments/api', tag: 'v1', reason: 'policy' }],
    })
  }
})

test('a deletion is never repeated, and what was copied since neither', () => {
  const failed = [
    { repository: 'payments/api', tag: 'v1', act: 'copy' },
    { repository: 'payments/api', tag: 'v1', act: 'copy' },
    { repository: 'payments/api', tag: 'v2', act: 'copy' },
    { repository: 'payments/api', tag: 'v2', act: 'deletion' },
    { repository: 'payments/web', tag: null, act: 'copy' },
  ] as const
  const copied = ({ tag }: { tag: string | null }) => (tag === 'v1' ? 'later' : undefined)
  expect(planRetry(policy, failed, copied)).toEqual({
    again: [
      { repository: 'payments/web', tags: [], whole: true },
      { repository: 'payments/api', tags: ['v2'] },
    ],
    left: [{ repository: 'payments/api', tag: 'v2', reason: 'deletion' }],
    copies: [{ wish: { repository: 'payments/api', tag: 'v1' }, by: 'later' }],
  })
})
