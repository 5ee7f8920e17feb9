import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicRoutes } from '../../contract/v1/operations'
import { askPublic, disagreements, provisioned, startPublicApi } from '../../testing/public-api'
import type { SandboxedConsole } from '../../testing/sandbox'

const token = provisioned('operator')
const plans = '/connections/default/sync-plans'
let console_: SandboxedConsole

beforeAll(async () => {
  console_ = await startPublicApi()
})
afterAll(() => console_.close())

test('a problem says what it is in a form that programs know, and names the request', async () => {
  const answer = await askPublic(token, 'GET', '/connections/none/instances/a/policies')
  expect(disagreements('policyList', answer)).toBeNull()
  expect(answer.json).toEqual({
    status: 404,
    title: 'Connection not found',
    code: 'unknown_connection',
    requestId: answer.headers.get('x-request-id'),
  })
  expect(answer.headers.get('cache-control')).toBe('no-store')
})

test('what SWR said comes along, with its own request id', async () => {
  const answer = await askPublic(token, 'GET', '/connections/default/instances/nowhere/policies')
  expect(disagreements('policyList', answer)).toBeNull()
  expect(answer.json).toMatchObject({ code: 'swr_not_found', swr: { status: 404, requestId: expect.any(String) } })
  expect(answer.json.requestId).toBe(answer.headers.get('x-request-id'))
})

test.each([
  ['no JSON', '{', {}, '400 not_json'],
  ['a form', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }, '415 not_json'],
  ['a body without a type', '{}', { 'content-type': '' }, '415 not_json'],
  ['too much', JSON.stringify('x'.repeat(1024 * 1024)), {}, '413 body_too_large'],
  ['another host', '{}', { host: 'evil.example.com' }, '421 foreign_host'],
  ['a password', '{}', { authorization: 'Basic YTpi' }, '401 token_invalid'],
])('%s is refused', async (_, body, headers, expected) => {
  const answer = await askPublic(token, 'POST', plans, { body, headers })
  expect(`${answer.status} ${answer.json.code}`).toBe(expected)
  expect(disagreements('syncPlanShow', answer)).toBeNull()
})

test('no origin is asked for, since no cookie counts', async () => {
  const answer = await askPublic(token, 'GET', '/connections', { headers: { origin: 'https://evil.example.com' } })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
})

test.each([
  '/',
  '//connections',
  '/Connections',
  '/connections/',
  '/%63onnections',
  '/connections%2Fdefault',
  '/nothing',
])('%s is no address of it', async (path) => {
  const answer = await askPublic(token, 'GET', path)
  expect([answer.status, answer.json.code]).toEqual(path === '/' ? [200, undefined] : [404, 'not_in_contract'])
})

test('the document is named, and holds every operation', async () => {
  const root = await askPublic(token, 'GET', '')
  expect(root.json).toEqual({
    name: 'SWR Policy Console',
    version: 1,
    openapi: 'http://127.0.0.1:3000/api/v1/openapi.json',
  })
  const { json, headers } = await askPublic(token, 'GET', '/openapi.json')
  expect([json.openapi, headers.get('content-type')]).toEqual(['3.1.0', 'application/json'])
  const paths = json.paths as Record<string, Record<string, { operationId: string; parameters: { name: string }[] }>>
  const ids = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId))
  expect(ids.sort()).toEqual(Object.keys(publicRoutes).sort())
  for (const [path, operations] of Object.entries(paths))
    for (const { parameters } of Object.values(operations)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const declared = parameters.map(({ name }) => name)
      expect(declared).toEqual(expect.arrayContaining(inPath))
      expect(new Set(declared).size).toBe(declared.length)
    }
  const list = paths['/connections/{connection}/instances/{instance_id}/policies']?.get?.parameters ?? []
  expect(list.find(({ name }) => name === 'limit')).toMatchObject({
    in: 'query',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
  })
  expect(list.find(({ name }) => name === 'enabled')).toMatchObject({ schema: { type: 'boolean' } })
})

test('HEAD answers as GET does', async () => {
  expect((await askPublic(token, 'HEAD', '/connections')).status).toBe(200)
})
