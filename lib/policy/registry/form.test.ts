import { describe, expect, test } from 'vitest'
import { brokenIn } from '../../contract/rules'
import { registryRules } from '../../contract/swr/registry'
import { swrSchemas } from '../../contract/swr/schemas'
import { clockFrom } from '../../sandbox/seed/clock'
import { registries } from '../../sandbox/seed/registries'
import {
  blankRegistry,
  mergeRegistry,
  type RegistryDraft,
  registryForm,
  registryQuestions,
  toBody,
  toForm,
  withoutSecret,
  withType,
} from './form'
import { toRequest } from './request'

const seeded = registries(clockFrom(new Date(0))).map((raw) => swrSchemas.registryShow.response.parse(raw))
const more = swrSchemas.registryShow.response.parse({
  id: 9,
  name: 'with-hosts',
  type: 'swr-pro',
  url: 'https://harbor.example.com',
  credential: { type: 'basic', access_key: 'robot', access_secret: 'x' },
  dns_conf: { hosts: { 'harbor.example.com': '192.0.2.9', 'six.example.com': '2001:db8::1' } },
  insecure: true,
})
const bare = swrSchemas.registryShow.response.parse({
  id: 8,
  name: 'bare',
  type: 'huawei-SWR',
  url: 'https://b.example.com',
})

const typed = { login: 'robot', secret: 'not-a-real-secret' }
const codesOf = (draft: RegistryDraft) =>
  Object.fromEntries((registryForm.safeParse(draft).error?.issues ?? []).map(({ path, message }) => [path[0], message]))

test.each([...seeded, more, bare])('survives the form: $name', (registry) => {
  const draft = { ...toForm(registry), secret: typed.secret, login: toForm(registry).login || typed.login }
  const body = toBody(registryForm.parse(draft), registry)
  expect(swrSchemas.registryUpdate.body.safeParse(body).success).toBe(true)
  const { credential: read, ...was } = JSON.parse(JSON.stringify(toRequest(registry)))
  const { credential, ...sent } = body
  const always = registry.type === 'swr-pro' ? { dns_conf: { hosts: {} } } : {}
  expect({ insecure: false, ...always, ...was }).toEqual(sent)
  expect(brokenIn(registryRules, body, toRequest(registry))).toEqual([])
  expect(credential.access_secret).toBe(typed.secret)
  if (!read?.access_key?.includes('•')) expect(credential.access_key).toBe(read?.access_key ?? typed.login)
})

test('a secret is never in the form, and a masked login neither', () => {
  for (const registry of [...seeded, more]) expect(toForm(registry).secret).toBe('')
  const basic = seeded.find(({ type }) => type === 'huawei-SWR')
  if (!basic) throw new Error('not seeded')
  expect(toForm(basic)).toMatchObject({ login: '', asRead: { login: expect.stringContaining('@•••') } })
  expect(codesOf(toForm(basic))).toEqual({ login: 'required', secret: 'required' })
  expect(codesOf({ ...toForm(basic), login: 'a@•••', secret: 'x' })).toEqual({ login: 'login_masked' })
})

describe('what each type needs', () => {
  const draft = { ...blankRegistry(), ...typed, name: 'new', url: 'https://a.example.com' }

  test('a Harbor: address and login; hosts always, if there are none as an empty list', () => {
    expect(toBody(registryForm.parse(draft))).toEqual({
      name: 'new',
      type: 'swr-pro',
      url: 'https://a.example.com',
      credential: { type: 'basic', access_key: 'robot', access_secret: typed.secret },
      dns_conf: { hosts: {} },
      insecure: false,
    })
    const hosts = { ...draft, hosts: '\na.example.com  192.0.2.1\nb.example.com=192.0.2.2\n' }
    expect(toBody(registryForm.parse(hosts)).dns_conf).toEqual({
      hosts: { 'a.example.com': '192.0.2.1', 'b.example.com': '192.0.2.2' },
    })
  })

  test('an Enterprise Edition: its region, project and instance; no hosts', () => {
    const enterprise = { ...draft, type: 'swr-pro-internal', hosts: 'left over' }
    expect(codesOf(enterprise)).toEqual({ region: 'required', project: 'required', instance: 'required' })
    const body = toBody(registryForm.parse({ ...enterprise, region: ' r ', project: 'p', instance: 'i' }))
    expect(body).toMatchObject({ region_id: 'r', project_id: 'p', instance_id: 'i' })
    expect(body).not.toHaveProperty('dns_conf')
  })

  test('a new Enterprise Edition is not verified unless a person says so; both can be saved and read', () => {
    const enterprise = withType(draft, 'swr-pro-internal')
    expect(enterprise.insecure).toBe(true)
    expect(withType(enterprise, 'swr-pro').insecure).toBe(false)
    expect(withType({ ...draft, insecure: true }, 'swr-pro-internal').insecure).toBe(true)
    expect(withType({ ...enterprise, insecure: false }, 'huawei-SWR').insecure).toBe(false)
    const place = { region: 'r', project: 'p', instance: 'i' }
    for (const insecure of [true, false]) {
      const body = toBody(registryForm.parse({ ...enterprise, ...place, insecure }))
      expect(brokenIn(registryRules, body)).toEqual([])
      expect(toForm(swrSchemas.registryShow.response.parse(body)).insecure).toBe(insecure)
    }
  })

  test('a Basic Edition: its region, if it is told', () => {
    expect(toBody(registryForm.parse({ ...draft, type: 'huawei-SWR', region: 'r', project: 'p' }))).toMatchObject({
      region_id: 'r',
    })
    expect(toBody(registryForm.parse({ ...draft, type: 'huawei-SWR', project: 'p' }))).not.toHaveProperty('project_id')
  })
})

test.each<[string, Partial<RegistryDraft>, Record<string, string>]>([
  ['nothing', {}, { name: 'required', url: 'required' }],
  ['a dot in the name', { name: 'a.b' }, { name: 'name_characters', url: 'required' }],
  ['a long name', { name: 'a'.repeat(65) }, { name: 'too_long', url: 'required' }],
  ['an address without scheme', { name: 'a', url: 'a.example.com' }, { url: 'address_http' }],
  ['an address of another kind', { name: 'a', url: 'ftp://a.example.com' }, { url: 'address_http' }],
  ['an address without host', { name: 'a', url: 'https:///v2' }, { url: 'address_host' }],
  ['a blank in a host', { name: 'a', url: 'https://harbor example.com' }, { url: 'address_host' }],
  ['a host with a hyphen in front', { name: 'a', url: 'https://-x' }, { url: 'address_host' }],
  ['a query', { name: 'a', url: 'https://h?x=1' }, { url: 'address_host' }],
  ['a fragment', { name: 'a', url: 'https://h/#x' }, { url: 'address_host' }],
  ['a port that is none', { name: 'a', url: 'https://h:70000' }, { url: 'address_host' }],
  ['a login', { name: 'a', url: 'https://robot$ci:S3cret@harbor.example.com/' }, { url: 'address_login' }],
  ['a login of odd signs', { name: 'a', url: 'https://a@b:c@harbor.example.com' }, { url: 'address_login' }],
  ['a type that is none', { name: 'a', url: 'https://a', type: 'quay' }, { type: 'choice_unknown' }],
  ['a host without address', { name: 'a', url: 'https://a', hosts: 'a.example.com' }, { hosts: 'hosts_lines' }],
  ['an address that is none', { name: 'a', url: 'https://a', hosts: 'a 192.0.2.256' }, { hosts: 'hosts_lines' }],
  ['a host twice', { name: 'a', url: 'https://a', hosts: 'a 192.0.2.1\na 192.0.2.2' }, { hosts: 'hosts_lines' }],
])('refuses %s', (_, changed, codes) => {
  expect(codesOf({ ...blankRegistry(), ...typed, ...changed })).toEqual(codes)
})

test.each([
  ['https://harbor.example.com:8443/path/'],
  ['http://harbor.example.com'],
  ['https://镜像.example.com'],
  ['https://[2001:db8::1]:5000'],
  ['https://harbor_core'],
  ['https://a'],
])('takes %s', (url) => {
  expect(codesOf({ ...blankRegistry(), ...typed, name: '上海-灾备', url })).toEqual({})
})

test('whatever was read can be saved with other fields changed', () => {
  const odd = swrSchemas.registryShow.response.parse({
    ...more,
    name: `odd name.${'x'.repeat(300)}`,
    type: 'quay',
    url: 'https://-x?y=1',
    dns_conf: { hosts: { 'no host': 'no address' } },
  })
  const draft = { ...toForm(odd), ...typed, description: 'new' }
  expect(codesOf(draft)).toEqual({})
  const body = toBody(registryForm.parse(draft), odd)
  expect(body).toMatchObject({ name: odd.name, type: 'quay', url: odd.url, description: 'new' })
  expect(brokenIn(registryRules, body, toRequest(odd))).toEqual([])
  expect(Object.fromEntries(brokenIn(registryRules, body))).toMatchObject({ 'body.url': 'address_host' })
  expect(codesOf({ ...draft, name: 'other name', url: 'https://-y' })).toEqual({
    name: 'name_characters',
    url: 'address_host',
  })
})

test('an odd address that was read may stay', () => {
  const odd = swrSchemas.registryShow.response.parse({ ...more, url: 'harbor.example.com' })
  expect(codesOf({ ...toForm(odd), ...typed })).toEqual({})
})

test('what is shown of a request holds no secret', () => {
  const body = toBody(registryForm.parse({ ...toForm(more), ...typed }), more)
  expect(JSON.stringify(withoutSecret(body))).not.toContain(typed.secret)
  expect(withoutSecret(body).credential).toEqual({ type: 'basic', access_key: 'robot', access_secret: '•••' })
})

test('a secret stays only with the login that it was typed for', () => {
  const mine = { ...toForm(more), ...typed }
  const now = { ...toForm(more), login: 'robot2' }
  const login = registryQuestions.filter(({ name }) => name === 'login')
  expect(mergeRegistry({ now, mine }, login)).toMatchObject(typed)
  expect(mergeRegistry({ now, mine }, [])).toMatchObject({ login: 'robot2', secret: '' })
})
