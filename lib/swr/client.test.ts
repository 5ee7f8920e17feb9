import { createServer, type IncomingMessage, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listEntries } from '../audit/search'
import type { Actor } from '../contract/actor'
import { listRevisions } from '../db/revisions'
import { startTestConsole, type TestConsole } from '../testing/console'
import { openAny } from '../testing/database'
import { requestSwr } from './client'

/** An SWR that answers what the sandbox, being well behaved, never does. */
let odd: Server
let console_: TestConsole
let answer: (request: IncomingMessage) => { status: number; body: string }
const admin: Actor = { id: 'a', name: 'A', email: 'a@example.com', role: 'admin' }
const params = { instance_id: 'i', policy_id: '1' }

beforeAll(async () => {
  odd = createServer((request, response) => {
    const { status, body } = answer(request)
    response.writeHead(status, { 'x-request-id': String(request.headers.authorization) }).end(body)
  })
  await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve))
  const address = odd.address()
  const source = {
    SWR_REGION: 'cn-north-4',
    SWR_PROJECT_ID: 'project',
    SWR_ENDPOINT: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    CLOUD_SDK_AK: 'ACCESSKEYOFTHEODDSWR',
    CLOUD_SDK_SK: 'SecretKeyOfTheOddSwr0001',
  }
  console_ = await startTestConsole(openAny(), source)
})
afterAll(async () => {
  odd.closeAllConnections()
  odd.close()
  await console_.close()
})

test.each([200, 401])('a signature that SWR repeats with %i stays here', async (status) => {
  let sent = ''
  answer = ({ headers }) => {
    sent = /Signature=(\w{64})/.exec(headers.authorization ?? '')?.[1] ?? ''
    return { status, body: JSON.stringify({ error_msg: headers.authorization, instances: [{ name: sent }] }) }
  }
  const given = await requestSwr(admin, 'default', 'instanceList', { params: {} }).catch(({ problem }) => problem)
  expect(sent).toHaveLength(64)
  expect(JSON.stringify(given)).toContain('Signature=•••')
  expect(JSON.stringify(given)).not.toContain(sent)
})

test('an answer that is nested too deep is told as unreadable, whatever it is of', async () => {
  const deep = (levels: number) => `{"id":"i","name":"n","extra":${'[{"a":'.repeat(levels)}1${'}]'.repeat(levels)}}`
  const show = () => requestSwr(admin, 'default', 'instanceShow', { params })
  for (const levels of [40, 3000, 100_000]) {
    answer = () => ({ status: 200, body: deep(levels) })
    await expect(show()).rejects.toMatchObject({ problem: { status: 502, code: 'swr_unreadable' } })
    answer = () => ({ status: 500, body: deep(levels) })
    await expect(show()).rejects.toMatchObject({ problem: { code: 'swr_failed' } })
  }
  // Brackets inside of texts nest nothing.
  answer = () => ({ status: 200, body: JSON.stringify({ id: 'i', name: `\\"${'[{'.repeat(3000)}` }) })
  expect((await show()).name).toHaveLength(6002)
})

test('an answer of 4 MB is the largest that is read', async () => {
  const body = (bytes: number) => JSON.stringify({ id: 'i', name: 'x'.repeat(bytes) })
  const show = () => requestSwr(admin, 'default', 'instanceShow', { params })
  answer = () => ({ status: 200, body: body(4_100_000) })
  expect((await show()).name).toHaveLength(4_100_000)
  answer = () => ({ status: 200, body: body(15_000_000) })
  await expect(show()).rejects.toMatchObject({ problem: { status: 502, code: 'swr_unreadable' } })
})

const policy = { id: 1, name: 'nightly', dest_registry: { id: 3 }, filters: [], enabled: true }
const seen = async () => (await requestSwr(admin, 'default', 'replicationShow', { params })).content_hash
const remove = async () => requestSwr(admin, 'default', 'replicationDelete', { params, ifMatch: await seen() })

test.each(['', ' ', '{}', '[]', 'null', '{"id":1}'])('a delete that answers %j took place', async (body) => {
  answer = ({ method }) => ({ status: 200, body: method === 'GET' ? JSON.stringify(policy) : body })
  await expect(remove()).resolves.toBeNull()
})

test('but a page of something in between is no answer', async () => {
  const body = '<html>Please sign in</html>'
  answer = ({ method }) => ({ status: 200, body: method === 'GET' ? JSON.stringify(policy) : body })
  await expect(remove()).rejects.toMatchObject({ problem: { code: 'swr_unreadable' } })
  answer = () => ({ status: 200, body })
  const asked = requestSwr(admin, 'default', 'replicationDelete', { params, ifMatch: 'any' })
  await expect(asked).rejects.toMatchObject({ problem: { code: 'swr_unreadable' } })
})

describe('a write whose answer is lost', () => {
  const chain = async (policy_id: string) => {
    const place = { connection: 'default', instance: 'i', kind: 'replication', objectId: policy_id } as const
    const { entries } = await listRevisions(console_.db, place, { offset: 0, limit: 10 })
    return entries.map(({ source, name, deleted, auditId }) => ({ source, name, deleted, entry: auditId !== null }))
  }
  const body = {
    name: 'renamed',
    dest_registry: { id: 3 },
    filters: [{ type: 'name', value: '**' }],
    repo_scope_mode: 'regular',
    trigger: { type: 'manual' },
    enabled: true,
  }

  test("that changed the policy is the console's, not one from outside", async () => {
    const at = { instance_id: 'i', policy_id: '2' }
    let now: object = { ...policy, id: 2 }
    answer = ({ method }) => {
      if (method === 'GET') return { status: 200, body: JSON.stringify(now) }
      now = { ...body, id: 2 }
      return { status: 504, body: '' }
    }
    const { content_hash: ifMatch } = await requestSwr(admin, 'default', 'replicationShow', { params: at })
    const asked = requestSwr(admin, 'default', 'replicationUpdate', { params: at, body, ifMatch })
    await expect(asked).rejects.toMatchObject({ problem: { code: 'swr_timeout' } })
    await requestSwr(admin, 'default', 'replicationShow', { params: at })
    expect(await chain('2')).toEqual([
      { source: 'console', name: 'renamed', deleted: false, entry: true },
      { source: 'seen', name: 'nightly', deleted: false, entry: false },
    ])
    const { entries } = await listEntries(console_.db, { objectId: '2' }, { offset: 0, limit: 1 })
    expect(entries).toMatchObject([
      { outcome: 'failed', before: { name: 'nightly' }, after: { id: 2, name: 'renamed' } },
    ])
  })

  test('that deleted the policy leaves it to be made again', async () => {
    const at = { instance_id: 'i', policy_id: '3' }
    let gone = false
    answer = ({ method }) => {
      if (method === 'GET') return gone ? { status: 404, body: '' } : { status: 200, body: JSON.stringify(policy) }
      gone = true
      return { status: 500, body: '' }
    }
    const { content_hash: ifMatch } = await requestSwr(admin, 'default', 'replicationShow', { params: at })
    const asked = requestSwr(admin, 'default', 'replicationDelete', { params: at, ifMatch })
    await expect(asked).rejects.toMatchObject({ problem: { code: 'swr_failed' } })
    expect((await chain('3'))[0]).toEqual({ source: 'console', name: 'nightly', deleted: true, entry: true })
  })

  test('what SWR makes of a policy is told', async () => {
    const at = { instance_id: 'i', policy_id: '4' }
    let now: object = { ...policy, id: 4 }
    answer = ({ method }) => {
      if (method === 'GET') return { status: 200, body: JSON.stringify(now) }
      now = { ...body, id: 4, name: 'Renamed', src_registry: { id: 0 }, override: true, description: '' }
      return { status: 200, body: '' }
    }
    const { content_hash: ifMatch } = await requestSwr(admin, 'default', 'replicationShow', { params: at })
    const told = await requestSwr(admin, 'default', 'replicationUpdate', { params: at, body, ifMatch })
    expect(told.normalised).toEqual([{ path: 'name', kind: 'changed', before: 'renamed', after: 'Renamed' }])
    expect(told.now).toMatchObject({ name: 'Renamed', content_hash: expect.stringMatching(/^[\w-]{24}$/) })
  })
})

function broken() {
  const promise = Promise.reject(new Error('no database'))
  // Otherwise the runner takes it for an error that nobody looks at.
  promise.catch(() => {})
  return promise
}

test('a read goes on when versions cannot be kept', async () => {
  const slot = Symbol.for('console.db')
  const working: unknown = Reflect.get(globalThis, slot)
  Reflect.set(globalThis, slot, broken())
  answer = () => ({ status: 200, body: JSON.stringify(policy) })
  const shown = await requestSwr(admin, 'default', 'replicationShow', { params: { instance_id: 'i', policy_id: '5' } })
  expect(shown.name).toBe('nightly')
  Reflect.set(globalThis, slot, working)
})

test('a write does not begin when it cannot be entered', async () => {
  let asked = 0
  answer = () => {
    asked += 1
    return { status: 200, body: JSON.stringify(policy) }
  }
  const slot = Symbol.for('console.audit-store')
  const working: unknown = Reflect.get(globalThis, slot)
  Reflect.set(globalThis, slot, broken())
  const run = requestSwr(admin, 'default', 'executionStart', { params, body: { policy_id: 1 } })
  await expect(run).rejects.toThrow('no database')
  expect(asked).toBe(0)
  Reflect.set(globalThis, slot, working)
})

test('the credential of a registry inside a policy stays here', async () => {
  const credential = { type: 'basic', access_key: 'cn-north-4@SOMEBODYSKEY', access_secret: 'hidden' }
  const policy = { id: 1, dest_registry: { id: 3, name: 'dr', more: 1, credential } }
  answer = () => ({ status: 200, body: JSON.stringify({ policies: [policy] }) })
  const { policies } = await requestSwr(admin, 'default', 'replicationList', { params })
  const shown = { id: 3, name: 'dr', more: 1, credential: { type: 'basic', access_key: 'cn-north-4@•••' } }
  expect(policies[0]?.dest_registry).toEqual(shown)
})
