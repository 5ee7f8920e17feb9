import { beforeEach, expect, test } from 'vitest'
import { bench } from '../testing/sandbox-client'
import { field, numberField, textField } from './json-fields'
import { prodId } from './seed/registries'

let at = bench()
beforeEach(() => {
  at = bench()
})
const here = { instance_id: prodId }

const credential = { type: 'basic', access_key: 'robot', access_secret: 'not-a-real-secret' }
const harbor = {
  name: 'harbor-two',
  type: 'swr-pro',
  url: 'https://two.example.com',
  credential,
  dns_conf: { hosts: { 'two.example.com': '192.0.2.2' } },
  insecure: false,
}
const enterprise = {
  name: 'paris',
  type: 'swr-pro-internal',
  url: 'https://paris.example.com',
  region_id: 'eu-west-0',
  project_id: 'p1',
  instance_id: 'i1',
  credential,
  insecure: false,
}
const create = (body: unknown) => at.ask('registryCreate', here, { body })
const show = (registry_id: string) => at.ask('registryShow', { ...here, registry_id })
const update = (registry_id: string, body: unknown) => at.ask('registryUpdate', { ...here, registry_id }, { body })
const remove = (registry_id: string) => at.ask('registryDelete', { ...here, registry_id })
const refused = { status: 400, json: { error_code: expect.stringMatching(/^SWR\./), error_msg: expect.any(String) } }

test.each<[string, unknown]>([
  ['nothing', {}],
  ['a name with dots', { ...harbor, name: 'a.b' }],
  ['a name that is too long', { ...harbor, name: 'x'.repeat(65) }],
  ['another spelling of a type', { ...harbor, type: 'SWR-PRO' }],
  ['no address', { ...harbor, url: undefined }],
  ['an address without scheme', { ...harbor, url: 'two.example.com' }],
  ['an address of another kind', { ...harbor, url: 'ftp://two.example.com' }],
  ['insecure left out', { ...harbor, insecure: undefined }],
  ['no secret', { ...harbor, credential: { type: 'basic', access_key: 'robot' } }],
  ['an empty secret', { ...harbor, credential: { ...credential, access_secret: '' } }],
  ['an empty login', { ...harbor, credential: { ...credential, access_key: '' } }],
  ['another kind of credential', { ...harbor, credential: { ...credential, type: 'oauth' } }],
  ['an enterprise target without its project', { ...enterprise, project_id: undefined }],
  ['an enterprise target with an empty instance', { ...enterprise, instance_id: '' }],
  ['hosts of an enterprise target', { ...enterprise, dns_conf: { hosts: {} } }],
  ['a host that leads nowhere', { ...harbor, dns_conf: { hosts: { 'two.example.com': 'elsewhere' } } }],
])('%s is refused', (_, body) => {
  expect(create(body)).toMatchObject(refused)
  expect(field(at.ask('registryList', here).json, 'total')).toBe(6)
})

test.each([harbor, enterprise])('created and read back without the secret: $type', (body) => {
  const got = create(body)
  expect(got).toMatchObject({ status: 201, json: { id: expect.any(Number) } })
  const read = show(String(field(got.json, 'id')))
  expect(read.json).toMatchObject({ name: body.name, status: 'healthy', credential: { access_key: 'robot' } })
  expect(read.body + at.ask('registryList', here).body).not.toContain(credential.access_secret)
})

test('a host that cannot exist is unhealthy', () => {
  const got = create({ ...harbor, url: 'https://nowhere.invalid' })
  expect(textField(show(String(field(got.json, 'id'))).json, 'status')).toBe('unhealthy')
})

test('a name is given once; the own one may stay', () => {
  const id = String(field(create(harbor).json, 'id'))
  expect(create(harbor)).toMatchObject({ status: 409, json: { error_code: expect.any(String) } })
  expect(update(id, harbor)).toMatchObject({ status: 200, body: '' })
  expect(update(id, { ...harbor, name: 'harbor-dr' }).status).toBe(409)
})

test('an update replaces everything, keeps what nobody knows, and needs the secret', () => {
  const id = String(field(create({ ...harbor, description: 'first' }).json, 'id'))
  at.pass(60)
  expect(update(id, { ...harbor, credential: { type: 'basic', access_key: 'robot' } })).toMatchObject(refused)
  expect(update(id, { ...harbor, ca_certificate: 'PEM', id: 1, created_at: 'x' }).status).toBe(200)
  const read = show(id).json
  expect(read).toMatchObject({ id: Number(id), description: '', ca_certificate: 'PEM' })
  expect(textField(read, 'updated_at') > textField(read, 'created_at')).toBe(true)
})

test('the type stays', () => {
  expect(update('6', { ...harbor, name: 'frankfurt' })).toMatchObject(refused)
})

test('one in use cannot be deleted; afterwards it is gone and its id not given again', () => {
  expect(remove('3')).toMatchObject({ status: 409, json: { error_code: expect.any(String) } })
  const id = numberField(create(harbor).json, 'id')
  expect(remove(String(id))).toMatchObject({ status: 204, body: '' })
  expect(remove(String(id)).status).toBe(404)
  expect(numberField(create(harbor).json, 'id')).not.toBe(id)
})

test('the quota of the statistics counts', () => {
  const instance = at.world.instances.get(prodId)
  if (instance) instance.statistics = { replica_registry_quota: 7 }
  expect(create(harbor).status).toBe(201)
  expect(create(enterprise)).toMatchObject(refused)
})

test('Chinese names are taken', () => {
  expect(create({ ...harbor, name: '上海-灾备_2' })).toMatchObject({ status: 201 })
  expect(create({ ...harbor, name: '灾'.repeat(65) })).toMatchObject(refused)
})

test('what is stored already is not complained of', () => {
  const odd = { ...harbor, id: 80, name: 'odd name', url: 'no address', dns_conf: { hosts: { a: 'b' } } }
  at.world.instances.get(prodId)?.registries.push(odd)
  const { id: _, ...body } = { ...odd, description: 'new' }
  expect(update('80', body)).toMatchObject({ status: 200 })
  expect(show('80').json).toMatchObject({ name: 'odd name', description: 'new' })
  expect(update('80', { ...body, name: 'other name' })).toMatchObject(refused)
  expect(update('80', { ...body, url: 'another' })).toMatchObject(refused)
})
