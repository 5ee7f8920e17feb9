import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { brokenIn } from '../../contract/rules'
import { type Retention, retentionBody, retentionOperations, retentionRules } from '../../contract/swr/retention'
import { retentionTemplates, retentionTriggers, scopeModes, tagDecorations } from '../../contract/vocabulary'
import { formatInnerList, parseInnerList } from '../pattern/repository-list'
import { contentOf } from './content'
import { blankRetention, type RetentionDraft, retentionForm, toBody, toForm, withoutPicked } from './form'
import { blankRule, type RuleDraft } from './form-rule'
import { mergeRetention, retentionQuestions } from './merge'
import { toRequest, withEnabled } from './request'

const read = (policy: object): Retention => retentionOperations.retentionShow.response.parse(policy)
const save = (input: RetentionDraft, was?: Retention) => toBody(retentionForm.parse(input), was)
function complaints(input: RetentionDraft) {
  const { error } = retentionForm.safeParse(input)
  return Object.fromEntries((error?.issues ?? []).reverse().map(({ path, message }) => [path.join('.'), message]))
}

/** The draft with another first rule, and other values beside the rules. */
function edited(draft: RetentionDraft, change: Partial<RetentionDraft>, rule: Partial<RuleDraft> = {}): RetentionDraft {
  const [first, ...rest] = draft.rules
  return { ...draft, ...change, rules: first ? [{ ...first, ...rule }, ...rest] : [] }
}

const rule = {
  id: 9,
  priority: 0,
  action: 'retain',
  repo_scope_mode: 'regular',
  scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
  tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: '**' }],
  disabled: false,
  params: { latestPushedK: 5 },
  template: 'latestPushedK',
}
const documented = {
  id: 4,
  namespace_id: 1,
  namespace_name: 'library',
  algorithm: 'or',
  enabled: true,
  rules: [rule],
  trigger: { type: 'manual', trigger_settings: { cron: '' } },
  name: 'test11',
}
const ruled = (change: object) => read({ ...documented, rules: [{ ...rule, ...change }] })

test('what is sent equals the documented body', () => {
  const was = read(documented)
  expect(save(edited(toForm(was), {}, { amount: ' 10 ' }), was)).toStrictEqual({
    algorithm: 'or',
    enabled: true,
    rules: [
      {
        priority: 0,
        action: 'retain',
        repo_scope_mode: 'regular',
        scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
        tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: '**' }],
        disabled: false,
        params: { latestPushedK: 10 },
        template: 'latestPushedK',
      },
    ],
    trigger: { trigger_settings: { cron: '' }, type: 'manual' },
    name: 'test11',
  })
})

test('a new policy is complete', () => {
  const body = save(edited(blankRetention(), { name: 'keep' }, { template: 'nDaysSinceLastPull', amount: '40000' }))
  expect(retentionBody.parse(body)).toEqual(body)
  expect(body.rules[0]?.params).toEqual({ nDaysSinceLastPull: 40_000 })
  expect(body.trigger).toEqual({ type: 'manual' })
})

test('a number that arrived as text leaves as text, which counts as ten, and as a number once it is typed', () => {
  const was = ruled({ params: { latestPushedK: '2' } })
  expect(toForm(was).rules[0]?.amount).toBe('"2"')
  const amountsOf = (draft: RetentionDraft) => save(draft, was).rules[0]?.params
  expect(amountsOf({ ...toForm(was), name: 'renamed' })).toEqual({ latestPushedK: '2' })
  expect(amountsOf(edited(toForm(was), {}, { tagPattern: 'v*' }))).toEqual({ latestPushedK: '2' })
  expect(amountsOf(edited(toForm(was), {}, { amount: '2' }))).toEqual({ latestPushedK: 2 })
  // Nothing that is typed is a text.
  expect(complaints(edited(toForm(was), {}, { amount: '"3"' }))).toEqual({ 'rules.0.amount': 'amount_whole' })
})

test('a template that is called like something that every object has is one without an amount', () => {
  const was = ruled({ template: 'toString', params: {} })
  expect(complaints(toForm(was))).toEqual({})
  expect(toForm(was).rules[0]?.amount).toBe('')
  expect(save(toForm(was), was)).toEqual(toRequest(was))
})

test('patterns that can never match stay as they were read, while other fields change', () => {
  const selectors = [{ kind: 'doublestar', decoration: 'matches', pattern: 'latest,master' }]
  const was = ruled({ tag_selectors: selectors })
  expect(save({ ...toForm(was), name: 'renamed' }, was)).toMatchObject({
    name: 'renamed',
    rules: [{ tag_selectors: selectors }],
  })
})

test('the second switch and the extras stay as they were read', () => {
  const extras = '{"untagged":true}'
  const was = ruled({ disabled: true, tag_selectors: [{ ...rule.tag_selectors[0], extras }] })
  const [sent] = save(edited(toForm(was), {}, { tagPattern: '{a, b}', tagDecoration: 'excludes' }), was).rules
  expect(sent).toMatchObject({ disabled: true })
  expect(sent?.tag_selectors).toEqual([{ kind: 'doublestar', decoration: 'excludes', pattern: '{a,b}', extras }])
})

test.each<[Partial<RuleDraft>, Record<string, string>]>([
  [{ amount: '' }, { amount: 'required' }],
  [{ amount: '1.5' }, { amount: 'amount_whole' }],
  [{ amount: '-1' }, { amount: 'amount_whole' }],
  [{ amount: '0' }, { amount: 'amount_small' }],
  [{ amount: '000' }, { amount: 'amount_small' }],
  [{ amount: '32767' }, { amount: 'amount_large' }],
  [{ amount: '106752', template: 'nDaysSinceLastPush' }, { amount: 'days_large' }],
  [{ amount: '106751', template: 'nDaysSinceLastPush' }, {}],
  [{ tagPattern: 'latest,master,generic' }, { tagPattern: 'pattern_list' }],
  [{ tagPattern: '^v1.*$' }, { tagPattern: 'pattern_regex' }],
  [{ tagPattern: 'v1*\u200b' }, { tagPattern: 'pattern_blank' }],
  [{ tagPattern: 'a:b' }, { tagPattern: 'pattern_sign' }],
  [{ tagPattern: 'v1.{0..9}' }, { tagPattern: 'pattern_range' }],
  [{ tagPattern: 'v1', tagDecoration: 'excludes' }, {}],
  [{ tagDecoration: 'excludes' }, { tagPattern: 'pattern_nothing' }],
  [{ tagPattern: '*', tagDecoration: 'excludes' }, { tagPattern: 'pattern_nothing' }],
  [{ repositoryPattern: 'Team/**' }, { repositoryPattern: 'pattern_upper' }],
  [{ amount: '32766' }, {}],
  [{ amount: '32767', template: 'nDaysSinceLastPush' }, {}],
  [{ template: '' }, { template: 'required' }],
  [{ tagPattern: '' }, { tagPattern: 'required' }],
  [{ repositoryPattern: '{a' }, { repositoryPattern: 'pattern_brace' }],
  [{ repositoryPattern: 'a'.repeat(513) }, { repositoryPattern: 'too_long' }],
  [{ scope: 'selection', repositoryPattern: '' }, { repositoryPattern: 'repositories_none' }],
  [{ scope: 'selection' }, {}],
])('a rule with %o', (change, codes) => {
  const expected = Object.fromEntries(Object.entries(codes).map(([field, code]) => [`rules.0.${field}`, code]))
  expect(complaints(edited(toForm(read(documented)), {}, change))).toEqual(expected)
})

test.each<[Partial<RetentionDraft>, Record<string, string>]>([
  [{ trigger: 'scheduled', cron: '0 0 2 * *' }, { cron: 'cron_fields' }],
  [{ trigger: 'scheduled', cron: '0 * 2 * * *' }, {}],
  [{ trigger: 'event_based' }, { trigger: 'choice_unknown' }],
  [{ name: 'ä' }, { name: 'name_characters' }],
  [{ name: '保留-最近_10' }, {}],
  [{ rules: [] }, { rules: 'rules_none' }],
])('%o', (change, codes) => {
  expect(complaints({ ...toForm(read(documented)), ...change })).toEqual(codes)
})

describe('several rules', () => {
  const second = { ...rule, id: 10, params: { latestPushedK: 7 }, grace: 3 }
  const two = read({ ...documented, rules: [rule, second] })
  const added = (amount: string): RuleDraft => ({ ...blankRule(), amount })

  test('one is added, changed, moved, removed; the others go back as they were read', () => {
    const [one, other] = toForm(two).rules
    if (!one || !other) throw new TypeError('two rules were read')
    const [sentOne, sentOther] = toRequest(two).rules
    const of = (rules: RuleDraft[]) => save({ ...toForm(two), rules }, two).rules
    expect(of([one, other, added('3')])).toEqual([
      sentOne,
      sentOther,
      expect.objectContaining({ params: { latestPushedK: 3 } }),
    ])
    expect(of([one, { ...other, amount: '8' }])).toEqual([sentOne, { ...sentOther, params: { latestPushedK: 8 } }])
    expect(of([other, one])).toEqual([sentOther, sentOne])
    expect(of([other])).toEqual([sentOther])
  })

  test('fifteen are enough, and no two may say the same', () => {
    const filled = (count: number) => ({
      ...blankRetention(),
      name: 'many',
      rules: Array.from({ length: count }, (_, index) => added(String(index + 1))),
    })
    expect(complaints(filled(15))).toEqual({})
    expect(brokenIn(retentionRules, save(filled(15)))).toEqual([])
    expect(complaints(filled(16))).toEqual({ rules: 'rules_many' })
    expect(complaints({ ...toForm(two), rules: [...toForm(two).rules, added('5')] })).toEqual({
      'rules.2.origin': 'rule_repeated',
    })
  })

  test('twins that were read are left alone', () => {
    const twins = read({ ...documented, rules: [rule, rule] })
    expect(complaints({ ...toForm(twins), name: 'new' })).toEqual({})
    expect(complaints({ ...toForm(twins), rules: toForm(twins).rules.slice(0, 1) })).toEqual({})
  })

  test('each has its own flaws', () => {
    const [one, other] = toForm(two).rules
    if (!one || !other) throw new TypeError('two rules were read')
    const rules = [{ ...one, amount: '0' }, { ...other, tagPattern: 'a,b' }, added('')]
    expect(complaints({ ...toForm(two), rules })).toEqual({
      'rules.0.amount': 'amount_small',
      'rules.1.tagPattern': 'pattern_list',
      'rules.2.amount': 'required',
    })
  })

  test('a rule with more than the form shows stays or goes as a whole', () => {
    const odd = { ...second, tag_selectors: [...rule.tag_selectors, ...rule.tag_selectors] }
    const was = read({ ...documented, rules: [rule, odd] })
    const [one, other] = toForm(was).rules
    if (!one || !other) throw new TypeError('two rules were read')
    expect(toForm(was).unsupported).toEqual(['rules[1].tag_selectors[1]'])
    expect(complaints({ ...toForm(was), rules: [{ ...one, amount: '9' }, other] })).toEqual({})
    expect(complaints({ ...toForm(was), rules: [one] })).toEqual({})
    expect(complaints({ ...toForm(was), rules: [one, { ...other, amount: '9' }] })).toEqual({
      'rules.1.origin': 'not_editable',
    })
  })

  test('my rules, taken after somebody else removed one, keep what belongs to each', () => {
    const extras = '{"untagged":false}'
    const opened = read({
      ...documented,
      rules: [rule, { ...second, tag_selectors: [{ ...rule.tag_selectors[0], extras }], disabled: true }],
    })
    const now = read({ ...documented, name: 'renamed', rules: opened.rules.slice(1) })
    const [one, other] = toForm(opened).rules
    if (!one || !other) throw new TypeError('two rules were read')
    const mine = { ...toForm(opened), rules: [one, { ...other, amount: '8' }] }
    const taken = retentionQuestions.filter(({ name }) => name === 'rules')
    const merged = mergeRetention({ opened: toForm(opened), now: toForm(now), mine }, taken)
    expect(merged.rules.map(({ origin }) => origin)).toEqual([null, 0])
    expect(save(merged, now)).toEqual({
      ...toRequest(now),
      rules: [toRequest(opened).rules[0], { ...toRequest(opened).rules[1], params: { latestPushedK: 8 } }],
    })
  })
})

describe('odd policies', () => {
  test.each([
    ['no rules', { rules: [] }],
    ['rules null', { rules: null }],
    ['two rules', { rules: [rule, rule] }],
    ['unknown template', { rules: [{ ...rule, template: 'always', params: { always: 'x' } }] }],
    ['another algorithm', { algorithm: 'and' }],
    ['another action', { rules: [{ ...rule, action: 'delete' }] }],
    ['unknown decoration', { rules: [{ ...rule, tag_selectors: [{ decoration: 'likes', pattern: '*' }] }] }],
    ['two selectors', { rules: [{ ...rule, tag_selectors: [...rule.tag_selectors, ...rule.tag_selectors] }] }],
    ['another kind', { rules: [{ ...rule, tag_selectors: [{ ...rule.tag_selectors[0], kind: 'regexp' }] }] }],
    ['zero', { rules: [{ ...rule, params: { latestPushedK: 0 } }] }],
    ['a text as amount', { rules: [{ ...rule, params: { latestPushedK: 'many' } }] }],
    ['a negative amount', { rules: [{ ...rule, params: { latestPushedK: -5 } }] }],
    ['unknown scope', { rules: [{ ...rule, repo_scope_mode: 'all' }] }],
    ['unknown trigger', { trigger: { type: 'event_based' } }],
    ['a name with a dot', { name: 'keep v1.0' }],
    ['no name', { name: undefined }],
  ])('%s: can be switched and renamed, and the rule stays as it was', (_, change) => {
    const was = read({ ...documented, ...change })
    const request = toRequest(was)
    expect(complaints(toForm(was))).toEqual({})
    expect(save(toForm(was), was)).toEqual(request)
    expect(withEnabled(was, false)).toEqual({ ...request, enabled: false })
    const renamed = save({ ...toForm(was), name: '保留-10' }, was)
    expect(renamed).toEqual({ ...request, name: '保留-10' })
    for (const body of [renamed, withEnabled(was, false)]) expect(brokenIn(retentionRules, body, request)).toEqual([])
  })

  test.each([
    ['another algorithm', { algorithm: 'and' }, {}, { amount: '7' }, { unsupported: 'not_editable' }],
    ['unknown template', { rules: [{ ...rule, template: 'always' }] }, {}, { amount: '7' }, {}],
    [
      'zero',
      { rules: [{ ...rule, params: { latestPushedK: 0 } }] },
      {},
      { amount: '00' },
      { 'rules.0.amount': 'amount_small' },
    ],
    ['unknown trigger', { trigger: { type: 'event_based' } }, { trigger: 'hourly' }, {}, { trigger: 'choice_unknown' }],
    ['a name with a dot', { name: 'v1.0' }, { name: 'v1.1' }, {}, { name: 'name_characters' }],
  ])('%s: what is changed is looked at', (_, change, typed, ruleTyped, codes) => {
    expect(complaints(edited(toForm(read({ ...documented, ...change })), typed, ruleTyped))).toEqual(codes)
  })

  test('an untouched schedule and an empty pattern stay', () => {
    const was = read({
      ...documented,
      trigger: { type: 'scheduled', trigger_settings: { cron: '* * * * * *' } },
      rules: [{ ...rule, tag_selectors: [{ ...rule.tag_selectors[0], pattern: '' }] }],
    })
    expect(save(toForm(was), was)).toMatchObject({
      trigger: was.trigger,
      rules: [{ tag_selectors: [{ pattern: '' }] }],
    })
  })
})

const pattern = fc.constantFrom('**', '{a, b}', 'team/api', '', '{a,b}', 'v[0-9')
const extras = fc.option(fc.json(), { nil: undefined })
const readable = fc
  .record({
    template: fc.constantFrom(...retentionTemplates),
    amount: fc.integer({ min: 1, max: 32_766 }),
    asText: fc.boolean(),
    tags: fc.record({ decoration: fc.constantFrom(...tagDecorations), pattern, extras }),
    repository: fc.record({ pattern, extras }),
    repo_scope_mode: fc.constantFrom(...scopeModes),
    disabled: fc.boolean(),
    name: fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/),
    enabled: fc.boolean(),
    trigger: fc.record({
      type: fc.constantFrom(...retentionTriggers),
      trigger_settings: fc.record({ cron: fc.constantFrom('0 0 2 * * *', '* * * * * *') }),
    }),
  })
  .map(({ template, amount, asText, tags, repository, repo_scope_mode, disabled, ...policy }) =>
    read({
      ...documented,
      ...policy,
      rules: [
        {
          ...rule,
          ...{ template, params: { [template]: asText ? String(amount) : amount }, repo_scope_mode, disabled },
          tag_selectors: [{ kind: 'doublestar', ...tags }],
          scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', ...repository }] },
        },
      ],
    }),
  )

test('whatever can be read survives the form', () => {
  fc.assert(
    fc.property(readable, (was) => {
      const body = save(toForm(was), was)
      expect(body).toEqual(toRequest(was))
      expect(retentionBody.parse(body)).toEqual(body)
    }),
    { numRuns: 300 },
  )
})

test('whatever was read can be switched and renamed, whatever rule of ours it breaks', () => {
  const of = (example: object) => fc.dictionary(fc.constantFrom(...Object.keys(example)), fc.anything({ maxDepth: 2 }))
  fc.assert(
    fc.property(of(documented), of(rule), fc.boolean(), (change, ruleChange, inRule) => {
      const was = read(inRule ? { ...documented, rules: [{ ...rule, ...ruleChange }] } : { ...documented, ...change })
      const request = toRequest(was)
      expect(complaints(toForm(was))).toEqual({})
      expect(save(toForm(was), was)).toEqual(request)
      for (const body of [save({ ...toForm(was), name: 'new' }, was), withEnabled(was, true)]) {
        expect(retentionBody.safeParse(body).error).toBeUndefined()
        expect(brokenIn(retentionRules, body, request)).toEqual([])
      }
    }),
    { numRuns: 200 },
  )
})

test('an amount that breaks a rule of ours blocks no other field', () => {
  const edits: [Partial<RetentionDraft>, Partial<RuleDraft>][] = [
    [{ name: 'new' }, {}],
    [{ enabled: true }, {}],
    [{}, { tagPattern: 'release-*' }],
    [{}, { tagDecoration: 'excludes', tagPattern: 'v*' }],
    [{}, { repositoryPattern: 'team/**' }],
    [{}, { scope: 'selection', repositoryPattern: 'web' }],
    [{ trigger: 'scheduled', cron: '0 0 3 * * *' }, {}],
  ]
  // Whatever JSON can say.
  const amount = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.bigInt().map(String),
    fc.constantFrom(0, '0', ' 7 '),
  )
  fc.assert(
    fc.property(fc.option(amount), fc.constantFrom(...edits), (odd, [change, ruleChange]) => {
      const was = read({ ...documented, rules: [{ ...rule, params: odd === null ? {} : { [rule.template]: odd } }] })
      const draft = edited(toForm(was), change, ruleChange)
      expect(complaints(draft)).toEqual({})
      const body = save(draft, was)
      expect(brokenIn(retentionRules, body, toRequest(was))).toEqual([])
      expect(body.rules[0]?.params).toEqual(toRequest(was).rules[0]?.params)
    }),
    { numRuns: 300 },
  )
})

describe('switched on or off', () => {
  test('whatever can be read stays as it was', () => {
    fc.assert(
      fc.property(readable, fc.boolean(), (was, enabled) => {
        const sent = withEnabled(was, enabled)
        expect(sent).toEqual({ ...toRequest(was), enabled })
        // Beside the form of a request nothing else is said.
        expect(contentOf(sent)).toBe(contentOf(was))
        expect(sent.rules.map(({ params }) => params)).toEqual(was.rules.map(({ params }) => params))
      }),
    )
  })
})

test.each([
  [[], ''],
  [['web'], 'web'],
  [['web', 'team/api'], '{web,team/api}'],
])('picked repositories %o are sent as %s', (names, pattern) => {
  expect(formatInnerList(names, '**')).toBe(pattern)
  if (names.length > 0) expect(parseInnerList(pattern)).toEqual(names)
})

test('only lists of names are read as picked, and keep their spelling', () => {
  expect(parseInnerList('team/{api,web}')).toEqual(['team/api', 'team/web'])
  expect(formatInnerList(['team/web', 'team/api'], 'team/{api,web}')).toBe('team/{api,web}')
  for (const pattern of ['**', 'team/**', '{a,b*}', '']) expect(parseInnerList(pattern)).toBeNull()
})

describe('another namespace', () => {
  const picked = { scope: 'selection', repositoryPattern: '{nginx,redis}' } as const

  test('loses repositories that were picked, and nothing else', () => {
    const draft = edited(blankRetention(), { name: 'nightly' }, { amount: '5', ...picked })
    const carried = withoutPicked(draft)
    expect(carried).toEqual(edited(draft, {}, { repositoryPattern: '' }))
    expect(complaints(carried)).toEqual({ 'rules.0.repositoryPattern': 'repositories_none' })
    expect(withoutPicked(edited(draft, {}, { scope: 'regular' })).rules[0]?.repositoryPattern).toBe('{nginx,redis}')
  })

  test('keeps those of a policy that is repeated', () => {
    const copied = toForm(
      ruled({
        repo_scope_mode: 'selection',
        scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '{api,web}' }] },
      }),
    )
    expect(withoutPicked(copied)).toEqual(copied)
    expect(withoutPicked(edited(copied, {}, picked)).rules[0]?.repositoryPattern).toBe('{api,web}')
  })
})
