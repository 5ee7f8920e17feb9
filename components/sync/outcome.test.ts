import { expect, test } from 'vitest'
import { ProblemError } from '@/lib/contract/problem'
import { type Outcome, refused, verdicts } from './outcome'

const said = (outcome: Outcome) => verdicts(['1', '2'], outcome).map(({ tag, verdict }) => `${tag} ${verdict}`)

test('an empty answer accepts every tag and calls none copied', () => {
  expect(said({ state: 'answered', named: [] })).toEqual(['1 accepted', '2 accepted'])
})

test('tags that a success names are neither copied nor failed', () => {
  expect(said({ state: 'answered', named: ['2'] })).toEqual(['1 unnamed', '2 named'])
})

test('a tag that nobody asked for is shown all the same', () => {
  expect(said({ state: 'answered', named: ['3'] })).toEqual(['1 unnamed', '2 unnamed', '3 named'])
})

test('a failure that names tags says nothing of the others', () => {
  const error = new ProblemError({ status: 502, code: 'swr_tags_failed', tags: ['1'] })
  expect(said(refused(error))).toEqual(['1 failed', '2 unreported'])
})

test('any other failure says nothing of any tag', () => {
  expect(said(refused(new ProblemError({ status: 504, code: 'swr_timeout' })))).toEqual([
    '1 unreported',
    '2 unreported',
  ])
})

test('nothing is said before the answer', () => {
  expect(said({ state: 'running' })).toEqual(['1 running', '2 running'])
})
