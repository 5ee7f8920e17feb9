import { beforeEach, expect, test } from 'vitest'
import { bench } from '../testing/sandbox-client'
import { copiesIn } from './basic/copies'
import { faults } from './faults'
import { field } from './json-fields'
import { prodId } from './seed/registries'

let at = bench()
beforeEach(() => {
  at = bench()
})
const here = { instance_id: prodId }
const search = (name: string) => at.ask('replicationList', here, { query: { name } })
const create = (name: string) =>
  at.ask('replicationCreate', here, {
    body: {
      name,
      dest_registry: { id: 3 },
      filters: [{ type: 'name', value: '**' }],
      repo_scope_mode: 'regular',
      trigger: { type: 'manual' },
      enabled: true,
    },
  })
const sync = (remoteNamespace: string) =>
  at.ask(
    'manualSync',
    { namespace: 'payments', repository: 'web/api' },
    { body: { imageTag: ['latest'], remoteNamespace, remoteRegionId: 'cn-north-208' } },
  )
const policies = () => at.world.instances.get(prodId)?.policies.length

test.each([400, 401, 403, 404, 409, 429, 500, 504])('fault-%i refuses reads, writes and sync', (status) => {
  const name = `fault-${status}`
  expect([search(name).status, create(name).status, sync(name).status]).toEqual([status, status, status])
  expect(policies()).toBe(142)
  expect(copiesIn(at.world)).toEqual([])
})

test('every sentinel can be typed where it is needed, and says what it does', () => {
  for (const [name, { says }] of Object.entries(faults)) {
    expect(name).toMatch(/^fault-[a-z0-9-]+$/)
    expect(says).not.toBe('')
  }
})

test('403 carries the encoded message in the Enterprise Edition', () => {
  expect(search('fault-403').json).toMatchObject({ encoded_authorization_message: expect.any(String) })
})

test('as a target organization, 404 says that it is missing', () => {
  expect(sync('fault-404').json).toMatchObject({ errors: [{ errorCode: 'SVCSTG.SWR.4040058' }] })
})

test('a throttled read passes once Retry-After is over', () => {
  expect(search('fault-429')).toMatchObject({ status: 429, headers: { 'Retry-After': '3' } })
  at.pass(1)
  expect(search('fault-429').status).toBe(429)
  at.pass(2)
  expect(search('fault-429').status).toBe(200)
  expect(search('fault-429').status).toBe(429)
})

test('a throttled write never passes', () => {
  create('fault-429')
  at.pass(60)
  expect(create('fault-429').status).toBe(429)
})

test('what is not JSON', () => {
  expect(search('fault-502-html')).toMatchObject({ status: 502, headers: { 'Content-Type': 'text/html' } })
  expect(search('fault-503-empty')).toMatchObject({ status: 503, body: '' })
  expect(search('fault-not-json')).toMatchObject({ status: 200, headers: { 'Content-Type': 'text/plain' }, body: 'OK' })
  expect(search('fault-hangup').hangUp).toBe(true)
})

test('slow ones take place', () => {
  expect(create('fault-timeout')).toMatchObject({ status: 201, delayMs: 55_000 })
  expect(search('fault-slow')).toMatchObject({ status: 200, delayMs: 4000 })
  expect(policies()).toBe(143)
})

test('a cookie comes with a normal answer', () => {
  const got = search('fault-set-cookie')
  expect(got.headers['Set-Cookie']).toMatch(/upstream/)
  expect(field(got.json, 'total')).toBe(0)
})

test('sync names its tags, as failed or for better or worse', () => {
  expect(sync('fault-tags-failed')).toMatchObject({ status: 409, json: ['latest'] })
  expect(copiesIn(at.world)).toEqual([])
  expect(sync('fault-tags-named')).toMatchObject({ status: 200, json: ['latest'] })
  expect(copiesIn(at.world)).toHaveLength(1)
})

test('a request that is wrong anyway is refused for that', () => {
  expect(at.ask('replicationCreate', here, { body: { name: 'fault-500' } }).status).toBe(400)
})
