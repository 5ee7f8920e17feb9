import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { parseEnv } from '../env/config'
import { log } from '../net/log'
import { demo } from '../sandbox/demo'
import { type Sandbox, startSandbox } from '../sandbox/start'
import { requestSwr } from '../swr/client'
import { authorization, sdkDate } from '../swr/sign'
import { cookieOf } from '../testing/accounts'
import { apiHandler } from './handler'

const console_ = 'http://127.0.0.1:3000'
const handle = apiHandler('swr')
let sandbox: Sandbox
let instance: string
let cookie: string

const temporary = {
  access: 'TEMPORARYACCESSKEY01',
  secret: 'TemporarySecretKey0001',
  securityToken: 'token-of-the-key',
}
const locked = { access: 'ACCESSKEYTOBELOCKED1', secret: 'SecretOfTheLockedKey01' }
const stubborn = { access: 'STUBBORNACCESSKEY001', secret: 'SecretOfStubbornKey0001' }
const shared = { access: 'SHAREDACCESSKEY00001', secret: 'SecretOfTheSharedKey01' }

const yaml = (url: string) => `
- {id: temporary, name: T, region: r, project: ${demo.project}, endpoint: '${url}',
   access: {env: T_AK}, secret: {env: T_SK}, securityToken: {env: T_TOKEN}}
- {id: wrong-token, name: W, region: r, project: ${demo.project}, endpoint: '${url}',
   access: {env: T_AK}, secret: {env: T_SK}, securityToken: {env: L_AK}}
- {id: wrong-secret, name: S, region: r, project: ${demo.project}, endpoint: '${url}', access: {env: L_AK}, secret: {env: T_SK}}
- {id: stubborn, name: B, region: r, project: ${demo.project}, endpoint: '${url}', access: {env: LOCK_AK}, secret: {env: T_SK}}
- {id: shared, name: H, region: r, project: ${demo.project}, endpoint: '${url}', access: {env: SHARED_AK}, secret: {env: T_SK}}
- {id: unknown-key, name: U, region: r, project: ${demo.project}, endpoint: '${url}', access: {env: NOBODY}, secret: {env: T_SK}}
- {id: foreign-project, name: P, region: r, project: another, endpoint: '${url}', access: {env: CLOUD_SDK_AK}, secret: {env: CLOUD_SDK_SK}}
- {id: dead, name: D, region: r, project: ${demo.project}, endpoint: 'http://127.0.0.1:9', access: {env: T_AK}, secret: {env: T_SK}}
`

async function control(method: string, path: string, body?: object) {
  const answer = await fetch(sandbox.controlUrl + path, { method, body: body && JSON.stringify(body) })
  expect(answer.ok, `control ${method} ${path}`).toBe(true)
  return answer.json()
}

interface ReceivedRow {
  n: number
  method: string
  path: string
  query: Record<string, unknown>
  body: unknown
}
let seen = 0
/** What reached SWR since the last look. */
async function received(): Promise<ReceivedRow[]> {
  const { requests } = await control('GET', `/requests?after=${seen}`)
  seen = requests.at(-1)?.n ?? seen
  return requests
}

beforeAll(async () => {
  log.level = 'silent'
  sandbox = await startSandbox({ port: 0, controlPort: 0 })
  const source = {
    SWR_REGION: demo.region,
    SWR_PROJECT_ID: demo.project,
    SWR_ENDPOINT: sandbox.url,
    CLOUD_SDK_AK: demo.access,
    CLOUD_SDK_SK: demo.secret,
    SWR_CONNECTIONS_FILE: 'swr.yaml',
    T_AK: temporary.access,
    T_SK: temporary.secret,
    T_TOKEN: temporary.securityToken,
    L_AK: locked.access,
    LOCK_AK: stubborn.access,
    SHARED_AK: shared.access,
    NOBODY: 'NOBODYSACCESSKEY0001',
  }
  Reflect.set(
    globalThis,
    Symbol.for('console.config'),
    parseEnv(source, () => yaml(sandbox.url)),
  )
  cookie = await cookieOf('admin')
  await control('POST', '/keys', temporary)
  for (const key of [locked, stubborn, shared]) await control('POST', '/keys', key)
})
afterAll(() => sandbox.close())

const registry = { id: 3, name: 'remote', type: 'swr-pro', status: 'healthy', credential: { type: 'basic' } }
const policy = {
  id: 20,
  name: 'before',
  src_registry: { id: 0 },
  dest_registry: { id: 3 },
  dest_namespace: 'aa',
  filters: [
    { type: 'name', value: 'library/**', case: true },
    { type: 'tag', value: '**' },
  ],
  repo_scope_mode: 'regular',
  trigger: { type: 'manual', trigger_settings: { cron: '' } },
  override: true,
  enabled: true,
  speed: -1,
  created_at: '2020-12-03T11:55:14.338485Z',
}

beforeEach(async () => {
  const login = { type: 'basic', access_key: `cn-north-4@${demo.access}`, access_secret: demo.secret }
  const content = {
    namespaces: [{ name: 'ns', repositories: [{ name: 'team/api', tags: ['v1', 'v2'] }] }],
    registries: [
      { ...registry, url: `https://${demo.access}.example.com`, credential: login },
      { id: 9, name: temporary.access },
    ],
    policies: [policy],
  }
  instance = (await control('POST', '/instances', { content })).id
  await received()
})

const ask = (path: string, init: RequestInit = {}, connection = 'default') =>
  handle(
    new Request(`${console_}/api/swr/${connection}${path}`, {
      ...init,
      headers: { host: '127.0.0.1:3000', cookie, ...init.headers },
    }),
  )
const ours = { origin: console_, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }
const write = (method: string, path: string, body?: unknown, headers: Record<string, string> = ours) =>
  ask(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) })
const here = (rest: string) => `/v2/-/instances/${instance}${rest}`

const body = {
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

describe('reading', () => {
  test('answers JSON of ours with headers of ours only', async () => {
    const answer = await ask('/v2/-/instances')
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toEqual({
      'cache-control': 'no-store',
      'content-type': 'application/json',
    })
    expect((await answer.json()).instances.length).toBeGreaterThan(1)
    const [request] = await received()
    expect(request).toMatchObject({ method: 'GET', path: `/v2/${demo.project}/instances` })
  })

  test('a temporary key sends its token', async () => {
    expect((await ask('/v2/-/instances', {}, 'temporary')).status).toBe(200)
  })

  test('both spellings of a nested repository reach SWR', async () => {
    const enterprise = await ask(here('/namespaces/ns/repositories/team%252Fapi/artifacts'))
    expect((await enterprise.json()).artifacts).toHaveLength(2)
    const tags = await ask(`/v2/instances/${instance}/namespaces/ns/repositories/team%252Fapi/tags?offset=0&limit=10`)
    expect((await tags.json()).tags.map(({ name }: { name: string }) => name).sort()).toEqual(['v1', 'v2'])

    const organization = `org-${instance.slice(0, 8)}`
    await control('POST', '/organizations', { name: organization, repositories: [{ name: 'team/api', tags: ['v1'] }] })
    const basic = await ask(`/v2/manage/namespaces/${organization}/repos/team$api/tags?offset=0&limit=10`)
    expect(await basic.json()).toMatchObject({ items: [{ Tag: 'v1' }], total: 1 })

    expect((await received()).map(({ path }) => path)).toEqual([
      `/v2/${demo.project}/instances/${instance}/namespaces/ns/repositories/team%252Fapi/artifacts`,
      `/v2/instances/${instance}/namespaces/ns/repositories/team%252Fapi/tags`,
      `/v2/manage/namespaces/${organization}/repos/team$api/tags`,
    ])
  })

  test('a bare array gets its total from Content-Range, and without one from what came', async () => {
    const organization = `many-${instance.slice(0, 8)}`
    const repositories = ['a', 'b', 'c'].map((name) => ({ name, tags: ['v1', 'v2', 'v3'] }))
    await control('POST', '/organizations', { name: organization, repositories })
    const list = async (query: string) => (await ask(`/v2/manage/repos?namespace=${organization}${query}`)).json()
    expect(await list('&offset=0&limit=2')).toMatchObject({ items: [{}, {}], total: 3 })
    expect(await list('&offset=2&limit=2')).toMatchObject({ items: [{}], total: 3 })
    expect(await list('')).toMatchObject({ items: [{}, {}, {}], total: 3 })
    const tags = await ask(`/v2/manage/namespaces/${organization}/repos/a/tags`)
    expect(await tags.json()).toMatchObject({ items: [{}, {}, {}], total: 3 })
  })

  test('a query goes out with its blanks and signs as they are signed', async () => {
    expect((await ask(`${here('/registries')}?name=${encodeURIComponent("a b+c&d=é!'()*~")}`)).status).toBe(200)
    expect((await received())[0]?.query).toEqual({ name: "a b+c&d=é!'()*~" })
  })

  test('no key of any connection comes out of a registry', async () => {
    const text = await (await ask(here('/registries'))).text()
    expect(text).toContain('@•••')
    expect(text).toContain('https://•••.example.com')
    for (const secret of [demo.access, demo.secret, temporary.access]) expect(text).not.toContain(secret)
  })

  test('odd rows do not take the list down', async () => {
    const policies = [policy, { id: 21, name: null, filters: null, trigger: 'x', enabled: 'yes', more: 1 }]
    const odd = (await control('POST', '/instances', { content: { policies } })).id
    const answer = await ask(`/v2/-/instances/${odd}/replication/policies`)
    expect(answer.status).toBe(200)
    const list = await answer.json()
    expect(list.total).toBe(2)
    expect(list.policies).toContainEqual(expect.objectContaining({ id: 21, filters: [], more: 1 }))
  })
})

describe('what never reaches SWR', () => {
  const list = '/v2/-/instances'
  test.each<[string, string, number, string]>([
    ['a path that is not in the contract', '/v2/-/namespaces', 404, 'not_in_contract'],
    ['another API', '/v3/auth/tokens', 404, 'not_in_contract'],
    ['a prefix', '/v2/-', 404, 'not_in_contract'],
    ['a longer path', `${list}/i/registries/3/secret`, 404, 'not_in_contract'],
    ['doubled slashes', '//v2/-/instances', 404, 'not_in_contract'],
    ['doubled slashes within', '/v2/-//instances', 404, 'not_in_contract'],
    ['a slash at the end', `${list}/`, 404, 'not_in_contract'],
    ['dot segments', `${list}/../../v3/projects`, 404, 'not_in_contract'],
    ['dot segments, escaped', `${list}/%2e%2e/%2e%2e/v3/projects`, 404, 'not_in_contract'],
    ['dot segments, escaped twice', `${list}/%252e%252e/registries`, 422, 'invalid_request'],
    [
      'dot segments in a repository',
      `${list}/i/namespaces/n/repositories/a%252F..%252Fb/artifacts`,
      422,
      'invalid_request',
    ],
    ['a slash escaped once', `${list}/i%2Fregistries`, 404, 'not_in_contract'],
    [
      'a slash escaped once in a repository',
      `${list}/i/namespaces/n/repositories/a%2Fb/artifacts`,
      404,
      'not_in_contract',
    ],
    ['a slash escaped thrice', `${list}/i/namespaces/n/repositories/a%25252Fb/artifacts`, 422, 'invalid_request'],
    ['a backslash', `${list}/i%5C..%5Cregistries`, 404, 'not_in_contract'],
    ['a query within the path', `${list}/i%3Fx=1/registries`, 422, 'invalid_request'],
    ['a line break within the path', `${list}/i%0d%0aX-Evil:1/registries`, 422, 'invalid_request'],
    ['a zero byte', `${list}/i%00/registries`, 422, 'invalid_request'],
    ['a broken escape', `${list}/%zz/registries`, 404, 'not_in_contract'],
    ['a forged project', `/v2/${demo.project}/instances`, 404, 'not_in_contract'],
    ['another forged project', '/v2/another/instances', 404, 'not_in_contract'],
    ['an unknown name in the query', `${list}?limit=10&offset=0&x=1`, 422, 'invalid_request'],
    ['a project in the query', `${list}?project_id=x`, 422, 'invalid_request'],
    ['an offset alone', `${list}?offset=0`, 422, 'invalid_request'],
    ['a limit alone', '/v2/manage/repos?limit=10', 422, 'invalid_request'],
    ['an order without its column', `${list}/i/registries?order_type=asc`, 422, 'invalid_request'],
    ['a repeated name in the query', `${list}?limit=10&limit=20&offset=0`, 422, 'invalid_request'],
    ['a query where there is none', `${list}/i/statistics?x=1`, 422, 'invalid_request'],
    ['an offset that is no multiple', `${list}/i/registries?offset=5&limit=10`, 422, 'invalid_request'],
  ])('%s', async (_, path, status, code) => {
    const answer = await ask(path)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ status, code })
    expect(await received()).toEqual([])
  })

  test.each(['nowhere', '..%2Fdefault', '%64efault', 'Default', '__proto__'])('connection %s', async (connection) => {
    const answer = await ask(list, {}, connection)
    expect(answer.status).toBe(404)
    expect((await answer.json()).code).toBe('unknown_connection')
    expect(await received()).toEqual([])
  })

  test.each(['HEAD', 'OPTIONS'])('method %s', async (method) => {
    expect((await ask(list, { method })).status).toBe(404)
    expect(await received()).toEqual([])
  })

  test.each([
    'evil.example',
    '127.0.0.1.evil.example',
    'localhost.evil.example:3000',
    '127.0.0.1@evil.example',
    '10.0.0.1',
    'localhost:3000',
    '127.0.0.1',
    '[::1]:3000',
    '',
  ])('host %j', async (host) => {
    const answer = await ask(list, { headers: { host } })
    expect(answer.status).toBe(421)
    expect(await received()).toEqual([])
  })
})

describe('writing', () => {
  test('a policy is created as it was given', async () => {
    const answer = await write('POST', here('/replication/policies'), body)
    expect(answer.status).toBe(200)
    expect((await answer.json()).id).toEqual(expect.any(Number))
    expect((await received()).filter(({ method }) => method !== 'GET')).toMatchObject([{ method: 'POST', body }])
  })

  const seen = async () => {
    const { content_hash } = await (await ask(here('/replication/policies/20'))).json()
    await received()
    return { ...ours, 'if-match': `"${content_hash}"` }
  }

  test('an update brings along what the console does not know', async () => {
    const answer = await write('PUT', here('/replication/policies/20'), body, await seen())
    expect([answer.status, await answer.json()]).toMatchObject([200, { now: { name: body.name }, normalised: [] }])
    const [read, put] = await received()
    expect(read).toMatchObject({
      method: 'GET',
      path: `/v2/${demo.project}/instances/${instance}/replication/policies/20`,
    })
    expect(put).toMatchObject({ method: 'PUT' })
    const [name, tag] = body.filters
    expect(put?.body).toEqual({ ...body, speed: -1, filters: [{ ...name, case: true }, tag] })
  })

  test('nothing is written when the policy cannot be read', async () => {
    const answer = await write('PUT', here('/replication/policies/404'), body, await seen())
    expect([answer.status, (await answer.json()).code]).toEqual([409, 'changed_meanwhile'])
    expect((await received()).map(({ method }) => method)).toEqual(['GET'])
  })

  test('a policy is deleted without body and content type', async () => {
    const { 'if-match': ifMatch } = await seen()
    const headers = { origin: console_, 'if-match': ifMatch }
    const answer = await write('DELETE', here('/replication/policies/20'), undefined, headers)
    expect([answer.status, await answer.json()]).toEqual([200, null])
  })

  test.each(['', '*', '"a", "b"', 'W/"a"'])('If-Match %j says nothing', async (ifMatch) => {
    const answer = await write('PUT', here('/replication/policies/20'), body, { ...ours, 'if-match': ifMatch })
    expect([answer.status, (await answer.json()).code]).toEqual([428, 'precondition_missing'])
    expect(await received()).toEqual([])
  })

  test.each(['%', '%ff', 'x'.repeat(501)])('a reason that cannot be read: %j', async (reason) => {
    const headers = { ...ours, 'x-console-reason': reason }
    const answer = await write('POST', here('/replication/policies'), body, headers)
    expect([answer.status, (await answer.json()).code]).toEqual([422, 'invalid_request'])
    expect(await received()).toEqual([])
  })

  test('what the contract refuses is named by its path', async () => {
    const odd = { ...body, name: 'a b', filters: [{ type: 'label', value: '' }], src_registry: { id: 1 }, id: 5 }
    const answer = await write('POST', here('/replication/policies'), odd)
    expect(answer.status).toBe(422)
    const { fields } = await answer.json()
    expect(fields).toMatchObject({
      'body.name': 'invalid_format',
      'body.filters.0.type': 'invalid_value',
      'body.filters.0.value': 'too_small',
      'body.id': 'unknown',
    })
    expect(await received()).toEqual([])
  })

  test.each([
    ['both registries', { ...body, src_registry: { id: 1 } }, 'body.dest_registry'],
    ['a schedule without its cron', { ...body, trigger: { type: 'scheduled' } }, 'body.trigger.trigger_settings.cron'],
    ['no body', undefined, 'body'],
    ['no object', [body], 'body'],
  ])('%s', async (_, odd, field) => {
    const answer = await write('POST', here('/replication/policies'), odd)
    expect(answer.status).toBe(422)
    expect(Object.keys((await answer.json()).fields)).toEqual([field])
    expect(await received()).toEqual([])
  })

  test('a body where there is none', async () => {
    const answer = await write('DELETE', here('/replication/policies/20'), { force: true })
    expect(await answer.json()).toMatchObject({ status: 422, fields: { body: 'unknown' } })
    expect(await received()).toEqual([])
  })

  const json = 'application/json'
  test.each<[string, Record<string, string>, number, string]>([
    ['a foreign origin', { ...ours, origin: 'https://evil.example' }, 403, 'foreign_origin'],
    ['another port of this machine', { ...ours, origin: 'http://127.0.0.1:3001' }, 403, 'foreign_origin'],
    ['our own name by another scheme', { ...ours, origin: 'https://127.0.0.1:3000' }, 403, 'foreign_origin'],
    ['an origin that only begins like ours', { ...ours, origin: `${console_}.evil.example` }, 403, 'foreign_origin'],
    ['no origin', { 'content-type': json }, 403, 'foreign_origin'],
    ['the origin of nothing', { ...ours, origin: 'null' }, 403, 'foreign_origin'],
    ['a request across sites', { ...ours, 'sec-fetch-site': 'cross-site' }, 403, 'foreign_origin'],
    ['a request across origins of a site', { ...ours, 'sec-fetch-site': 'same-site' }, 403, 'foreign_origin'],
    ['a form', { ...ours, 'content-type': 'application/x-www-form-urlencoded' }, 415, 'not_json'],
    ['a text', { ...ours, 'content-type': 'text/plain' }, 415, 'not_json'],
    ['a type that only begins like ours', { ...ours, 'content-type': 'application/json-patch+json' }, 415, 'not_json'],
  ])('%s', async (_, headers, status, code) => {
    const answer = await write('POST', here('/replication/policies'), body, headers)
    expect(await answer.json()).toEqual({ status, code })
    expect(answer.status).toBe(status)
    expect(await received()).toEqual([])
  })

  test('broken JSON', async () => {
    const answer = await ask(here('/replication/policies'), { method: 'POST', headers: ours, body: '{"name":' })
    expect([answer.status, (await answer.json()).code]).toEqual([400, 'not_json'])
  })

  test('too large a body', async () => {
    const answer = await write('POST', here('/replication/policies'), { ...body, description: 'x'.repeat(1024 * 1024) })
    expect([answer.status, (await answer.json()).code]).toEqual([413, 'body_too_large'])
    expect(await received()).toEqual([])
  })

  test('headers of the browser stay here', async () => {
    const headers = {
      ...ours,
      'x-project-id': 'forged',
      authorization: 'forged',
      cookie: `a=b; ${cookie}`,
      'x-auth-token': 'forged',
    }
    expect((await write('POST', here('/replication/policies'), body, headers)).status).toBe(200)
  })

  test.each(['', 'console-3000.session_token=made.up', 'other=cookie'])('cookie %j is nobody', async (cookie) => {
    for (const method of ['GET', 'DELETE']) {
      const answer = await ask(here('/replication/policies/20'), { method, headers: { ...ours, cookie } })
      expect(await answer.json()).toEqual({ status: 401, code: 'not_signed_in' })
    }
    expect(await received()).toEqual([])
  })

  test('a role that is too low gets no further', async () => {
    const viewer = { id: 'v', name: 'V', email: 'v@example.com', role: 'viewer' } as const
    const asked = requestSwr(viewer, 'default', 'replicationDelete', {
      params: { instance_id: instance, policy_id: '20' },
    })
    await expect(asked).rejects.toMatchObject({ problem: { status: 403, code: 'role_too_low' } })
    expect(await received()).toEqual([])
  })
})

describe('when SWR refuses', () => {
  test.each<[string, number, string]>([
    ['fault-400', 400, 'swr_invalid'],
    ['fault-401', 502, 'swr_unauthorized'],
    ['fault-403', 502, 'swr_forbidden'],
    ['fault-404', 404, 'swr_not_found'],
    ['fault-409', 409, 'swr_conflict'],
    ['fault-500', 502, 'swr_failed'],
    ['fault-502-html', 502, 'swr_failed'],
    ['fault-503-empty', 502, 'swr_failed'],
    ['fault-504', 504, 'swr_timeout'],
    ['fault-hangup', 502, 'swr_broke_off'],
    ['fault-not-json', 502, 'swr_unreadable'],
    ['fault-429', 429, 'swr_throttled'],
  ])('%s', async (name, status, code) => {
    const answer = await ask(`${here('/replication/policies')}?name=${name}`)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/json')
    const text = await answer.text()
    expect(text).not.toContain('<')
    expect(JSON.parse(text)).toMatchObject({ status, code })
  })

  test('its words, code and request id come along', async () => {
    const problem = await (await ask(`${here('/replication/policies')}?name=fault-403`)).json()
    expect(problem.swr).toEqual({
      status: 403,
      code: 'SWR.403001',
      message: 'you are not authorized to perform this action',
      encodedAuthorization: expect.any(String),
    })
    expect(problem.requestId).toEqual(expect.stringMatching(/\w{8,}/))
  })

  test('the wait comes along', async () => {
    const problem = await (await ask(`${here('/replication/policies')}?name=fault-429`)).json()
    expect(problem).toMatchObject({ code: 'swr_throttled', retryAfter: 3 })
  })

  test('its cookies do not', async () => {
    const answer = await ask(`${here('/replication/policies')}?name=fault-set-cookie`)
    expect(answer.status).toBe(200)
    expect(answer.headers.has('set-cookie')).toBe(false)
  })

  test.each([
    ['wrong-secret', 'swr_wrong_secret'],
    ['unknown-key', 'swr_unknown_key'],
    ['wrong-token', 'swr_token'],
    ['foreign-project', 'swr_forbidden'],
    ['dead', 'swr_unreachable'],
  ])('connection %s', async (connection, code) => {
    const answer = await ask('/v2/-/instances', {}, connection)
    const text = await answer.text()
    expect(JSON.parse(text)).toMatchObject({ status: 502, code })
    for (const secret of [demo.access, temporary.access, locked.access, 'NOBODYSACCESSKEY0001', 'Signature'])
      expect(text).not.toContain(secret)
  })

  test('a bad signature is not sent again and again, so that the console never locks a key', async () => {
    for (let at = 0; at < 8; at += 1) {
      expect(await (await ask('/v2/-/instances', {}, 'stubborn')).json()).toMatchObject({ code: 'swr_wrong_secret' })
    }
    const { requests } = await control('GET', `/requests?access=${stubborn.access}`)
    expect(requests).toHaveLength(1)
  })

  test('a key that somebody else has locked', async () => {
    const url = new URL('/v2/any/instances', sandbox.url)
    const credential = { ...shared, secret: 'a-wrong-secret' }
    for (let at = 0; at < 6; at += 1) {
      const headers = { 'content-type': 'application/json', 'x-sdk-date': sdkDate(new Date()) }
      const signed = authorization({ method: 'GET', url, headers, body: undefined }, credential)
      expect((await fetch(url, { headers: { ...headers, authorization: signed } })).status).toBe(401)
    }
    expect(await (await ask('/v2/-/instances', {}, 'shared')).json()).toMatchObject({ code: 'swr_key_locked' })
  })
})

describe('a manual sync', () => {
  const asked = { imageTag: ['v1'], override: true, remoteNamespace: 'target', remoteRegionId: 'cn-north-208' }
  const sync = async (more: object = {}) => {
    const organization = `sync-${instance.slice(0, 8)}`
    await control('POST', '/organizations', { name: organization, repositories: [{ name: 'team/api', tags: ['v1'] }] })
    await control('POST', '/organizations', { name: `t-${organization}`, region: asked.remoteRegionId })
    return write('POST', `/v2/manage/namespaces/${organization}/repos/team$api/sync_images`, {
      ...asked,
      remoteNamespace: `t-${organization}`,
      ...more,
    })
  }

  test('an empty answer names no tags', async () => {
    const answer = await sync()
    expect([answer.status, await answer.json()]).toEqual([200, []])
    const [request] = await received()
    expect(request?.path).toMatch(/\/repos\/team\$api\/sync_images$/)
    expect(request?.body).toEqual({ ...asked, remoteNamespace: expect.stringMatching(/^t-sync-/) })
  })

  test('named tags come through as they are, failed ones as a problem', async () => {
    expect(await (await sync({ remoteNamespace: 'fault-tags-named' })).json()).toEqual(['v1'])
  })
  test('failed tags are a problem that names them', async () => {
    const answer = await sync({ remoteNamespace: 'fault-tags-failed' })
    expect(await answer.json()).toMatchObject({
      status: 502,
      code: 'swr_tags_failed',
      tags: ['v1'],
      swr: { status: 409 },
    })
  })
  test('busy', async () => {
    const answer = await sync({ remoteNamespace: 'fault-409' })
    expect(await answer.json()).toMatchObject({ status: 503, code: 'swr_busy' })
  })
})

describe('what ends before there is a call', () => {
  const lines = (level: 'debug' | 'info' | 'error') => vi.spyOn(log, level)
  afterEach(() => {
    vi.restoreAllMocks()
  })

  test('is in the log: nobody, nothing, a bug', async () => {
    const [info, error] = [lines('info'), lines('error')]
    await handle(new Request(`${console_}/api/swr/default/v2/-/instances`, { headers: { host: '127.0.0.1:3000' } }))
    await ask('/v2/-/nothing')
    expect(info.mock.calls.map(([line]) => line)).toMatchObject([
      { table: 'swr', status: 401, code: 'not_signed_in' },
      { table: 'swr', status: 404, code: 'not_in_contract' },
    ])
    expect(error).not.toHaveBeenCalled()
    const slot = Symbol.for('console.identity')
    const working: unknown = Reflect.get(globalThis, slot)
    const broken = Promise.reject(new Error(`no database for ${demo.secret}`))
    broken.catch(() => {})
    Reflect.set(globalThis, slot, broken)
    expect((await ask('/v2/-/instances')).status).toBe(500)
    Reflect.set(globalThis, slot, working)
    expect(error.mock.calls[0]?.[0]).toMatchObject({ code: 'unexpected', bug: expect.stringContaining('no database') })
    expect(JSON.stringify(error.mock.calls)).not.toContain(demo.secret)
  })

  test('a client that went away is no mistake of the console', async () => {
    const [debug, error] = [lines('debug'), lines('error')]
    const body = new ReadableStream({
      start: (controller) => controller.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })),
    })
    const init = { method: 'PUT', body, duplex: 'half', headers: { host: '127.0.0.1:3000', cookie, ...ours } }
    const path = `${console_}/api/swr/default${here('/replication/policies/20')}`
    expect((await handle(new Request(path, init as RequestInit))).status).toBe(400)
    expect(debug).toHaveBeenCalledOnce()
    expect(error).not.toHaveBeenCalled()
  })
})
