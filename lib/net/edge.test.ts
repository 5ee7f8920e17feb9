import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { tellRefusal } from '../api/v1/problem-details'
import { clientAddressHeader } from './client-address'
import { edge } from './edge'
import { log } from './log'

let server: Server
let port = 0
const passed: IncomingMessage[] = []

beforeAll(async () => {
  log.level = 'silent'
  const admit = edge({ url: 'https://console.example.com', trustedProxies: ['127.0.0.1'], tell: tellRefusal })
  server = createServer((asked, answer) => {
    if (!admit(asked, answer)) return
    passed.push(asked)
    answer.end('ok')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(() => {
  server.close()
})

async function ask(path: string, { method = 'GET', headers = {} }: { method?: string; headers?: object } = {}) {
  passed.length = 0
  const sent = request({ host: '127.0.0.1', port, path, method, headers: { ...headers }, agent: false })
  sent.end()
  const [answer]: IncomingMessage[] = await once(sent, 'response')
  if (!answer) throw new Error('no answer')
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) }
}

describe('what never reaches Next', () => {
  const state = (value: unknown) => ({ 'next-router-state-tree': encodeURIComponent(JSON.stringify(value)) })
  test.each([
    ['TRACE', '/', {}, 405],
    ['PROPFIND', '/', {}, 405],
    ['GET', '/api/%', {}, 400],
    ['GET', '/api/swr/default/%E0%A4%A', {}, 400],
    ['OPTIONS', '*', {}, 400],
    ['GET', '/_next/image?url=/favicon.ico&w=3840&q=75', {}, 404],
    ['GET', '//_next//image', {}, 404],
    ['GET', '/%5Fnext/image', {}, 404],
    ['GET', '/', { 'next-router-state-tree': 'x' }, 400],
    ['GET', '/', { 'next-router-state-tree': '%' }, 400],
    ['GET', '/', state({}), 400],
    ['GET', '/', state(['', { children: 7 }]), 400],
    ['GET', '/', state(['', {}, null, 'everything']), 400],
    ['GET', '/', { 'next-router-state-tree': `${'%5B'.repeat(5000)}` }, 400],
  ])('%s %s %j: %i', async (method, path, headers, status) => {
    const answer = await ask(path, { method, headers })
    expect(answer.status).toBe(status)
    if (method !== 'TRACE') expect(JSON.parse(answer.body)).toMatchObject({ status })
    expect(passed).toEqual([])
  })

  test.each([
    ['PROPFIND', '/api/v1', 405, 'not_in_contract'],
    ['PROPFIND', '/api/v1?wait=1', 405, 'not_in_contract'],
    ['GET', '/api/v1/connections/%', 400, 'invalid_request'],
    ['GET', '/api/v1/%E0%A4%A?wait=1', 400, 'invalid_request'],
  ])('%s %s: %i as problem details', async (method, path, status, code) => {
    const { headers, body } = await ask(path, { method })
    expect(headers['content-type']).toBe('application/problem+json')
    expect(JSON.parse(body)).toEqual({ status, code, title: expect.any(String), requestId: expect.any(String) })
  })

  test.each(['/api/v10/%', '/api/v1x/%', '/api/swr/%'])('%s is none of the public API', async (path) => {
    const { headers, body } = await ask(path)
    expect(headers['content-type']).toBe('application/json')
    expect(JSON.parse(body)).toEqual({ status: 400, code: 'invalid_request' })
  })

  test.each([
    ['/', {}],
    ['/a%20b', {}],
    ['/_next/images', {}],
    [
      '/',
      state([
        '',
        { children: ['(console)', { children: [['connection', 'default', 'd', null], {}] }, null, 'refetch'] },
        null,
        null,
        1,
      ]),
    ],
  ])('%s %j goes on', async (path, headers) => {
    expect(await ask(path, { headers })).toMatchObject({ status: 200, body: 'ok' })
  })
})

test('each response has the headers, refusals as well', async () => {
  for (const path of ['/', '/api/%']) {
    const { headers } = await ask(path)
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'referrer-policy': 'same-origin',
      'strict-transport-security': 'max-age=31536000',
      'x-content-type-options': 'nosniff',
    })
  }
})

test('only with https a browser is told to insist on it', () => {
  const names: string[] = []
  const response = { setHeader: (name: string) => names.push(name) }
  const asked = { method: 'GET', url: '/', headers: {}, socket: { remoteAddress: '127.0.0.1' } }
  const admit = edge({ url: 'http://127.0.0.1:3000', trustedProxies: [], tell: tellRefusal })
  // No more of a request and a response than is looked at.
  admit(asked as unknown as IncomingMessage, response as never)
  expect(names).toContain('permissions-policy')
  expect(names).not.toContain('strict-transport-security')
})

describe('who asks', () => {
  const client = () => passed[0]?.headers[clientAddressHeader]
  test('a client cannot say so itself', async () => {
    await ask('/', { headers: { [clientAddressHeader]: '198.51.100.1' } })
    expect(client()).toBe('127.0.0.1')
  })
  test('a proxy can', async () => {
    await ask('/', { headers: { 'x-forwarded-for': '192.0.2.1, 198.51.100.1' } })
    expect(client()).toBe('198.51.100.1')
  })
  test('a proxy that is not in the settings is told of, once', () => {
    const warn = vi.spyOn(log, 'warn')
    const admit = edge({ url: 'http://127.0.0.1:3000', trustedProxies: ['127.0.0.1'], tell: tellRefusal })
    const headers = () => ({ 'x-forwarded-for': '198.51.100.1' })
    const asked = () => ({ method: 'GET', url: '/', headers: headers(), socket: { remoteAddress: '::ffff:10.9.8.7' } })
    for (let each = 0; each < 3; each++) admit(asked() as unknown as IncomingMessage, { setHeader: () => {} } as never)
    expect(warn.mock.calls).toEqual([[{ peer: '10.9.8.7' }, expect.stringContaining('TRUSTED_PROXIES')]])
    warn.mockRestore()
  })
})
