import { describe, expect, test } from 'vitest'
import { brokenIn } from '../../contract/rules'
import { type ImmutableRule, immutableRule } from '../../contract/swr/immutable-rule'
import { swrSchemas } from '../../contract/swr/schemas'
import { allBut } from './all-but'
import { blankImmutable, type ImmutableDraft, immutableForm, toBody, toDraft } from './form'
import { toRequest } from './request'
import { type Side, takenBy } from './selectors'

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
const form = immutableForm((namespace) => namespace === 'taken')
const complaints = (change: Partial<ImmutableDraft>) =>
  form
    .safeParse({ ...blankImmutable(), namespace: 'payments', ...change })
    .error?.issues.map(({ path, message }) => `${String(path[0])}: ${message}`) ?? []

test('a rule that was read goes back as it was read, switched on', () => {
  const draft = toDraft(rule)
  expect(draft).toMatchObject({ namespace: 'payments', repositories: 'team/**', tags: 'v*', enabled: false })
  expect(toBody(form.parse({ ...draft, enabled: true }), rule)).toEqual({
    priority: 0,
    disabled: false,
    action: 'immutable',
    template: 'immutable_template',
    tag_selectors: rule.tag_selectors,
    scope_selectors: { repository: rule.scope_selectors?.repository },
  })
})

test('a new rule is what SWR takes', () => {
  const body = toBody(form.parse({ ...blankImmutable(), namespace: 'payments', tags: allBut('latest') }))
  const { rules } = swrSchemas.immutableRuleCreate
  expect(rules.safeParse(body).success).toBe(true)
})

test.each<[Partial<ImmutableDraft>, string[]]>([
  [{}, []],
  [{ namespace: '' }, ['namespace: required']],
  [{ namespace: ' ' }, ['namespace: required']],
  [{ namespace: 'taken' }, ['namespace: namespace_taken']],
  [{ tags: '' }, ['tags: required']],
  [{ tags: 'v1,v2' }, ['tags: pattern_list']],
  [{ tags: '!latest' }, ['tags: pattern_not']],
  [{ repositories: 'Team/**' }, ['repositories: pattern_upper']],
  [{ repositories: 'a'.repeat(513) }, ['repositories: too_long']],
])('%j', (change, expected) => expect(complaints(change)).toEqual(expected))

const { rules } = swrSchemas.immutableRuleUpdate
const elsewhere = (tags: object[], repositories: object[] = [{ decoration: 'repoMatches', pattern: '**' }]) =>
  immutableRule.parse({
    id: 7,
    namespace_name: 'payments',
    disabled: false,
    tag_selectors: tags.map((each) => ({ kind: 'doublestar', ...each })),
    scope_selectors: { repository: repositories.map((each) => ({ kind: 'doublestar', ...each })) },
  })
const saved = (read: ImmutableRule, change: Partial<ImmutableDraft>) =>
  toBody(form.parse({ ...toDraft(read), ...change }), read)
const tagsOf = (read: ImmutableRule, change: Partial<ImmutableDraft>) => saved(read, change).tag_selectors

describe('a rule that was made elsewhere', () => {
  const latest = { kind: 'doublestar', decoration: 'excludes', pattern: 'latest', extras: '{"untagged":true}' }
  const excludes = elsewhere([latest])

  test('keeps what qualifies its patterns while they stay', () =>
    expect(saved(excludes, { enabled: false })).toMatchObject({
      disabled: true,
      tag_selectors: [latest],
      scope_selectors: { repository: [{ decoration: 'repoMatches', pattern: '**' }] },
    }))

  test('never has another pattern excluded', () =>
    expect(tagsOf(excludes, { tags: 'v*' })).toEqual([{ kind: 'doublestar', decoration: 'matches', pattern: 'v*' }]))

  test('is turned round where that is chosen, and back', () => {
    const matches = { ...toDraft(excludes).decorations, tags: 'matches' }
    expect(tagsOf(excludes, { decorations: matches })).toEqual([
      { kind: 'doublestar', decoration: 'matches', pattern: 'latest' },
    ])
    expect(tagsOf(excludes, { decorations: { ...matches, tags: 'excludes' } })).toEqual([latest])
  })

  test('leaves repositories out as long as their pattern stays', () => {
    const but = elsewhere(
      [{ decoration: 'matches', pattern: 'v*' }],
      [{ decoration: 'repoExcludes', pattern: 'tmp/**' }],
    )
    const repository = (change: Partial<ImmutableDraft>) => saved(but, change).scope_selectors?.repository[0]
    expect(repository({ tags: '**' })).toMatchObject({ decoration: 'repoExcludes', pattern: 'tmp/**' })
    expect(repository({ repositories: 'team/**' })).toMatchObject({ decoration: 'repoMatches', pattern: 'team/**' })
  })

  test('without a selector holds nothing, and does not begin to by being switched', () => {
    const none = immutableRule.parse({ id: 7, namespace_name: 'payments', disabled: true })
    expect(saved(none, { enabled: true })).toMatchObject({ disabled: false, tag_selectors: [] })
    expect(saved(none, { enabled: true })).not.toHaveProperty('scope_selectors')
  })

  test('is looked at anew when its pattern is meant in another way', () => {
    const list = toDraft(elsewhere([{ decoration: 'excludes', pattern: 'a,b' }]))
    expect(form.safeParse(list).success).toBe(true)
    const turned = form.safeParse({ ...list, decorations: { ...list.decorations, tags: 'matches' } })
    expect(turned.error?.issues).toMatchObject([{ path: ['tags'], message: 'pattern_list' }])
  })

  test.each<[string, object, string[]]>([
    ['as it was read', latest, []],
    ['with another pattern', { ...latest, pattern: 'v*' }, ['body.tag_selectors.0']],
    ['matching', { ...latest, decoration: 'matches' }, []],
  ])('goes to SWR %s or is refused', (_, sent, expected) => {
    const read = toRequest(excludes)
    const body = { ...read, tag_selectors: [sent] }
    expect(rules && brokenIn(rules, body, read).map(([path]) => path)).toEqual(expected)
  })
})

describe('what a selector takes', () => {
  test.each<[Side, Parameters<typeof takenBy>[1], ReturnType<typeof takenBy>]>([
    ['tags', undefined, 'none'],
    ['tags', { pattern: '' }, 'all'],
    ['tags', { decoration: 'matches', pattern: '**' }, 'all'],
    ['tags', { decoration: 'matches', pattern: 'v*' }, 'matching'],
    ['tags', { decoration: 'excludes', pattern: 'v*' }, 'others'],
    ['tags', { decoration: 'excludes', pattern: '**' }, 'none'],
    ['tags', { decoration: 'repoMatches', pattern: '**' }, 'other'],
    ['tags', { kind: 'regexp', decoration: 'matches', pattern: 'v.*' }, 'other'],
    ['repositories', { decoration: 'repoMatches', pattern: '**' }, 'all'],
    ['repositories', { decoration: 'repoExcludes', pattern: 'tmp/**' }, 'others'],
    ['repositories', { decoration: 'repoExcludes', pattern: '' }, 'none'],
  ])('%s %j: %s', (side, selector, expected) => expect(takenBy(side, selector)).toBe(expected))
})
