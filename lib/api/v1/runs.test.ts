import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { idempotentRequests } from '../../db/api-tables'
import { sessions, users } from '../../db/schema'
import type { TestMember } from '../../testing/console'
import {
  type Answered,
  askPublic,
  disagreements,
  makeToken,
  provisioned,
  startPublicApi,
} from '../../testing/public-api'
import type { SandboxedConsole } from '../../testing/sandbox'
import { waitUntil } from '../../testing/wait-until'

const subtask = (id: number, tag: string, status: string, text = '') => ({
  id,
  namespace: 'payments',
  repository: 'api',
  tag,
  status,
  status_text: text,
})
const content = {
  namespaces: [
    {
      name: 'payments',
      repositories: [
        { name: 'api', tags: ['v1', 'v2', 'latest'] },
        { name: 'team/worker', tags: ['v1'] },
      ],
    },
  ],
  registries: [{ id: 3, name: 'frankfurt', type: 'swr-pro', status: 'healthy', url: 'https://harbor.example.com' }],
  policies: [
    {
      id: 7,
      name: 'nightly',
      dest_registry: { id: 3 },
      src_registry: { id: 0 },
      dest_namespace: 'mirror',
      filters: [
        { type: 'name', value: 'payments/**' },
        { type: 'tag', value: 'v*' },
      ],
      repo_scope_mode: 'regular',
      trigger: { type: 'manual' },
      override: true,
      enabled: true,
    },
    {
      id: 8,
      name: 'off',
      dest_registry: { id: 3 },
      src_registry: { id: 0 },
      dest_namespace: 'mirror',
      filters: [{ type: 'name', value: 'payments/**' }],
      repo_scope_mode: 'regular',
      trigger: { type: 'manual' },
      enabled: false,
    },
  ],
  executions: [
    { id: 12, policy_id: 7, status: 'Failed', total: 1, failed: 1, created_at: '2026-11-01T02:00:00Z' },
    { id: 13, policy_id: 7, status: 'Succeed', total: 0, created_at: '2026-10-01T02:00:00Z' },
  ],
  tasks: { 12: [{ id: 1, execution_id: 12, status: 'Failed' }] },
  subtasks: {
    1: [subtask(1, 'v1', 'Failed', 'http status code: 403, quota exceeded'), subtask(2, 'v2', 'Succeed')],
  },
}

vi.setConfig({ testTimeout: 60_000 })

let console_: SandboxedConsole
let operator: TestMember
let token: string
let place: string
let instance: string

beforeAll(async () => {
  console_ = await startPublicApi()
  operator = await console_.member('operator')
  token = (await makeToken(console_, operator)).secret
})
afterAll(() => console_.close())
beforeEach(async () => {
  instance = await console_.instance(content)
  await pace(0)
  place = `/connections/default/instances/${instance}`
})
const pace = (secondsPerTask: number) => console_.control('PUT', '/pace', { instance, secondsPerTask })

const start = (body: unknown = {}, more: object = {}) =>
  askPublic(token, 'POST', `${place}/policies/7/runs`, { body, ...more })
const show = (id: unknown, query = '') => askPublic(token, 'GET', `${place}/runs/${id}${query}`)
const ended = async (id: unknown) => {
  const answer = await show(id, '?wait=30')
  expect(disagreements('runShow', answer)).toBeNull()
  return answer.json
}
const problem = ({ status, json }: Answered) => `${status} ${json.code}`
const writes = async () => (await console_.received(instance)).filter(({ method }) => method !== 'GET')

test('a whole run is started and followed to its end', async () => {
  const started = await start()
  expect(disagreements('runStart', started)).toBeNull()
  const { id, url } = started.json
  expect(id).toMatch(/^7-\d+$/)
  expect(url).toBe(`http://127.0.0.1:3000/api/v1${place}/runs/${id}`)
  expect(started.headers.get('location')).toBe(url)
  expect(await ended(id)).toMatchObject({ id, policy: 7, state: 'succeeded', failures: [], complete: true })
  const [entry] = (await console_.entries({ operation: 'executionStart' })).slice(-1)
  expect(entry).toMatchObject({
    actorId: operator.id,
    actorName: `pipeline (${operator.email})`,
    objectId: '7',
    outcome: 'done',
  })
})

test('failures are told by cause, in English and in the words of SWR', async () => {
  expect(await ended('7-12')).toMatchObject({
    state: 'failed',
    counts: { failed: 1, succeeded: 1 },
    failures: [
      {
        cause: 'quota',
        count: 1,
        text: 'The quota of the target is exceeded',
        message: 'http status code: 403, quota exceeded',
        repositories: ['payments/api'],
      },
    ],
  })
  expect(await ended('7-13')).toMatchObject({ state: 'nothing_matched' })
})

describe('a part', () => {
  test.each([
    ['a repository', { repositories: ['payments/team/worker'] }, { succeeded: 1 }],
    ['tags', { tags: { 'payments/api': ['v1', 'v2'] } }, { succeeded: 2 }],
    ['both', { repositories: ['payments/team/worker'], tags: { 'payments/api': ['v2'] } }, { succeeded: 2 }],
    ['what failed in a run', { failedOf: 12 }, { succeeded: 1 }],
    ['what failed in a run, by its id here', { failedOf: '7-12' }, { succeeded: 1 }],
  ])('%s', async (_, body, counts) => {
    const started = await start(body)
    expect(disagreements('runStart', started)).toBeNull()
    expect(started.json.id).toMatch(/^partial-\d+$/)
    expect(await ended(started.json.id)).toMatchObject({ policy: 7, state: 'succeeded', counts, failures: [] })
  })

  test.each([
    ['an empty list', { repositories: [] }, 'body.repositories'],
    ['no tags', { tags: {} }, 'body.tags'],
    ['a repository without tags', { tags: { 'payments/api': [] } }, 'body.tags.payments/api'],
    ['a run and tags', { failedOf: 12, repositories: ['payments/api'] }, 'body.failedOf'],
    ['the run of another policy', { failedOf: '8-12' }, 'body.failedOf'],
    ['a misspelt name', { repository: ['payments/api'] }, 'body.repository'],
    ['no object', [], 'body'],
  ])('%s starts nothing', async (_, body, path) => {
    const refused = await start(body)
    expect(problem(refused)).toBe('422 invalid_request')
    expect(refused.json.errors).toEqual([{ path, code: expect.any(String) }])
    expect(disagreements('runStart', refused)).toBeNull()
    expect(await writes()).toEqual([])
  })

  test('a body that was lost on the way starts nothing', async () => {
    expect(problem(await askPublic(token, 'POST', `${place}/policies/7/runs`))).toBe('422 invalid_request')
    expect(await writes()).toEqual([])
  })

  test('outside of the policy is refused', async () => {
    expect(problem(await start({ repositories: ['other/api'] }))).toBe('409 scope_outside')
    expect(problem(await start({ failedOf: 13 }))).toBe('409 scope_empty')
  })
})

test('runs that are not there are not found, also by the number of another instance’s', async () => {
  const { json } = await start({ repositories: ['payments/api'] })
  await ended(json.id)
  expect(problem(await show('7-999'))).toBe('404 swr_not_found')
  expect(problem(await show('partial-999999'))).toBe('404 job_unknown')
  const elsewhere = await askPublic(token, 'GET', `/connections/default/instances/other/runs/${json.id}`)
  expect(problem(elsewhere)).toBe('404 job_unknown')
  for (const wrong of ['7', 'partial-', 'x-1', '7-12-3']) expect(problem(await show(wrong))).toBe('422 invalid_request')
})

test('policies are listed with the filters of the page', async () => {
  const list = async (query = '') => {
    const answer = await askPublic(token, 'GET', `${place}/policies${query}`)
    expect(disagreements('policyList', answer)).toBeNull()
    return answer.json as { total: number; items: { name: string }[] }
  }
  expect((await list('?sort=name&order=asc')).items).toMatchObject([
    {
      id: 7,
      name: 'nightly',
      direction: 'push',
      trigger: 'manual',
      registry: { id: 3 },
      enabled: true,
      result: 'failed',
      last: { id: '7-12', state: 'failed', started: '2026-11-01T02:00:00.000Z' },
    },
    { id: 8, name: 'off', enabled: false, result: 'never', last: null },
  ])
  expect(await list('?enabled=false')).toMatchObject({ total: 1, items: [{ name: 'off' }] })
  expect(await list('?last=failed,stopped')).toMatchObject({ total: 1, items: [{ name: 'nightly' }] })
  expect(await list('?limit=1&offset=1&sort=name&order=asc')).toMatchObject({ total: 2, items: [{ name: 'off' }] })
  for (const wrong of [
    '?limit=201',
    '?limit=0',
    '?limit=x',
    '?enabled=1',
    '?last=odd',
    '?nobody=1',
    '?limit=1&limit=2',
  ])
    expect(problem(await askPublic(token, 'GET', `${place}/policies${wrong}`))).toBe('422 invalid_request')
})

test('connections are listed with their state', async () => {
  const answer = await askPublic(token, 'GET', '/connections')
  expect(disagreements('connectionList', answer)).toBeNull()
  expect(answer.json).toMatchObject({ items: [{ id: 'default', state: 'ok' }], total: 1 })
})

describe('waiting', () => {
  test('ends with the run, and without a change not before', async () => {
    await pace(600)
    const { id } = (await start()).json
    const begun = performance.now()
    const { json } = await show(id, '?wait=1')
    expect(performance.now() - begun).toBeGreaterThan(900)
    expect(json.state).toBe('running')
    await pace(0)
    expect(await ended(id)).toMatchObject({ state: 'succeeded' })
  })

  test('ends with a change', async () => {
    await pace(600)
    const { id } = (await start()).json
    const { json } = await show(id)
    const waiting = show(id, `?wait=30&since=${json.version}`)
    await pace(0)
    expect((await waiting).json.version).not.toBe(json.version)
    // An older version needs no waiting.
    const begun = performance.now()
    await show(id, `?wait=30&since=${json.version}`)
    expect(performance.now() - begun).toBeLessThan(20_000)
  })

  test('ends when the caller goes', async () => {
    await pace(30)
    const { id } = (await start()).json
    const going = new AbortController()
    setTimeout(() => going.abort(), 300)
    const begun = performance.now()
    await askPublic(token, 'GET', `${place}/runs/${id}?wait=60`, { signal: going.signal })
    expect(performance.now() - begun).toBeLessThan(30_000)
  })

  test('is limited in time and in number', async () => {
    expect(problem(await show('7-12', '?wait=61'))).toBe('422 invalid_request')
    await pace(30)
    const { id } = (await start()).json
    const going = new AbortController()
    const refused: Answered[] = []
    const asked = Array.from({ length: 25 }, async () => {
      const answer = await askPublic(token, 'GET', `${place}/runs/${id}?wait=60`, { signal: going.signal })
      if (answer.status === 429) refused.push(answer)
    })
    await waitUntil(() => expect(refused).toHaveLength(5))
    going.abort()
    await Promise.all(asked)
    expect(refused).toHaveLength(5)
    expect(refused[0]?.headers.get('retry-after')).toBe('5')
    expect((await show(id, '?wait=1')).status).toBe(200)
  })
})

describe('an idempotency key', () => {
  const starts = async () => (await writes()).filter(({ path }) => path.endsWith('/executions'))

  test('starts one run, also when two come at once', async () => {
    const key = 'build 1'
    const both = await Promise.all([start({}, { key }), start({}, { key })])
    expect(both.map(({ status }) => status).sort()).toEqual([202, 409])
    const [first, second] = both.sort((a, b) => a.status - b.status)
    expect(second?.json.code).toBe('idempotency_running')
    expect(second?.headers.get('retry-after')).toBe('2')
    const again = await askPublic(token, 'POST', `${place}/policies/7/runs`, { body: ' { } ', key })
    expect([again.status, again.json]).toEqual([202, first?.json])
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(again.headers.get('location')).toBe(first?.json.url)
    expect(await starts()).toHaveLength(1)
  })

  test('belongs to one request, and to one actor', async () => {
    const key = 'build 2'
    expect((await start({}, { key })).status).toBe(202)
    expect(problem(await start({ repositories: ['payments/api'] }, { key }))).toBe('409 idempotency_reused')
    const other = await askPublic(provisioned('operator'), 'POST', `${place}/policies/7/runs`, { body: {}, key })
    expect(other.status).toBe(202)
    expect(await starts()).toHaveLength(2)
  })

  test('answers a refusal again, which a new key may change', async () => {
    const off = (key: string) =>
      askPublic(token, 'POST', `${place}/policies/8/runs`, { body: { repositories: ['payments/api'] }, key })
    const first = await off('build 3')
    expect(problem(first)).toBe('409 policy_disabled')
    const again = await off('build 3')
    expect([again.json, again.headers.get('content-type')]).toEqual([first.json, 'application/problem+json'])
    expect((await off('build 4')).json.requestId).not.toBe(first.json.requestId)
  })

  test('does not carry out again what a dead console had begun', async () => {
    const key = 'build 5'
    expect((await start({}, { key })).status).toBe(202)
    await console_.db
      .update(idempotentRequests)
      .set({ status: null, answer: null, at: new Date(Date.now() - 3600_000) })
      .where(eq(idempotentRequests.key, key))
    const again = await start({}, { key })
    expect(problem(again)).toBe('409 idempotency_unknown')
    expect(again.headers.get('retry-after')).toBeNull()
    expect(await starts()).toHaveLength(1)
  })

  test('has one to 200 signs', async () => {
    const refused = await start({}, { key: 'k'.repeat(201) })
    expect(refused.json.errors).toEqual([{ path: 'header.Idempotency-Key', code: 'too_big' }])
    expect(problem(await start({}, { key: ' ' }))).toMatch('422')
    expect(await starts()).toEqual([])
  })
})

test('a token ends with its account, its time, and when it is revoked', async () => {
  const member = await console_.member('operator')
  const { id, secret } = await makeToken(console_, member)
  const ask = async () => problem(await askPublic(secret, 'GET', '/connections'))
  expect(await ask()).toBe('200 undefined')
  await console_.db.update(users).set({ banned: true }).where(eq(users.id, member.id))
  expect(await ask()).toBe('401 token_invalid')
  await console_.db.update(users).set({ banned: false, role: 'viewer' }).where(eq(users.id, member.id))
  expect(problem(await askPublic(secret, 'POST', `${place}/policies/7/runs`, { body: {} }))).toBe('403 role_too_low')
  expect((await console_.db.select().from(sessions).where(eq(sessions.userId, member.id))).length).toBeGreaterThan(0)
  await console_.own(member, 'tokenRevoke', { params: { token_id: id } })
  expect(await ask()).toBe('401 token_invalid')
  const [created, revoked] = await console_.entries({ kind: 'token', objectId: id })
  expect(created).toMatchObject({ operation: 'tokenCreate', objectName: 'pipeline', actorName: member.email })
  expect(revoked).toMatchObject({ operation: 'tokenRevoke', objectName: 'pipeline', outcome: 'done' })
  const past = await console_.own(member, 'tokenCreate', {
    params: {},
    body: { name: 'late', expiresAt: '2020-01-01T00:00:00Z' },
  })
  expect(past.status).toBe(422)
})
