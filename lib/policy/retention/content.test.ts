import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Retention, retentionOperations } from '../../contract/swr/retention'
import { contentOf } from './content'
import { toRequest, withEnabled } from './request'

const read = (policy: object): Retention => retentionOperations.retentionShow.response.parse(policy)

const selector = { kind: 'doublestar', decoration: 'matches', pattern: 'v*', extras: '' }
const scope = { kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }
const rule = {
  id: 9,
  priority: 0,
  action: 'retain',
  repo_scope_mode: 'regular',
  scope_selectors: { repository: [scope] },
  tag_selectors: [selector],
  disabled: false,
  params: { latestPushedK: 5 },
  template: 'latestPushedK',
}
const policy = {
  id: 4,
  name: 'test11',
  enabled: true,
  namespace_id: 1,
  algorithm: 'or',
  rules: [rule],
  trigger: { type: 'manual', trigger_settings: { cron: '' } },
}
const content = (change: object = {}) => contentOf(read({ ...policy, ...change }))
const ruled = (change: object) => content({ rules: [{ ...rule, ...change }] })

describe('equal contents', () => {
  test.each([
    ['name', content({ name: 'other' })],
    ['switch', content({ enabled: false })],
    ['id of a rule', ruled({ id: 10 })],
    ['no id', ruled({ id: undefined })],
    ['no algorithm', content({ algorithm: undefined })],
    ['no trigger', content({ trigger: undefined })],
    ['a trigger without settings', content({ trigger: { type: 'manual' } })],
    ['not said to be on', ruled({ disabled: undefined })],
    ['no action', ruled({ action: undefined })],
    ['no extras', ruled({ tag_selectors: [{ ...selector, extras: undefined }] })],
    ['no kind', ruled({ tag_selectors: [{ ...selector, kind: undefined }] })],
    ['another order of keys', content({ rules: [Object.fromEntries(Object.entries(rule).reverse())] })],
    ['the request that saves it', contentOf(toRequest(read(policy)))],
    ['the request that switches it', contentOf(withEnabled(read(policy), false))],
  ])('%s', (_, other) => {
    expect(other).toBe(content())
  })

  test('a number as text, in the request that switches it', () => {
    const text = { ...policy, rules: [{ ...rule, params: { latestPushedK: '5' } }] }
    expect(contentOf(withEnabled(read(text), false))).toBe(contentOf(read(text)))
  })
})

describe('other contents', () => {
  test.each([
    ['algorithm', content({ algorithm: 'and' })],
    ['a number', ruled({ params: { latestPushedK: 6 } })],
    ['a number as text', ruled({ params: { latestPushedK: '5' } })],
    ['no number', ruled({ params: {} })],
    ['null, which counts as ten', ruled({ params: { latestPushedK: null } })],
    ['template', ruled({ template: 'latestPulledN' })],
    ['a tag pattern', ruled({ tag_selectors: [{ ...selector, pattern: 'v**' }] })],
    ['its decoration', ruled({ tag_selectors: [{ ...selector, decoration: 'excludes' }] })],
    ['its extras', ruled({ tag_selectors: [{ ...selector, extras: '{"untagged":false}' }] })],
    ['no tag selector', ruled({ tag_selectors: [] })],
    ['a repository pattern', ruled({ scope_selectors: { repository: [{ ...scope, pattern: 'api' }] } })],
    ['no repository selector', ruled({ scope_selectors: undefined })],
    ['a rule switched off', ruled({ disabled: true })],
    ['a property that nobody knows', ruled({ grace: 3 })],
    ['no rule', content({ rules: [] })],
    ['a rule more', content({ rules: [rule, rule] })],
    ['kind of trigger', content({ trigger: { type: 'scheduled', trigger_settings: { cron: '' } } })],
    ['time', content({ trigger: { type: 'manual', trigger_settings: { cron: '0 0 2 * * *' } } })],
  ])('%s', (_, other) => {
    expect(other).not.toBe(content())
  })
})

/** Random policies in a small world, so that equal parts are frequent. */
const anySelector = fc.record({
  kind: fc.constant('doublestar'),
  decoration: fc.constantFrom('matches', 'excludes'),
  pattern: fc.constantFrom('**', 'v*', 'latest'),
  extras: fc.constantFrom('', '{"untagged":true}', '{"untagged":false}'),
})
const anyRule = fc.record({
  priority: fc.constant(0),
  disabled: fc.boolean(),
  action: fc.constant('retain'),
  template: fc.constantFrom('latestPushedK', 'nDaysSinceLastPull'),
  params: fc.record({ latestPushedK: fc.nat(3), nDaysSinceLastPull: fc.nat(3) }, { requiredKeys: [] }),
  tag_selectors: fc.array(anySelector, { maxLength: 2 }),
  scope_selectors: fc.record({ repository: fc.array(anySelector, { maxLength: 2 }) }),
  repo_scope_mode: fc.constantFrom('regular', 'selection'),
})
const deciding = fc.record({
  algorithm: fc.constantFrom('or', 'and'),
  rules: fc.array(anyRule, { maxLength: 3 }),
  trigger: fc.record({
    type: fc.constantFrom('manual', 'scheduled'),
    trigger_settings: fc.record({ cron: fc.constantFrom('', '0 0 2 * * *', '0 0 3 * * *') }),
  }),
})
const label = fc.record({ name: fc.string(), enabled: fc.boolean(), id: fc.integer({ min: 1 }) })

test('contents are equal exactly where what decides is', () => {
  fc.assert(
    fc.property(deciding, deciding, label, label, (one, other, first, second) => {
      const equal = JSON.stringify(one) === JSON.stringify(other)
      expect(contentOf(read({ ...one, ...first })) === contentOf(read({ ...other, ...second }))).toBe(equal)
      expect(contentOf(read({ ...one, ...first }))).toBe(contentOf(read({ ...one, ...second })))
    }),
    { numRuns: 2000 },
  )
})

/** Paths of all single values in it. */
function leaves(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, part]) =>
    leaves(part, [...path, Array.isArray(value) ? Number(name) : name]),
  )
}

function changed(value: unknown, [name, ...rest]: readonly (string | number)[]): unknown {
  if (name === undefined)
    return typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : `${value}x`
  if (Array.isArray(value)) return value.map((part, index) => (index === name ? changed(part, rest) : part))
  if (typeof value !== 'object' || value === null) throw new TypeError('no such place')
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, key === name ? changed(part, rest) : part]),
  )
}

test('any single change of what decides is another content', () => {
  fc.assert(
    fc.property(deciding, fc.nat(), (policy, place) => {
      const paths = leaves(policy)
      const path = paths[place % paths.length] ?? []
      expect(contentOf(read(changed(policy, path) as object))).not.toBe(contentOf(read(policy)))
    }),
    { numRuns: 2000 },
  )
})

test('a rule or a selector more or less is another content', () => {
  const some = fc.record({
    algorithm: fc.constant('or'),
    rules: fc.array(anyRule, { minLength: 1, maxLength: 3 }),
    trigger: fc.constant({ type: 'manual', trigger_settings: { cron: '' } }),
  })
  fc.assert(
    fc.property(some, anyRule, anySelector, fc.nat(), ({ rules, ...policy }, more, selector, place) => {
      const at = place % rules.length
      const rule = rules[at] ?? more
      const { repository } = rule.scope_selectors
      const scoped = (list: typeof repository) => rules.with(at, { ...rule, scope_selectors: { repository: list } })
      const others = [
        rules.toSpliced(at, 1),
        rules.toSpliced(at, 0, more),
        rules.with(at, { ...rule, tag_selectors: [...rule.tag_selectors, selector] }),
        scoped([...repository, selector]),
        ...(rule.tag_selectors.length > 0
          ? [rules.with(at, { ...rule, tag_selectors: rule.tag_selectors.slice(1) })]
          : []),
        ...(repository.length > 0 ? [scoped(repository.slice(1))] : []),
      ]
      const own = contentOf(read({ ...policy, rules }))
      for (const other of others) expect(contentOf(read({ ...policy, rules: other }))).not.toBe(own)
    }),
    { numRuns: 1000 },
  )
})
