import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { replicationBody } from '../contract/swr/replication'
import { retentionBody } from '../contract/swr/retention'
import { merge } from './merge'

const push = {
  name: 'test',
  description: 'test',
  dest_registry: { id: 6 },
  dest_namespace: '',
  filters: [
    { type: 'name', value: '**/**' },
    { type: 'tag', value: '**' },
  ],
  repo_scope_mode: 'regular',
  trigger: { type: 'manual', trigger_settings: { cron: '' } },
  override: true,
  enabled: true,
}
const retention = {
  algorithm: 'or',
  enabled: true,
  name: 'keep',
  trigger: { type: 'manual', trigger_settings: { cron: '' } },
  rules: [
    {
      priority: 0,
      action: 'retain',
      template: 'latestPushedK',
      params: { latestPushedK: 10 },
      tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: '**' }],
      scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
      repo_scope_mode: 'regular',
    },
  ],
}

describe('a replication policy', () => {
  test('the documented update goes out as the documentation writes it', () => {
    const was = {
      ...push,
      id: 20,
      name: 'before',
      src_registry: { id: 0, name: '' },
      dest_registry: { id: 6, name: 'mirror', credential: { access_key: 'a', access_secret: '***' } },
      created_at: '2020-12-03T11:55:14Z',
      updated_at: '2020-12-03T11:55:14Z',
    }
    expect(merge(replicationBody, push, was)).toEqual(push)
  })

  test('what the console does not know survives at every level', () => {
    const was = {
      ...push,
      speed: -1,
      nothing: null,
      dest_registry: { id: 6, region: 'x' },
      filters: [
        { type: 'label', value: 'v', only: 'here' },
        { type: 'tag', value: '**', only: 'there' },
        { type: 'name', value: 'old', case: true },
      ],
      trigger: { type: 'scheduled', zone: 'UTC', trigger_settings: { cron: '0 0 0 * * *', jitter: 3 } },
    }
    expect(merge(replicationBody, push, was)).toEqual({
      ...push,
      speed: -1,
      nothing: null,
      dest_registry: { id: 6, region: 'x' },
      filters: [
        // Another value: what was said of the one before is not said of it.
        { type: 'name', value: '**/**' },
        { type: 'tag', value: '**', only: 'there' },
      ],
      trigger: { type: 'manual', zone: 'UTC', trigger_settings: { cron: '', jitter: 3 } },
    })
  })

  test('another registry does not inherit from the one before', () => {
    expect(merge(replicationBody, push, { dest_registry: { id: 5, region: 'x' } })).toEqual(push)
  })

  test('turning the direction leaves nothing of the other side', () => {
    const { dest_registry: _, ...rest } = push
    const pull = { ...rest, src_registry: { id: 12 } }
    const was = { ...push, src_registry: { id: 0, region: 'here' }, dest_registry: { id: 6, region: 'x' } }
    expect(merge(replicationBody, pull, was)).toEqual(pull)
  })

  test('known properties that the body leaves out stay out', () => {
    const { description: _, ...body } = push
    expect(merge(replicationBody, body, push)).toEqual(body)
  })

  test.each([
    { filters: null, trigger: null, dest_registry: null },
    { filters: 'x', trigger: [], dest_registry: 6 },
    { filters: [null, 3, 'x', []], trigger: { trigger_settings: 7 }, dest_registry: [] },
    { filters: [], trigger: {}, dest_registry: {} },
  ])('an odd present object changes nothing: %j', (was) => expect(merge(replicationBody, push, was)).toEqual(push))

  test('two filters of one type meet in their order', () => {
    const twice = (a: object, b: object) => [
      { type: 'tag', value: 'a', ...a },
      { type: 'tag', value: 'b', ...b },
    ]
    const sent = { ...push, filters: twice({}, {}) }
    expect(merge(replicationBody, sent, { filters: twice({ n: 1 }, { n: 2 }) }).filters).toEqual(
      twice({ n: 1 }, { n: 2 }),
    )
  })

  test('a property named like the prototype is data', () => {
    const merged = merge(replicationBody, push, JSON.parse('{"__proto__":{"polluted":1}}'))
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype)
    expect(JSON.stringify(merged)).toContain('"__proto__":{"polluted":1}')
  })
})

describe('a retention policy', () => {
  const [rule] = retention.rules
  const was = (more: object) => ({
    ...retention,
    id: 7,
    namespace_id: 3,
    namespace_name: 'n',
    rules: [{ ...rule, ...more }],
  })

  test('the own ids of the service stay behind', () => {
    expect(merge(retentionBody, retention, was({ id: 9 }))).toEqual(retention)
  })

  test('rules and selectors meet by their place', () => {
    const selector = { kind: 'doublestar', decoration: 'excludes', pattern: 'x', weight: 2 }
    const merged = merge(
      retentionBody,
      retention,
      was({
        note: 'kept',
        tag_selectors: [selector],
        scope_selectors: { project: [], repository: [selector, selector] },
      }),
    )
    expect(merged.rules).toEqual([
      {
        ...rule,
        note: 'kept',
        tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: '**', weight: 2 }],
        scope_selectors: {
          project: [],
          repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**', weight: 2 }],
        },
      },
    ])
  })

  test('a rule that is as it was keeps what is its own, when others come and go', () => {
    const other = { ...rule, params: { latestPushedK: 3 } }
    const present = {
      ...retention,
      rules: [
        { ...rule, id: 1, note: 'first' },
        { ...other, id: 2, note: 'second' },
      ],
    }
    const merged = (...rules: unknown[]) => merge(retentionBody, { ...retention, rules }, present).rules
    expect(merged(other)).toEqual([{ ...other, note: 'second' }])
    expect(merged(other, rule)).toEqual([
      { ...other, note: 'second' },
      { ...rule, note: 'first' },
    ])
    const added = { ...rule, params: { latestPushedK: 9 } }
    expect(merged(rule, added, other)).toEqual([{ ...rule, note: 'first' }, added, { ...other, note: 'second' }])
    expect(merged(added, other)).toEqual([
      { ...added, note: 'first' },
      { ...other, note: 'second' },
    ])
  })

  test('parameters of another template do not come along', () => {
    const params = { nArtifacts: 3 }
    expect(merge(retentionBody, retention, was({ template: 'nArtifacts', params }))).toEqual(retention)
    expect(merge(retentionBody, retention, was({ params })).rules).toEqual([
      { ...rule, params: { latestPushedK: 10, nArtifacts: 3 } },
    ])
  })
})

test('for any present object: known is what the body says, unknown is what was there', () => {
  const known = Object.keys(replicationBody.shape)
  const services = ['id', 'created_at', 'updated_at', 'namespace_id', 'namespace_name']
  const part = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('id', 'type', 'value', 'cron')), fc.jsonValue())
  const present = fc.record(
    Object.fromEntries(known.map((name) => [name, fc.oneof(fc.jsonValue(), part, fc.array(part))])),
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(present, fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue()), (some, spare) => {
      const merged = merge(replicationBody, push, { ...spare, ...some })
      expect(merged).toMatchObject(push)
      expect(
        Object.keys(merged)
          .filter((name) => known.includes(name))
          .sort(),
      ).toEqual(Object.keys(push).sort())
      const filters = merged.filters as unknown[]
      expect(filters).toHaveLength(push.filters.length)
      for (const [name, value] of Object.entries(spare))
        if (!known.includes(name))
          expect(Object.hasOwn(merged, name) ? merged[name] : undefined).toEqual(
            services.includes(name) ? undefined : value,
          )
    }),
  )
})
