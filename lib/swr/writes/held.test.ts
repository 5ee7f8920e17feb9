import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SwrOperation } from '../../contract/swr/operations'
import { audit, revisions } from '../../db/schema'
import { withEnabled as switchedReplication } from '../../policy/replication/request'
import { appliedBody } from '../../policy/retention/apply'
import { withEnabled as switchedRetention } from '../../policy/retention/request'
import type { TestMember } from '../../testing/console'
import { type SandboxedConsole, startOnSandbox } from '../../testing/sandbox'

const label = { type: 'label', value: ['prod', 'eu'] }
const policy = {
  id: 7,
  name: 'legacy sync v1.0',
  description: '',
  src_registry: { id: 0 },
  dest_registry: { id: 3 },
  dest_namespace: '',
  filters: [{ type: 'tag', value: 'v1', decoration: 'excludes' }, label],
  repo_scope_mode: 'all',
  trigger: { type: 'scheduled', trigger_settings: { cron: '@daily' } },
  override: false,
  enabled: false,
  token: 'not-for-anybody',
}
const selector = { kind: 'doublestar', decoration: 'matches', pattern: '**', extras: '' }
const rule = {
  id: 70,
  priority: 0,
  disabled: false,
  action: 'retain',
  template: 'latestPushedK',
  params: { latestPushedK: 'many' },
  tag_selectors: [selector],
  scope_selectors: { repository: [{ ...selector, decoration: 'repoMatches' }] },
  repo_scope_mode: 'regular',
}
const retention = {
  id: 9,
  namespace_id: 1,
  namespace_name: 'team',
  algorithm: 'or',
  enabled: false,
  name: 'keep.ten',
  rules: [rule, { ...rule, id: 71, template: 'always', params: { always: 1 } }],
  trigger: { type: 'manual', trigger_settings: { cron: '' } },
}
const login = 'robot$ci:S3cretInAddress'
const registry = {
  id: 3,
  name: 'odd.registry',
  type: 'swr-pro',
  url: `https://${login}@harbor.example.com`,
  credential: { type: 'basic', access_key: 'robot', access_secret: '' },
  insecure: false,
  status: 'healthy',
  secret: 'another-secret',
  extra: { api_token: 'a-third-secret', kept: 1 },
}
const credential = { type: 'basic', access_key: 'robot', access_secret: 'typed-secret' }

describe('what SWR holds already', () => {
  let console_: SandboxedConsole
  let admin: TestMember
  let instance_id = ''

  beforeAll(async () => {
    console_ = await startOnSandbox()
    admin = await console_.member('admin')
  })
  afterAll(() => console_.close())
  beforeEach(async () => {
    const namespaces = [{ name: 'team', repositories: [] }]
    instance_id = await console_.instance({
      namespaces,
      policies: [policy],
      retentions: [retention],
      registries: [registry],
    })
  })

  const place = { policy_id: '7', registry_id: '3', namespace_name: 'team' }
  async function ask(name: SwrOperation, more: { body?: unknown; ifMatch?: string; basis?: string } = {}, params = {}) {
    const asked = { params: { instance_id, ...place, ...params }, ...more }
    const answer = await console_.swr(admin, name, asked)
    return { status: answer.status, json: await answer.json() }
  }
  const sent = async (method: string) =>
    (await console_.received(instance_id)).flatMap((request) => (request.method === method ? [request.body] : []))

  test('a replication policy that breaks our rules can be switched, and nothing of it is lost', async () => {
    const { json } = await ask('replicationShow')
    const got = await ask('replicationUpdate', { body: switchedReplication(json, true), ifMatch: json.content_hash })
    expect(got).toMatchObject({ status: 200, json: { now: { enabled: true, name: policy.name } } })
    const { id: _, ...whole } = policy
    expect(await sent('PUT')).toEqual([{ ...whole, src_registry: undefined, enabled: true }].map(withoutUndefined))
  })

  test.each([
    ['another name against the rule', { name: 'two words' }, 'body.name'],
    ['another trigger', { trigger: { type: 'hourly' } }, 'body.trigger.type'],
    ['one more filter', { filters: [...policy.filters, { type: 'resource', value: 'x' }] }, 'body.filters.2.type'],
  ])('%s is refused at its field, and SWR is not asked', async (_, change, field) => {
    const { json } = await ask('replicationShow')
    const body = { ...switchedReplication(json, true), ...change }
    const got = await ask('replicationUpdate', { body, ifMatch: json.content_hash })
    expect(got).toMatchObject({
      status: 422,
      json: { code: 'invalid_request', fields: { [field]: expect.any(String) } },
    })
    expect(await sent('PUT')).toEqual([])
  })

  test('the decoration of a filter does not go over to another value', async () => {
    const { json } = await ask('replicationShow')
    const filters = [{ type: 'tag', value: 'v2' }, label]
    await ask('replicationUpdate', {
      body: { ...switchedReplication(json, true), filters },
      ifMatch: json.content_hash,
    })
    expect(await sent('PUT')).toMatchObject([{ filters }])
    expect(JSON.stringify(await sent('PUT'))).not.toContain('excludes')
  })

  test('a copy may repeat what the policy says that it names, and nothing else', async () => {
    const { json } = await ask('replicationShow')
    const body = { ...switchedReplication(json, false), name: '副本' }
    const alone = await ask('replicationCreate', { body })
    expect(alone).toMatchObject({ status: 422, json: { fields: { 'body.repo_scope_mode': expect.any(String) } } })
    const other = await ask('replicationCreate', { body: { ...body, name: 'two words' }, basis: '7' })
    expect(other).toMatchObject({ status: 422, json: { fields: { 'body.name': 'invalid_format' } } })
    expect(await sent('POST')).toEqual([])
    // SWR itself may refuse it: here it does, and its words come back.
    expect(await ask('replicationCreate', { body, basis: '7' })).toMatchObject({
      status: 400,
      json: { code: 'swr_invalid' },
    })
    expect(await sent('POST')).toMatchObject([{ name: '副本', repo_scope_mode: 'all', filters: policy.filters }])
  })

  test('a retention policy with two rules can be switched, and both stay', async () => {
    const { json } = await ask('retentionShow', {}, { policy_id: '9' })
    const body = switchedRetention(json, true)
    const got = await ask('retentionUpdate', { body, ifMatch: json.content_hash }, { policy_id: '9' })
    expect(got).toMatchObject({ status: 200, json: { now: { enabled: true } } })
    expect(await sent('PUT')).toMatchObject([
      { rules: retention.rules.map(({ id: _, ...each }) => each), name: 'keep.ten', enabled: true },
    ])
  })

  test('rules of another namespace may be repeated with an amount that is text, and nothing else of the kind', async () => {
    const textRule = { ...rule, params: { latestPushedK: '10' } }
    const source = { ...retention, name: 'keep', rules: [textRule] }
    const three = { ...rule, params: { latestPushedK: 3 } }
    const own = { ...source, id: 10, namespace_id: 2, namespace_name: 'other', rules: [three] }
    const namespaces = ['team', 'other', 'third'].map((name) => ({ name, repositories: [] }))
    instance_id = await console_.instance({ namespaces, retentions: [source, own] })
    const read = await ask('retentionShow', {}, { policy_id: '9' })
    const there = { namespace_name: 'other', policy_id: '10' }
    const { json } = await ask('retentionShow', {}, there)
    const body = appliedBody(read.json, json)
    const put = (more: object) => ask('retentionUpdate', { body, ifMatch: json.content_hash, ...more }, there)
    const refused = { status: 422, json: { fields: { 'body.rules.0.params.latestPushedK': expect.any(String) } } }
    expect(await put({})).toMatchObject(refused)
    const more = { ...body, rules: body.rules.map((each) => ({ ...each, params: { latestPushedK: '11' } })) }
    expect(await put({ body: more, basis: '9' })).toMatchObject(refused)
    expect(await sent('PUT')).toEqual([])
    await put({ basis: '9' })
    expect(await sent('PUT')).toMatchObject([{ name: 'keep', rules: [{ params: { latestPushedK: '10' } }] }])
    await ask('retentionCreate', { body: appliedBody(read.json, null), basis: '9' }, { namespace_name: 'third' })
    expect(await sent('POST')).toMatchObject([{ rules: [{ params: { latestPushedK: '10' } }] }])
  })

  test('a value that cannot be read goes back as it is', async () => {
    const odd = { ...retention, rules: [{ ...rule, tag_selectors: [{ ...selector, pattern: 5 }] }] }
    instance_id = await console_.instance({ namespaces: [{ name: 'team', repositories: [] }], retentions: [odd] })
    const { json } = await ask('retentionShow', {}, { policy_id: '9' })
    await ask(
      'retentionUpdate',
      { body: switchedRetention(json, true), ifMatch: json.content_hash },
      { policy_id: '9' },
    )
    expect(await sent('PUT')).toMatchObject([{ rules: [{ tag_selectors: [{ pattern: 5 }] }] }])
  })

  test('a login in an address is masked wherever it is read, and goes back as it is unless it is changed', async () => {
    const { json } = await ask('registryShow')
    expect(json).toMatchObject({ url: 'https://•••@harbor.example.com', extra: { kept: 1 } })
    const body = { name: json.name, type: json.type, url: json.url, description: 'new', credential, insecure: false }
    const got = await ask('registryUpdate', { body, ifMatch: json.content_hash })
    expect(got.status).toBe(200)
    expect(await sent('PUT')).toMatchObject([
      { url: registry.url, secret: 'another-secret', extra: { api_token: 'a-third-secret', kept: 1 } },
    ])
    const seen = JSON.stringify([json, got.json, await ask('registryList')])
    const kept = JSON.stringify([await console_.db.select().from(audit), await console_.db.select().from(revisions)])
    for (const hidden of ['S3cretInAddress', 'another-secret', 'a-third-secret', 'typed-secret']) {
      expect(seen).not.toContain(hidden)
      expect(kept).not.toContain(hidden)
    }
  })

  test('a new address with a login is refused, and is in no log', async () => {
    const { json } = await ask('registryShow')
    const url = 'https://u:NeverSentPassword@h.example.com'
    const body = { name: 'new', type: 'swr-pro', url, credential, insecure: false }
    const refused = { status: 422, json: { fields: { 'body.url': 'address_login' } } }
    expect(await ask('registryCreate', { body })).toMatchObject(refused)
    expect(await ask('registryUpdate', { body, ifMatch: json.content_hash })).toMatchObject(refused)
    expect(JSON.stringify(await console_.db.select().from(audit))).not.toContain('NeverSentPassword')
  })

  test('an id beyond 2^53 is not read: it would be the id of another', async () => {
    // Written out, since no number of this language holds it.
    const big = { ...policy, id: 2 ** 53 + 2 }
    instance_id = await console_.instance({ policies: [big], registries: [registry] })
    const { json } = await ask('replicationList', {}, {})
    expect(json.policies).toMatchObject([{ name: policy.name }])
    expect(json.policies[0].id).toBeUndefined()
  })
})

const withoutUndefined = (value: object): unknown => JSON.parse(JSON.stringify(value))
