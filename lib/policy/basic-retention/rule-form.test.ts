import { expect, test } from 'vitest'
import { basicRule } from '../../contract/console/basic-retention'
import {
  type BasicDraft,
  basicForm,
  type KnownExceptions,
  refusedExceptions,
  refusedPlaces,
  ruleOf,
  toDraft,
} from './rule-form'

const nothing: KnownExceptions = { held: [], refused: {} }
const draft: BasicDraft = { template: 'tag_rule', amount: '10', exceptions: [] }
const label = (pattern: string) => ({ kind: 'label' as const, pattern })
const regexp = (pattern: string) => ({ kind: 'regexp' as const, pattern })
const complaints = (change: Partial<BasicDraft>, known: KnownExceptions = nothing) =>
  basicForm(known)
    .safeParse({ ...draft, ...change })
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []

test('a rule comes back as it was', () => {
  const rule = basicRule.parse({
    template: 'date_rule',
    amount: 30,
    exceptions: [label('latest'), regexp('^v\\d+$')],
  })
  expect(ruleOf(toDraft(rule), nothing)).toEqual(rule)
})

test('a repository without a rule says none until somebody does', () =>
  expect(ruleOf(toDraft(null), nothing)).toBeNull())

test.each<[Partial<BasicDraft>, string[]]>([
  [{}, []],
  [{ amount: '' }, ['amount: required']],
  [{ amount: '0' }, ['amount: amount_small']],
  [{ amount: '1.5' }, ['amount: amount_whole']],
  [{ amount: '1001' }, ['amount: number_range']],
  [{ template: 'date_rule', amount: '366' }, ['amount: number_range']],
  [{ template: 'date_rule', amount: '365' }, []],
  [{ exceptions: [label(' ')] }, ['exceptions.0.pattern: required']],
  [{ exceptions: [label('latest'), label('v1,v2')] }, ['exceptions.1.pattern: tag_list']],
  [{ exceptions: [label('v*'), regexp('v.*')] }, ['exceptions.0.pattern: tag_pattern']],
  [{ exceptions: [regexp('v1,v2')] }, ['exceptions.0.pattern: regexp_sign']],
])('%j', (change, expected) => expect(complaints(change)).toEqual(expected))

test('an exception that SWR holds may stay as it is, and is no excuse for another', () => {
  const known: KnownExceptions = { held: [label('v1,v2')], refused: {} }
  expect(complaints({ exceptions: [label('v1,v2')] }, known)).toEqual([])
  expect(complaints({ exceptions: [label('v1,v3'), regexp('v1,v2')] }, known)).toEqual([
    'exceptions.0.pattern: tag_list',
    'exceptions.1.pattern: regexp_sign',
  ])
})

test('what the server has refused stays refused, wherever it stands, and only that', () => {
  const rule = basicRule.parse({ template: 'tag_rule', amount: 3, exceptions: [label('v1'), regexp('v(1')] })
  const refused = refusedExceptions(rule, {
    'body.rule.exceptions.1.pattern': 'regexp_syntax',
    'body.rule.amount': 'x',
  })
  const known: KnownExceptions = { held: [], refused }
  const exceptions = [regexp(' v(1 '), regexp('v[1]'), label('v1')]
  expect(complaints({ exceptions }, known)).toEqual(['exceptions.0.pattern: regexp_syntax'])
  expect(refusedPlaces(exceptions, known)).toEqual([0])
  expect(ruleOf({ ...draft, exceptions }, known)).toBeNull()
  expect(refusedExceptions(rule)).toEqual({})
})
