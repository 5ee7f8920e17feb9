import { expect, test } from 'vitest'
import { type ProblemCode, ProblemError } from '@/lib/contract/problem'
import { matchingRules } from './search-params'
import { itemOf, unfinished } from './use-create-rules'

const refusal = (code: ProblemCode, message?: string) =>
  new ProblemError({ status: 400, code, ...(message && { swr: { status: 400, message } }) })

test('a rule that is there already is no failure', () => {
  expect(itemOf('api', refusal('swr_conflict', 'Duplicate sync repo'))).toMatchObject({ state: 'duplicate' })
  expect(itemOf('api', refusal('swr_invalid', 'Invalid param'))).toMatchObject({ state: 'refused' })
  expect(itemOf('api', refusal('swr_timeout'))).toMatchObject({ state: 'unclear' })
})

test('only what did not take place is sent again', () => {
  const states = ['waiting', 'sending', 'done', 'duplicate', 'refused', 'unclear', 'not_tried'] as const
  const items = states.map((state) => ({ repository: state, state }))
  const target = { region: 'r', organization: 'o', overwrite: false }
  expect(unfinished({ source: 'team', target, items, running: false }).map(({ state }) => state)).toEqual([
    'refused',
    'unclear',
    'not_tried',
  ])
})

test('rules are found by repository, region and organization', () => {
  const rule = (repository: string, region: string) => ({
    repository,
    region,
    organization: 'mirror',
    overwrite: null,
    created: null,
  })
  const rules = [rule('api', 'cn-east-3'), rule('web', 'cn-north-4')]
  expect(matchingRules(rules, ' API ').map(({ repository }) => repository)).toEqual(['api'])
  expect(matchingRules(rules, 'north').map(({ repository }) => repository)).toEqual(['web'])
  expect(matchingRules(rules, 'mirror')).toHaveLength(2)
})
