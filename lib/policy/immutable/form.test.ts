import { expect, test } from 'vitest'
import { immutableRule } from '../../contract/swr/immutable-rule'
import { swrSchemas } from '../../contract/swr/schemas'
import { allBut } from './all-but'
import { blankImmutable, type ImmutableDraft, immutableForm, toBody, toDraft } from './form'

const rule = immutableRule.parse({
  id: 7,
  namespace_id: 3,
  namespace_name: 'payments',
  priority: 0,
  disabled: true,
  action: 'immutable',
  template: 'immutable_template',
  tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: 'v*', extras: '{"untagged":false}' }],
  scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: 'team/**' }] },
})
const complaints = (change: Partial<ImmutableDraft>) =>
  immutableForm
    .safeParse({ ...blankImmutable(), namespace: 'payments', ...change })
    .error?.issues.map(({ path, message }) => `${String(path[0])}: ${message}`) ?? []

test('a rule that was read goes back as it was read, switched on', () => {
  const draft = toDraft(rule)
  expect(draft).toMatchObject({ namespace: 'payments', repositories: 'team/**', tags: 'v*', enabled: false })
  expect(toBody(immutableForm.parse({ ...draft, enabled: true }), rule)).toEqual({
    priority: 0,
    disabled: false,
    action: 'immutable',
    template: 'immutable_template',
    tag_selectors: rule.tag_selectors,
    scope_selectors: { repository: rule.scope_selectors?.repository },
  })
})

test('a new rule is what SWR takes', () => {
  const body = toBody(immutableForm.parse({ ...blankImmutable(), namespace: 'payments', tags: allBut('latest') }))
  const { rules } = swrSchemas.immutableRuleCreate
  expect(rules.safeParse(body).success).toBe(true)
})

test.each<[Partial<ImmutableDraft>, string[]]>([
  [{}, []],
  [{ namespace: '' }, ['namespace: required']],
  [{ tags: '' }, ['tags: required']],
  [{ tags: 'v1,v2' }, ['tags: pattern_list']],
  [{ tags: '!latest' }, ['tags: pattern_not']],
  [{ repositories: 'Team/**' }, ['repositories: pattern_upper']],
  [{ repositories: 'a'.repeat(513) }, ['repositories: too_long']],
])('%j', (change, expected) => expect(complaints(change)).toEqual(expected))
