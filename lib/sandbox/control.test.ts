import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { fill } from '../contract/path'
import { swrRoutes } from '../contract/swr/operations'
import { type Ask, signed } from '../testing/signed-request'
import { demo } from './demo'
import { field, listField } from './json-fields'
import { type Sandbox, startSandbox } from './start'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, controlPort: 0 })
})
afterAll(() => sandbox.close())

async function control(method: string, path: string, body?: unknown) {
  const response = await fetch(`${sandbox.controlUrl}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const json: unknown = await response.json()
  return { status: response.status, json }
}
const idOf = (got: { json: unknown }) => z.looseObject({ id: z.string() }).parse(got.json).id

/** Over the socket, as the console would: signed for the host that it connects to. */
async function ask(method: string, pathname: string, given: Ask = {}) {
  const host = new URL(sandbox.url).host
  const { target, headers, body } = signed(method, pathname, given, new Date(), host)
  const response = await fetch(`${sandbox.url}${target}`, {
    method,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'host')),
    ...(body.length > 0 ? { body: Buffer.from(body) } : {}),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text }
}
const policiesOf = (instance_id: string, project: string = demo.project) =>
  fill(swrRoutes.replicationList.path, { instance_id }, project)

test('health, and nothing else without a name', async () => {
  expect(await control('GET', '/health')).toEqual({ status: 200, json: { ok: true } })
  expect((await control('GET', '/')).status).toBe(404)
  expect((await control('DELETE', '/instances')).status).toBe(404)
})

test('rows of a made instance are answered verbatim', async () => {
  const policies = [{ id: 20, name: 'odd', flow: { speed: 3 }, filters: null, enabled: 'maybe' }, null, 'text']
  const got = await control('POST', '/instances', {
    name: 'mine',
    content: {
      namespaces: [
        { name: 'team', repositories: [{ name: 'a/b', tags: ['v1', { name: 'latest', digest: 'sha256:1' }] }] },
      ],
      policies,
    },
  })
  expect(got.status).toBe(201)
  const id = idOf(got)
  const read = await ask('GET', policiesOf(id), { query: { offset: 0, limit: 10 } })
  const rows = listField(JSON.parse(read.text), 'policies')
  expect(rows).toHaveLength(3)
  expect(rows).toEqual(expect.arrayContaining(policies))
  expect((await control('GET', `/instances/${id}`)).json).toMatchObject({ id, policies, info: { name: 'mine' } })
  const tags = await ask('GET', `/v2/instances/${id}/namespaces/team/repositories/a%252Fb/tags`)
  expect(listField(JSON.parse(tags.text), 'tags')).toHaveLength(2)
})

test('a new policy gets an id above those that are there', async () => {
  const id = idOf(
    await control('POST', '/instances', { content: { policies: [{ id: 41, name: 'x' }], registries: [{ id: 3 }] } }),
  )
  const body = {
    name: 'y',
    dest_registry: { id: 3 },
    filters: [{ type: 'name', value: '**' }],
    repo_scope_mode: 'regular',
    trigger: { type: 'manual' },
    enabled: true,
  }
  expect((await ask('POST', policiesOf(id), { body })).text).toBe('{"id":42}')
})

test('requests are logged with body, status and key, and found by instance', async () => {
  const id = idOf(await control('POST', '/instances', {}))
  await ask('POST', policiesOf(id), { body: { name: 'x' } })
  await ask('GET', policiesOf(id), { query: { name: 'a b' } })
  const got = await control('GET', `/requests?instance=${id}`)
  const requests = listField(got.json, 'requests')
  expect(requests).toMatchObject([
    { method: 'POST', path: policiesOf(id), query: {}, body: { name: 'x' }, status: 400, access: demo.access },
    { method: 'GET', query: { name: 'a b' }, body: null, status: 200 },
  ])
  const after = await control('GET', `/requests?instance=${id}&after=${field(requests[0], 'n')}`)
  expect(listField(after.json, 'requests')).toHaveLength(1)
  expect(listField((await control('GET', '/requests?access=NOBODY')).json, 'requests')).toEqual([])
})

test('a dead schedule is a part of what an instance holds, until its policy is saved', async () => {
  const policy = {
    name: 'forgotten',
    dest_registry: { id: 3 },
    filters: [{ type: 'name', value: '**' }],
    repo_scope_mode: 'regular',
    trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 2 * * *' } },
    enabled: true,
  }
  const content = { registries: [{ id: 3 }], policies: [{ ...policy, id: 41 }], deadSchedules: [41] }
  const id = idOf(await control('POST', '/instances', { content }))
  const dead = async () => field((await control('GET', `/instances/${id}`)).json, 'deadSchedules')
  expect(await dead()).toEqual([41])
  expect((await ask('PUT', `${policiesOf(id)}/41`, { body: policy })).status).toBe(200)
  expect(await dead()).toEqual([])
})

test('an organization of its own, what was sent from it, and what arrived', async () => {
  const made = { name: 'of-this-test', repositories: [{ name: 'web/api', tags: ['V1'] }] }
  expect((await control('POST', '/organizations', made)).status).toBe(201)
  expect((await control('POST', '/organizations', made)).status).toBe(409)
  // Its name is taken in its region alone.
  expect((await control('POST', '/organizations', { name: made.name, region: 'cn-north-208' })).status).toBe(201)
  const path = fill(swrRoutes.manualSync.path, { namespace: made.name, repository: 'web/api' }, demo.project)
  const body = { imageTag: ['V1'], override: true, remoteNamespace: made.name, remoteRegionId: 'cn-north-208' }
  expect(await ask('POST', path, { body })).toMatchObject({ status: 200, text: '[]' })
  const got = await control('GET', `/requests?organization=${made.name}`)
  expect(listField(got.json, 'requests')).toMatchObject([{ body, path: expect.stringContaining('web$api') }])
  const copies = await control('GET', `/synced?organization=${made.name}`)
  expect(listField(copies.json, 'copies')).toMatchObject([
    { tag: 'V1', region: 'cn-north-208', remoteOrganization: made.name },
  ])
})

test('a key of its own project sees only that', async () => {
  const credential = { access: 'OFTHISTEST1', secret: 's', securityToken: 't' }
  const project = '11112222333344445555666677778888'
  expect((await control('POST', '/keys', { ...credential, project })).status).toBe(201)
  expect((await control('POST', '/keys', { ...credential, project })).status).toBe(409)
  const id = idOf(await control('POST', '/instances', { project }))
  const headers = { 'x-security-token': 't' }
  const list = fill(swrRoutes.instanceList.path, {}, project)
  const got = await ask('GET', list, { credential, headers })
  expect(listField(JSON.parse(got.text), 'instances')).toMatchObject([{ id }])
  expect((await ask('GET', policiesOf(id))).status).toBe(404)
})

test('pace 0 ends runs at once; an instance has its own', async () => {
  const id = idOf(
    await control('POST', '/instances', {
      content: {
        namespaces: [{ name: 'a', repositories: [{ name: 'b', tags: ['1'] }] }],
        registries: [{ id: 3, status: 'healthy' }],
        policies: [{ id: 1, enabled: true, dest_registry: { id: 3 } }],
      },
    }),
  )
  const executions = fill(swrRoutes.executionList.path, { instance_id: id }, demo.project)
  expect((await control('PUT', '/pace', { instance: id, secondsPerTask: 0 })).status).toBe(200)
  expect((await ask('POST', executions, { body: { policy_id: 1 } })).status).toBe(202)
  const rows = listField(JSON.parse((await ask('GET', executions)).text), 'executions')
  expect(rows).toMatchObject([{ status: 'Succeed', total: 1, succeed: 1 }])
})

test('what the control port cannot read', async () => {
  expect((await control('POST', '/instances', { content: { policies: {} } })).status).toBe(400)
  expect((await control('POST', '/instances', { surprise: 1 })).status).toBe(400)
  expect((await control('PUT', '/pace', { instance: 'nobody', secondsPerTask: 1 })).status).toBe(404)
  expect((await control('GET', '/instances/nobody')).status).toBe(404)
})

test('empty answers are empty, every answer has a request id, and a hang-up is one', async () => {
  const id = idOf(await control('POST', '/instances', { content: { policies: [{ id: 1 }] } }))
  const got = await ask('DELETE', `${policiesOf(id)}/1`)
  expect([got.status, got.text]).toEqual([204, ''])
  expect(got.headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/)
  await expect(ask('GET', policiesOf(id), { query: { name: 'fault-hangup' } })).rejects.toThrow()
})

test('every answer but those of the control port comes after the delay', async () => {
  const milliseconds = 800
  const id = idOf(await control('POST', '/instances', {}))
  const took = async () => {
    const since = performance.now()
    expect((await ask('GET', policiesOf(id))).status).toBe(200)
    return performance.now() - since
  }
  expect((await control('PUT', '/delay', { milliseconds })).status).toBe(200)
  const order: string[] = []
  const [first] = await Promise.all([
    took().finally(() => order.push('API')),
    control('GET', '/health').then(() => order.push('control port')),
  ])
  expect(order).toEqual(['control port', 'API'])
  // Timers may be a moment early.
  expect(first).toBeGreaterThan(milliseconds - 5)
  expect((await control('PUT', '/delay', { milliseconds: 0 })).status).toBe(200)
  expect(await took()).toBeLessThan(milliseconds)
  expect((await control('PUT', '/delay', { milliseconds: -1 })).status).toBe(400)
})

test('rows change when somebody says that SWR has changed them', async () => {
  const execution = { id: 7, policy_id: 1, status: 'Failed' }
  const id = idOf(await control('POST', '/instances', { content: { executions: [execution, { id: 8 }] } }))
  const changed = { ...execution, status: 'Succeed' }
  expect(
    (await control('PUT', '/rows', { instance: id, executions: [changed], tasks: { 7: [{ id: 9 }] } })).status,
  ).toBe(200)
  expect((await control('GET', `/instances/${id}`)).json).toMatchObject({
    executions: [changed, { id: 8 }],
    tasks: { 7: [{ id: 9 }] },
  })
  expect((await control('PUT', '/rows', { instance: 'nobody' })).status).toBe(404)
})
