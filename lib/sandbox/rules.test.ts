import { beforeEach, describe, expect, test } from 'vitest'
import { bench } from '../testing/sandbox-client'
import type { Ask } from '../testing/signed-request'
import { field, listField, numberField, textField } from './json-fields'
import { prodId } from './seed/registries'

let at = bench()
beforeEach(() => {
  at = bench()
})
const here = { instance_id: prodId }

const push = {
  name: 'harbor-pull',
  dest_registry: { id: 3 },
  dest_namespace: 'aa',
  filters: [
    { type: 'name', value: 'library/**' },
    { type: 'tag', value: '**' },
  ],
  repo_scope_mode: 'regular',
  trigger: { type: 'manual' },
  override: true,
  enabled: true,
}
const { dest_registry: _, ...sideless } = push
const scheduled = (cron: string) => ({ ...push, trigger: { type: 'scheduled', trigger_settings: { cron } } })
const create = (body: unknown) => at.ask('replicationCreate', here, { body })
const list = (query: Ask['query'] = {}) => at.ask('replicationList', here, { query })
const names = (query: Ask['query']) => listField(list(query).json, 'policies').map((row) => textField(row, 'name'))
const refused = { status: 400, json: { error_code: expect.stringMatching(/^SWR\./), error_msg: expect.any(String) } }

describe('paging and order', () => {
  test.each<Ask['query'] & object>([
    { offset: 0 },
    { limit: 10 },
    { offset: 5, limit: 10 },
    { offset: 0, limit: 101 },
    { offset: 0, limit: 0 },
    { offset: -10, limit: 10 },
    { offset: 'x', limit: 10 },
    { order_type: 'asc' },
    { order_column: 'enabled' },
    { order_column: 'name', order_type: 'up' },
    { registry_id: 'harbor' },
  ])('%j is refused', (query) => {
    expect(list(query)).toMatchObject(refused)
  })

  test('a name given twice is refused', () => {
    const path = `/v2/0a1b2c3d4e5f60718293a4b5c6d7e8f9/instances/${prodId}/replication/policies`
    expect(at.send('GET', `${path}?name=a&name=b`)).toMatchObject(refused)
  })

  test('pages of any size make the whole list, each row once', () => {
    const all = [0, 1, 2, 3].flatMap((page) => names({ offset: page * 40, limit: 40 }))
    expect(all).toHaveLength(142)
    expect(new Set(all).size).toBe(142)
    expect(names({})).toEqual(all.slice(0, 10))
    expect(names({ offset: 1000, limit: 100 })).toEqual([])
  })

  test('sorted by name both ways, newest first by default', () => {
    const ascending = names({ offset: 0, limit: 100, order_column: 'name', order_type: 'asc' })
    expect(ascending).toEqual(ascending.toSorted())
    const descending = names({ offset: 0, limit: 100, order_column: 'name', order_type: 'desc' })
    expect(descending[0]).not.toBe(ascending[0])
    const created = listField(list().json, 'policies').map((row) => textField(row, 'created_at'))
    expect(created).toEqual(created.toSorted().reverse())
  })

  test('search is fuzzy and filters count in the total', () => {
    const found = list({ name: 'to-frank', offset: 0, limit: 100 }).json
    const rows = listField(found, 'policies')
    expect(rows.length).toBe(field(found, 'total'))
    expect(rows.every((row) => textField(row, 'name').includes('to-frank'))).toBe(true)
    const ofSix = list({ registry_id: 6, offset: 0, limit: 100 }).json
    expect(field(ofSix, 'total')).toBeGreaterThan(rows.length - 1)
    for (const row of listField(ofSix, 'policies'))
      expect([numberField(field(row, 'src_registry'), 'id'), numberField(field(row, 'dest_registry'), 'id')]).toContain(
        6,
      )
  })

  test('instances: offset need not be a multiple', () => {
    expect(at.ask('instanceList', {}, { query: { offset: 1, limit: 2 } }).status).toBe(200)
    expect(at.ask('instanceList', {}, { query: { offset: 1 } })).toMatchObject(refused)
  })

  test('an unknown query name is ignored', () => {
    expect(list({ surprise: 1 }).status).toBe(200)
  })
})

describe('replication policies', () => {
  test.each<[string, unknown]>([
    ['both registries', { ...push, src_registry: { id: 3 } }],
    ['the other side with id 0', { ...push, src_registry: { id: 0 } }],
    ['no registry', sideless],
    ['this instance as its own target', { ...push, dest_registry: { id: 0 } }],
    ['a registry that does not exist', { ...push, dest_registry: { id: 999 } }],
    ['a name with blanks', { ...push, name: 'harbor pull' }],
    ['a name that is too long', { ...push, name: 'x'.repeat(257) }],
    ['no filters', { ...push, filters: [] }],
    ['an unknown filter', { ...push, filters: [{ type: 'label', value: 'x' }] }],
    ['an empty filter', { ...push, filters: [{ type: 'name', value: '' }] }],
    ['an unknown mode', { ...push, repo_scope_mode: 'all' }],
    ['enabled left out', { ...push, enabled: undefined }],
    ['enabled as text', { ...push, enabled: 'true' }],
    ['a null', { ...push, description: null }],
    ['an unknown trigger', { ...push, trigger: { type: 'hourly' } }],
    ['a schedule without cron', { ...push, trigger: { type: 'scheduled' } }],
    ['a schedule with an empty cron', scheduled('')],
    ['five fields', scheduled('0 2 * * *')],
    ['a second that is not 0', scheduled('* 0 2 * * *')],
    ['every minute', scheduled('0 * 2 * * *')],
    ['hour 24', scheduled('0 0 24 * * *')],
  ])('%s is refused', (_name, body) => {
    expect(create(body)).toMatchObject(refused)
    expect(field(list().json, 'total')).toBe(142)
  })

  test('created, read back with both registries and its defaults', () => {
    const got = create({ ...push, override: undefined, dest_namespace: undefined })
    expect(got).toMatchObject({ status: 201, json: { id: expect.any(Number) } })
    const policy_id = String(field(got.json, 'id'))
    expect(at.ask('replicationShow', { ...here, policy_id }).json).toMatchObject({
      src_registry: { id: 0 },
      dest_registry: { id: 3 },
      trigger: { type: 'manual', trigger_settings: { cron: '' } },
      override: false,
      dest_namespace: '',
      description: '',
      created_at: expect.stringMatching(/^2026-03-04T09:30:00\.\d{6}Z$/),
    })
  })

  test('a name is given once', () => {
    expect(create(push).status).toBe(201)
    expect(create(push)).toMatchObject({ status: 409, json: { error_code: expect.any(String) } })
  })

  test('an update replaces everything, keeps what nobody knows, and answers nothing', () => {
    const policy_id = String(field(create({ ...push, description: 'first' }).json, 'id'))
    at.pass(60)
    const body = { ...push, name: 'renamed', flow: { speed: 3 }, id: 1, created_at: 'x' }
    expect(at.ask('replicationUpdate', { ...here, policy_id }, { body })).toMatchObject({ status: 200, body: '' })
    const read = at.ask('replicationShow', { ...here, policy_id }).json
    expect(read).toMatchObject({ id: Number(policy_id), name: 'renamed', description: '', flow: { speed: 3 } })
    expect(textField(read, 'updated_at') > textField(read, 'created_at')).toBe(true)
  })

  test('the name of another is refused, the own one is not', () => {
    const policy_id = String(field(create(push).json, 'id'))
    const update = (name: string) =>
      at.ask('replicationUpdate', { ...here, policy_id }, { body: { ...push, name } }).status
    expect(update(push.name)).toBe(200)
    expect(update('payments-to-frankfurt')).toBe(409)
  })

  test('what does not exist', () => {
    const nowhere = { ...here, policy_id: '99999' }
    const gone = { status: 404, json: { error_code: expect.any(String) } }
    expect(at.ask('replicationShow', nowhere)).toMatchObject(gone)
    expect(at.ask('replicationUpdate', nowhere, { body: push })).toMatchObject(gone)
    expect(at.ask('replicationDelete', nowhere)).toMatchObject(gone)
    expect(at.ask('replicationShow', { ...here, policy_id: 'x' })).toMatchObject(refused)
  })

  test('deleted is gone, and its id is not given again', () => {
    const first = numberField(create(push).json, 'id')
    const got = at.ask('replicationDelete', { ...here, policy_id: String(first) })
    expect(got).toMatchObject({ status: 204, body: '' })
    expect(at.ask('replicationShow', { ...here, policy_id: String(first) }).status).toBe(404)
    expect(numberField(create(push).json, 'id')).not.toBe(first)
  })

  test('the quota of the statistics counts', () => {
    const count = field(at.ask('instanceStatistics', here).json, 'replica_policy_count')
    expect(count).toBe(142)
    const instance = at.world.instances.get(prodId)
    if (instance) instance.statistics = { replica_policy_quota: 143 }
    expect(create(push).status).toBe(201)
    expect(create({ ...push, name: 'one-too-many' })).toMatchObject(refused)
  })
})

describe('retention policies', () => {
  const rule = {
    priority: 0,
    action: 'retain',
    repo_scope_mode: 'regular',
    scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
    tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: '**' }],
    disabled: false,
    params: { latestPushedK: 10 },
    template: 'latestPushedK',
  }
  const body = {
    algorithm: 'or',
    enabled: true,
    rules: [rule],
    trigger: { trigger_settings: { cron: '' }, type: 'manual' },
    name: 'test11',
  }
  const there = { ...here, namespace_name: 'payments', policy_id: '8' }
  const update = (changed: unknown) => at.ask('retentionUpdate', there, { body: changed })
  const withRule = (changes: object) => ({ ...body, rules: [{ ...rule, ...changes }] })

  test('an update answers 201 and nothing; the service keeps its own keys', () => {
    expect(update({ ...body, note: 'kept' })).toMatchObject({ status: 201, body: '' })
    expect(at.ask('retentionShow', there).json).toMatchObject({
      ...body,
      rules: [{ ...rule, id: 71 }],
      id: 8,
      namespace_id: 2,
      namespace_name: 'payments',
      note: 'kept',
    })
  })

  test('numbers may come as text', () => {
    expect(update(withRule({ params: { latestPushedK: '10' } })).status).toBe(201)
  })

  test.each<[string, unknown]>([
    ['no rule', { ...body, rules: [] }],
    ['two rules', { ...body, rules: [rule, rule] }],
    ['two tag selectors', withRule({ tag_selectors: [...rule.tag_selectors, ...rule.tag_selectors] })],
    ['no repository selector', withRule({ scope_selectors: { repository: [] } })],
    ['another scope', withRule({ scope_selectors: { ...rule.scope_selectors, project: [] } })],
    ['the parameter of another template', withRule({ params: { latestPulledN: 10 } })],
    ['two parameters', withRule({ params: { latestPushedK: 10, latestPulledN: 10 } })],
    ['too large a count', withRule({ params: { latestPushedK: 32_767 } })],
    ['a fraction', withRule({ params: { latestPushedK: 1.5 } })],
    ['an unknown template', withRule({ template: 'always', params: { always: 1 } })],
    ['a wrong decoration', withRule({ tag_selectors: [{ ...rule.tag_selectors[0], decoration: 'repoMatches' }] })],
    ['too long a pattern', withRule({ tag_selectors: [{ ...rule.tag_selectors[0], pattern: 'x'.repeat(513) }] })],
    ['another algorithm', { ...body, algorithm: 'and' }],
    ['an event', { ...body, trigger: { type: 'event_based' } }],
    ['a second that is not 0', { ...body, trigger: { type: 'scheduled', trigger_settings: { cron: '5 0 2 * * *' } } }],
    ['a name with dots', { ...body, name: 'a.b' }],
  ])('%s is refused', (_name, changed) => {
    expect(update(changed)).toMatchObject(refused)
  })

  test('unknown: 400 with the code that SWR was seen to use; an unknown namespace is 404', () => {
    const gone = { status: 400, json: { error_code: 'SWR.400003' } }
    expect(at.ask('retentionShow', { ...there, policy_id: '999' })).toMatchObject(gone)
    expect(at.ask('retentionUpdate', { ...there, namespace_name: 'library' }, { body })).toMatchObject(gone)
    expect(at.ask('retentionShow', { ...there, namespace_name: 'nowhere' }).status).toBe(404)
  })
})
