import { describe, expect, test } from 'vitest'
import { type ProblemCode, ProblemError } from '@/lib/contract/problem'
import { itemOf, type RuleBatch, readBatch, unfinished } from './rule-batch'
import { matchingRules } from './search-params'

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

describe('what the browser has kept', () => {
  const target = { region: 'r', organization: 'o', overwrite: false }
  const kept = (batch: RuleBatch) => readBatch(JSON.stringify(batch))

  test('says of what was under way that nobody knows, and of the rest that it was not tried', () => {
    const states = ['done', 'refused', 'sending', 'waiting'] as const
    const items = states.map((state) => ({ repository: state, state }))
    const batch = kept({ source: 'team', target, items, running: true })
    expect(batch?.running).toBe(false)
    expect(batch?.items.map(({ state }) => state)).toEqual(['done', 'refused', 'unclear', 'not_tried'])
  })

  test('keeps why a rule was refused', () => {
    const item = itemOf('api', refusal('swr_invalid', 'Invalid param'))
    expect(kept({ source: 'team', target, items: [item], running: false })?.items).toEqual([item])
  })

  test.each([
    ['no JSON', '{'],
    ['another shape', '{"source":"team","items":[]}'],
    [
      'a problem that has no text',
      JSON.stringify({
        source: 't',
        target,
        items: [{ repository: 'a', state: 'refused', problem: { status: 400, code: 'new_code' } }],
      }),
    ],
  ])('is nothing when it is %s', (_, text) => {
    expect(readBatch(text)).toBeNull()
  })
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
