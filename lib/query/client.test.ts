import { dehydrate, hydrate, QueryClient } from '@tanstack/react-query'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { apiHandler } from '../api/handler'
import type { Actor } from '../contract/actor'
import { consoleRoutes } from '../contract/console/operations'
import { backgroundHeader } from '../contract/headers'
import { swrRoutes } from '../contract/swr/operations'
import { parseEnv } from '../env/config'
import { log } from '../net/log'
import { demo } from '../sandbox/demo'
import { type Sandbox, startSandbox } from '../sandbox/start'
import { cookieOf } from '../testing/accounts'
import { apiFollowing, apiPolling, apiQuery } from './client'
import { makeClient } from './make-client'
import { queryKey } from './operations'
import { prefetch } from './prefetch'

const admin: Actor = { id: 'a', name: 'A', email: 'a@example.com', role: 'admin' }
const page = { query: { offset: 0, limit: 10 } }
let sandbox: Sandbox
let instance_id: string
let cookie: string
/** Addresses that the browser's side asked for. */
const asked: string[] = []
/** Whether the last of them was asked by the page itself. */
let byItself = false

/** The browser's `fetch`, answered by the API itself. */
function browser(path: string, init?: RequestInit) {
  asked.push(path)
  byItself = new Headers(init?.headers).has(backgroundHeader)
  const headers = { ...init?.headers, host: '127.0.0.1:3000', cookie, origin: 'http://127.0.0.1:3000' }
  const table = path.startsWith('/api/console/') ? 'console' : 'swr'
  return apiHandler(table)(new Request(`http://127.0.0.1:3000${path}`, { ...init, headers }))
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
  }
  Reflect.set(
    globalThis,
    Symbol.for('console.config'),
    parseEnv(source, () => ''),
  )
  cookie = await cookieOf('admin')
  vi.stubGlobal('fetch', browser)
  const { instances } = await new QueryClient().query(apiQuery('instanceList', { params: { connection: 'default' } }))
  instance_id = instances[0]?.id ?? ''
})
beforeEach(() => {
  asked.length = 0
})
afterAll(async () => {
  vi.unstubAllGlobals()
  await sandbox.close()
})

test('what the server prefetched is what the browser would have fetched', async () => {
  const input = { params: { connection: 'default', instance_id }, ...page }
  const [server, client] = [new QueryClient(), new QueryClient()]
  expect(await prefetch(server, admin, 'replicationList', input)).toBeNull()
  const options = apiQuery('replicationList', input)
  const fetched = await client.query(options)
  expect(fetched.policies).toHaveLength(10)
  expect(server.getQueryData(options.queryKey)).toEqual(fetched)
  expect(asked).toEqual([`/api/swr/default/v2/-/instances/${instance_id}/replication/policies?offset=0&limit=10`])
})

test('a prefetched answer is not fetched again', async () => {
  const cache = new QueryClient()
  await prefetch(cache, admin, 'instanceShow', { params: { connection: 'default', instance_id } })
  expect((await cache.query(apiQuery('instanceShow', { params: { connection: 'default', instance_id } }))).id).toBe(
    instance_id,
  )
  expect(asked).toEqual([])
})

test('what a page asks again by itself says so, and meets the rest in the cache', async () => {
  const cache = new QueryClient()
  const input = { params: { connection: 'default', instance_id }, ...page }
  const polling = apiPolling('executionList', input, () => 3000)
  await cache.query(polling)
  await cache.query({ ...polling, staleTime: 0 })
  expect(byItself).toBe(true)
  const { queryKey, ...query } = apiQuery('executionList', input)
  expect(polling.queryKey).toEqual(queryKey)
  await cache.query({ ...query, queryKey, staleTime: 0 })
  expect([byItself, asked.length]).toEqual([false, 3])
})

test("the console's own answers meet in the cache as well", async () => {
  const input = { params: {}, query: { offset: 0, limit: 20, person: 'someone else' } }
  const [server, client] = [makeClient(), new QueryClient()]
  expect(await prefetch(server, admin, 'auditList', input)).toBeNull()
  const fetched = await client.query(apiQuery('auditList', input))
  expect(fetched).toEqual({ entries: [], total: 0, exact: true })
  expect(server.getQueryData(apiQuery('auditList', input).queryKey)).toEqual(fetched)
  expect(asked).toEqual(['/api/console/audit?offset=0&limit=20&person=someone+else'])
})

describe('what grows', () => {
  const params = () => ({ connection: 'default', instance_id })
  /** The list, ten more at each look. */
  const following = () =>
    apiFollowing(
      'replicationList',
      { params: params(), ...page },
      {
        further: ({ policies }) => ({ params: params(), query: { offset: policies.length, limit: 10 } }),
        merge: (before, changes) => ({ ...changes, policies: [...before.policies, ...changes.policies] }),
        intervalMs: (answer, error) => (answer && !error ? 2_000 : false),
      },
    )
  const look = (cache: QueryClient) => cache.query({ ...following(), staleTime: 0 })
  const pages = () => asked.map((path) => path.split('?')[1])

  test('is asked for as a whole by a person, and then for what is new by itself', async () => {
    const cache = new QueryClient()
    const first = await look(cache)
    expect([byItself, first.policies.length]).toEqual([false, 10])
    const second = await look(cache)
    expect([byItself, second.policies.length]).toEqual([true, 20])
    expect(pages()).toEqual(['offset=0&limit=10', 'offset=10&limit=10'])
    expect(new Set(second.policies.map(({ id }) => id)).size).toBe(20)
    // What stayed is not drawn again.
    for (const [index, policy] of first.policies.entries()) expect(second.policies[index]).toBe(policy)
    expect(cache.getQueryData(following().queryKey)).toBe(second)
  })

  test('goes on from what the server has brought with the page', async () => {
    const cache = new QueryClient()
    await prefetch(cache, admin, 'replicationList', { params: params(), ...page })
    expect((await look(cache)).policies).toHaveLength(20)
    expect(pages()).toEqual(['offset=10&limit=10'])
  })

  test('stays as it is known where a further look fails, and is not asked for again by itself', async () => {
    const cache = new QueryClient()
    const { queryKey, refetchInterval } = following()
    if (typeof refetchInterval !== 'function') throw new TypeError('no interval')
    type Query = Parameters<typeof refetchInterval>[0]
    const interval = () => refetchInterval(cache.getQueryCache().find({ queryKey }) as Query)
    const first = await look(cache)
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')))
    await expect(look(cache)).rejects.toEqual({ status: 0, code: 'offline' })
    vi.stubGlobal('fetch', browser)
    expect([cache.getQueryData(queryKey), interval()]).toEqual([first, false])
    expect((await look(cache)).policies).toHaveLength(20)
    expect(interval()).toBe(2_000)
  })
})

test('a page that a person has just turned to is asked for by that person, and from then on by itself', async () => {
  const cache = new QueryClient()
  const polling = apiPolling('auditList', { params: {}, ...page })
  await cache.query(polling)
  expect(byItself).toBe(false)
  await cache.query({ ...polling, staleTime: 0 })
  expect([byItself, asked.length]).toEqual([true, 2])
})

test('what a role may not see is returned as a problem', async () => {
  const cache = makeClient()
  const viewer: Actor = { ...admin, role: 'viewer' }
  const problem = { status: 403, code: 'role_too_low' }
  expect(await prefetch(cache, viewer, 'userList', { params: {} })).toEqual(problem)
  expect(cache.getQueryState(queryKey('userList', { params: {} }))?.error).toEqual(problem)
})

test('a problem is returned to the page, travels with it as JSON, and is thrown in the browser', async () => {
  const input = { params: { connection: 'default', instance_id, policy_id: '999999' } }
  const cache = makeClient()
  const problem = { status: 404, code: 'swr_not_found', swr: { status: 404 } }
  expect(await prefetch(cache, admin, 'replicationShow', input)).toMatchObject(problem)
  expect(cache.getQueryData(queryKey('replicationShow', input))).toBeUndefined()
  const carried = new QueryClient()
  hydrate(carried, JSON.parse(JSON.stringify(dehydrate(cache))))
  expect(carried.getQueryState(queryKey('replicationShow', input))?.error).toMatchObject(problem)
  await expect(cache.query(apiQuery('replicationShow', input))).rejects.toMatchObject(problem)
  expect(asked).toHaveLength(1)
})

test('nested repositories and names with signs are written into the address', async () => {
  const input = { params: { connection: 'default', instance_id, namespace_name: 'n', repository_name: 'team/api' } }
  await new QueryClient().query(apiQuery('artifactList', input)).catch(() => {})
  await new QueryClient()
    .query(apiQuery('registryList', { params: { connection: 'default', instance_id }, query: { name: 'a b&c+d' } }))
    .catch(() => {})
  expect(asked).toEqual([
    `/api/swr/default/v2/-/instances/${instance_id}/namespaces/n/repositories/team%252Fapi/artifacts`,
    `/api/swr/default/v2/-/instances/${instance_id}/registries?name=a+b%26c%2Bd`,
  ])
})

const throttledList = () =>
  apiQuery('replicationList', { params: { connection: 'default', instance_id }, query: { name: 'fault-429' } })
const failingList = (name: string) =>
  apiQuery('replicationList', { params: { connection: 'default', instance_id }, query: { name } })

test('a throttled read waits as long as it is told and then succeeds', async () => {
  const started = Date.now()
  const { retry, retryDelay } = throttledList()
  await new QueryClient().query({ ...throttledList(), retry, retryDelay })
  expect(Date.now() - started).toBeGreaterThanOrEqual(3000)
  expect(asked).toHaveLength(2)
}, 15_000)

test('a long wait is said, not waited for', () => {
  const { retry } = throttledList()
  const throttled = (retryAfter: number) => ({ status: 429, code: 'swr_throttled' as const, retryAfter })
  expect([3, 3600].map((wait) => typeof retry === 'function' && retry(0, throttled(wait)))).toEqual([true, false])
})

test.each(['fault-401', 'fault-500', 'fault-hangup'])('nothing else is asked twice: %s', async (name) => {
  await expect(new QueryClient().query(failingList(name))).rejects.toHaveProperty('code')
  expect(asked).toHaveLength(1)
})

test('an API that cannot be reached, or that is not ours', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')))
  await expect(new QueryClient().query(failingList(''))).rejects.toEqual({ status: 0, code: 'offline' })
  vi.stubGlobal('fetch', async () => new Response('<html>', { status: 502 }))
  await expect(new QueryClient().query(failingList(''))).rejects.toEqual({ status: 502, code: 'unexpected' })
  vi.stubGlobal('fetch', browser)
})

test('no two operations share a name, by which alone their answers are told apart', () => {
  expect(Object.keys(swrRoutes).filter((name) => Object.hasOwn(consoleRoutes, name))).toEqual([])
})
