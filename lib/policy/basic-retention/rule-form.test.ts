import { expect, test } from 'vitest'
import { basicRule } from '../../contract/console/basic-retention'
import { type BasicDraft, basicForm, ruleOf, toDraft } from './rule-form'

const draft: BasicDraft = { template: 'tag_rule', amount: '10', exceptions: [] }
const complaints = (change: Partial<BasicDraft>) =>
  basicForm
    .safeParse({ ...draft, ...change })
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []

test('a rule comes back as it was', () => {
  const rule = basicRule.parse({
    template: 'date_rule',
    amount: 30,
    exceptions: [
      { kind: 'label', pattern: 'latest' },
      { kind: 'regexp', pattern: '^v\\d+$' },
    ],
  })
  expect(ruleOf(toDraft(rule))).toEqual(rule)
})

test('a repository without a rule says none until somebody does', () => expect(ruleOf(toDraft(null))).toBeNull())

test.each<[Partial<BasicDraft>, string[]]>([
  [{}, []],
  [{ amount: '' }, ['amount: required']],
  [{ amount: '0' }, ['amount: amount_small']],
  [{ amount: '1.5' }, ['amount: amount_whole']],
  [{ amount: '1001' }, ['amount: number_range']],
  [{ template: 'date_rule', amount: '366' }, ['amount: number_range']],
  [{ template: 'date_rule', amount: '365' }, []],
  [{ exceptions: [{ kind: 'label', pattern: ' ' }] }, ['exceptions.0.pattern: required']],
])('%j', (change, expected) => expect(complaints(change)).toEqual(expected))
