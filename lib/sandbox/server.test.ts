import { expect, test } from 'vitest'
import { bench } from '../testing/sandbox-client'
import type { Ask } from '../testing/signed-request'
import { demo } from './demo'
import { prodId } from './seed/registries'
import { newKey } from './world'

const at = bench()
const policies = `/v2/${demo.project}/instances/${prodId}/replication/policies`

test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
  'content type "%s" is refused, also without a body',
  (type) => {
    const got = at.send('GET', policies, { headers: { 'content-type': type } })
    expect(got).toMatchObject({ status: 400, json: { request_id: expect.any(String) } })
  },
)

test('the one other content type passes', () => {
  expect(at.send('GET', policies, { headers: { 'content-type': 'application/json;charset=utf-8' } }).status).toBe(200)
})

test.each([
  ['GET', '/'],
  ['GET', '/v2'],
  ['GET', `${policies}/`],
  ['GET', `${policies}/101/executions`],
  ['PATCH', policies],
  ['GET', policies.replace('/replication', '/./replication')],
  ['GET', policies.replace('/replication', '/x/../replication')],
  ['GET', policies.replace('/replication', '//replication')],
  ['GET', policies.replace('/replication', '%2Freplication')],
  ['GET', policies.replace('replication', '%72eplication')],
  ['GET', policies.toUpperCase()],
  ['GET', '/v2/manage/namespaces/payments/repos/web/api/tags'],
  ['GET', `/v2/instances/${prodId}/namespaces/payments/repositories/team%2Fapi/tags`],
  ['GET', `/v2/${demo.project}/instances/${prodId}/namespaces/payments/repositories/team%252Fapi/tags`],
])('%s %s is no API', (method, path) => {
  const got = at.send(method, path)
  expect(got).toMatchObject({
    status: 404,
    json: { error_code: 'APIGW.0101', request_id: got.headers['X-Request-Id'] },
  })
})

test('both spellings of a slash reach the repository', () => {
  const enterprise = at.ask('tagList', { instance_id: prodId, namespace_name: 'payments', repository_name: 'team/api' })
  const basic = at.ask('basicTagList', { namespace: 'payments', repository: 'web/api' })
  expect([enterprise.status, basic.status]).toEqual([200, 200])
})

test.each<[number, Ask]>([
  [414, { query: { name: 'x'.repeat(33 * 1024) } }],
  [494, { headers: { 'x-long': 'x'.repeat(33 * 1024) } }],
  [494, { headers: Object.fromEntries(Array.from({ length: 5 }, (_, n) => [`x-${n}`, 'x'.repeat(30 * 1024)])) }],
])('%i for what is too large', (status, ask) => {
  expect(at.send('GET', policies, ask).status).toBe(status)
})

test('413 for a body above 12 MB', () => {
  const got = at.send('POST', policies, { body: 'x'.repeat(12 * 1024 * 1024) })
  expect(got).toMatchObject({ status: 413, json: { request_id: expect.any(String) } })
})

test("another project's path, header or instance", () => {
  const other = 'ffffffffffffffffffffffffffffffff'
  const forbidden = { status: 403, json: { error_code: expect.any(String), error_msg: expect.any(String) } }
  expect(at.ask('instanceList', {}, { project: other })).toMatchObject(forbidden)
  expect(at.ask('instanceList', {}, { project: '-' })).toMatchObject(forbidden)
  expect(at.ask('instanceList', {}, { headers: { 'x-project-id': other } })).toMatchObject(forbidden)

  const stranger = { access: 'STRANGER1', secret: 'its secret' }
  at.world.keys.set(stranger.access, newKey({ ...stranger, project: other }))
  const asStranger = { credential: stranger, project: other }
  expect(at.ask('instanceList', {}, asStranger).json).toEqual({ instances: [], total: 0 })
  expect(at.ask('instanceShow', { instance_id: prodId }, asStranger).status).toBe(404)
  expect(
    at.ask('tagList', { instance_id: prodId, namespace_name: 'library', repository_name: 'nginx' }, asStranger).status,
  ).toBe(404)
  expect(at.ask('organizationList', {}, asStranger).json).toEqual({ namespaces: [] })
})

test.each([undefined, '', '{', '{"name":"x"', 'null', '[1]', '\xff'])(
  'a body %j is refused by the service',
  (rawBody) => {
    const got = at.send('POST', policies, rawBody === undefined ? {} : { rawBody })
    expect(got).toMatchObject({ status: 400, json: { error_code: expect.stringMatching(/^SWR/) } })
  },
)
