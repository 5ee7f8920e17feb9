import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { immutableRule } from '../../contract/swr/immutable-rule'
import { held, ImmutableRules } from './immutable'
import { immutableContentOf, mayHoldLess } from './immutable-content'

const rule = {
  id: 7,
  namespace_id: 1,
  namespace_name: 'payments',
  priority: 0,
  disabled: false,
  action: 'immutable',
  template: 'immutable_template',
  tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: 'v*', extras: '' }],
  scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
}
const read = (change: object = {}) => immutableRule.parse({ ...rule, ...change })
const of = (...changes: object[]) => immutableContentOf(changes.map(read))
const tags = (change: object) => ({ tag_selectors: [{ ...rule.tag_selectors[0], ...change }] })
const repositories = (change: object) => ({
  scope_selectors: { repository: [{ ...rule.scope_selectors.repository[0], ...change }] },
})

describe('equal rules', () => {
  test.each([
    ['another id', of({ id: 8 })],
    ['another priority', of({ priority: 3 })],
    ['not said to be on', of({ disabled: undefined })],
    ['no action', of({ action: undefined })],
    ['no extras', of(tags({ extras: undefined }))],
    ['a rule more that is off', of({}, { disabled: true, ...tags({ pattern: '**' }) })],
  ])('%s', (_, other) => expect(other).toBe(of({})))

  test('in another order', () => {
    const [one, other] = [tags({ pattern: 'a' }), tags({ pattern: 'b' })]
    expect(of(one, other)).toBe(of(other, one))
  })
})

describe('other rules', () => {
  test.each([
    ['none', of()],
    ['off', of({ disabled: true })],
    ['a tag pattern', of(tags({ pattern: 'v**' }))],
    ['its decoration', of(tags({ decoration: 'excludes' }))],
    ['its extras', of(tags({ extras: '{"untagged":true}' }))],
    ['a repository pattern', of(repositories({ pattern: 'api' }))],
    ['its decoration', of(repositories({ decoration: 'repoExcludes' }))],
    ['no repository', of({ scope_selectors: undefined })],
    ['no tag selector', of({ tag_selectors: [] })],
    ['another action', of({ action: 'none' })],
    ['a rule more', of({}, tags({ pattern: 'a' }))],
    ['the same twice', of({}, {})],
  ])('%s', (_, other) => expect(other).not.toBe(of({})))
})

/** Rules in a small world, so that equal ones are frequent. */
const anyRule = fc
  .record({
    disabled: fc.boolean(),
    tag: fc.constantFrom('**', 'v*', 'latest', '{v1,latest}'),
    decoration: fc.constantFrom('matches', 'excludes'),
    repository: fc.constantFrom('**', 'api', 'a*'),
  })
  .map(({ disabled, tag, decoration, repository }) =>
    read({ disabled, ...tags({ pattern: tag, decoration }), ...repositories({ pattern: repository }) }),
  )
const anyRules = fc.array(anyRule, { maxLength: 3 })
const images = ['api', 'app', 'web'].flatMap((name) =>
  [[], ['v1'], ['latest'], ['v1', 'latest'], ['other']].map((names) => ({ name, tags: names })),
)
const verdicts = (rules: Parameters<typeof immutableContentOf>[0]) => {
  const all = new ImmutableRules(rules.map((each, id) => ({ ...each, id })))
  return images.map(({ name, tags: names }) => all.holds(name, { tags: names }))
}

test('whatever changes a verdict is another content', () => {
  fc.assert(
    fc.property(anyRules, anyRules, (one, other) => {
      if (immutableContentOf(one) === immutableContentOf(other)) expect(verdicts(one)).toEqual(verdicts(other))
    }),
    { numRuns: 500 },
  )
})

test('a change that may let go of a tag is taken for one', () => {
  fc.assert(
    fc.property(anyRule, fc.option(anyRule), (was, now) => {
      const [before, after] = [verdicts([was]), verdicts(now ? [now] : [])]
      const letsGo = before.some((each, index) => each !== held.no && after[index] !== each)
      if (letsGo) expect(mayHoldLess(was, now)).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('switching on a wrong pattern lets go of what other rules hold', () => {
  for (const wrong of [tags({ pattern: 'v[1' }), repositories({ pattern: 'a[p' })]) {
    expect(mayHoldLess(read({ disabled: true }), read(wrong))).toBe(true)
    expect(mayHoldLess(read({ disabled: true }), read({ ...wrong, disabled: true }))).toBe(false)
  }
  expect(mayHoldLess(read({ disabled: true }), read(tags({ pattern: '' })))).toBe(false)
})

test('switching on, and the same once more, let go of nothing', () => {
  expect(mayHoldLess(read({ disabled: true }), read(tags({ pattern: 'a' })))).toBe(false)
  expect(mayHoldLess(read({ disabled: true }), null)).toBe(false)
  expect(mayHoldLess(read(), read({ id: undefined }))).toBe(false)
})
