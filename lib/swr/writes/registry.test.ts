import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SwrOperation } from '../../contract/swr/operations'
import { audit, revisions } from '../../db/schema'
import type { TestMember } from '../../testing/console'
import { type SandboxedConsole, startOnSandbox } from '../../testing/sandbox'
import { contentHashOf } from '../content-hash'

const secret = 'never-to-be-seen-again'
const login = 'ap-southeast-1@AKOFSOMEBODYELSE00001'
const body = {
  name: 'hongkong',
  type: 'huawei-SWR',
  url: 'https://swr-api.example.com',
  region_id: 'ap-southeast-1',
  credential: { type: 'basic', access_key: login, access_secret: secret },
  insecure: false,
}
const registry = {
  ...body,
  id: 5,
  status: 'healthy',
  ca_certificate: 'PEM',
  credential: { type: 'basic', access_key: login, access_secret: 'opaque-1', valid_until: 'never' },
  created_at: '2020-12-03T11:55:14.338485Z',
  updated_at: '2020-12-03T11:55:14.338485Z',
}

interface Told {
  readonly status: number
  readonly text: string
  readonly json: Record<string, unknown>
}

describe('writes of registries', () => {
  let console_: SandboxedConsole
  let admin: TestMember
  let instance_id = ''

  beforeAll(async () => {
    console_ = await startOnSandbox()
    admin = await console_.member('admin')
  })
  afterAll(() => console_.close())
  beforeEach(() => fill({ registries: [registry] }))

  async function fill(content: object) {
    instance_id = await console_.instance(content)
  }
  async function ask(name: SwrOperation, more: object = {}, registry_id = '5'): Promise<Told> {
    const answer = await console_.swr(admin, name, { params: { instance_id, registry_id }, ...more })
    const text = await answer.text()
    return { status: answer.status, text, json: JSON.parse(text) }
  }
  const hash = async () => (await ask('registryShow')).json.content_hash
  const update = async (more: object, ifMatch?: unknown) =>
    ask('registryUpdate', { body: { ...body, ...more }, ifMatch: ifMatch ?? (await hash()) })
  const entries = () => console_.entries({ instance: instance_id })
  const received = async (method: string) =>
    (await console_.received(instance_id)).flatMap((request) => (request.method === method ? [request.body] : []))
  /** All that the console's database holds. */
  const stored = async () =>
    JSON.stringify([await console_.db.select().from(audit), await console_.db.select().from(revisions)])

  test('an update must say what it was made on', async () => {
    expect(await ask('registryUpdate', { body })).toMatchObject({ status: 428 })
    expect(await ask('registryDelete')).toMatchObject({ status: 428 })
    expect(await received('PUT')).toEqual([])
  })

  test('an update keeps what the console does not know, sends the secret and tells nobody', async () => {
    const got = await update({ description: 'renewed' })
    expect(got).toMatchObject({ status: 200, json: { now: { description: 'renewed' }, normalised: [] } })
    const [sent] = await received('PUT')
    expect(sent).toMatchObject({
      ca_certificate: 'PEM',
      credential: { access_key: login, access_secret: secret, valid_until: 'never' },
    })
    expect(sent).not.toHaveProperty('status')
    expect(sent).not.toHaveProperty('id')
    const [entry] = await entries()
    expect(entry).toMatchObject({
      operation: 'registryUpdate',
      outcome: 'done',
      kind: 'registry',
      objectId: '5',
      objectName: 'hongkong',
      before: { credential: { access_key: 'ap-southeast-1@•••' } },
      after: { description: 'renewed', credential: { access_key: 'ap-southeast-1@•••' } },
    })
    for (const text of [secret, 'AKOFSOMEBODYELSE', 'opaque-1']) expect(got.text + (await stored())).not.toContain(text)
  })

  test('a change by somebody else stops it; a change of health does not', async () => {
    const opened = await hash()
    await fill({ registries: [{ ...registry, status: 'unhealthy', updated_at: '2021-01-01T00:00:00Z' }] })
    expect(await hash()).toBe(opened)
    await fill({ registries: [{ ...registry, url: 'https://moved.example.com' }] })
    const got = await update({}, opened)
    expect(got).toMatchObject({ status: 409, json: { code: 'changed_meanwhile', now: { url: expect.any(String) } } })
    expect(await received('PUT')).toEqual([])
    expect(got.text).not.toContain('AKOFSOMEBODYELSE')
  })

  test('another login is a change although both are masked alike; the stored secret says nothing', () => {
    const other = { ...registry, credential: { ...registry.credential, access_key: `${login}X` } }
    expect(contentHashOf(other)).not.toBe(contentHashOf(registry))
    const again = { ...registry, credential: { ...registry.credential, access_secret: 'opaque-2' } }
    expect(contentHashOf(again)).toBe(contentHashOf(registry))
  })

  test('a masked login and an empty secret are never sent', async () => {
    const masked = { credential: { ...body.credential, access_key: 'ap-southeast-1@•••' } }
    expect(await update(masked)).toMatchObject({
      status: 422,
      json: { fields: { 'body.credential.access_key': 'login_masked' } },
    })
    expect(await update({ credential: { ...body.credential, access_secret: '' } })).toMatchObject({ status: 422 })
    expect(await received('PUT')).toEqual([])
    expect(await stored()).not.toContain(secret)
  })

  test('a new one is read back, entered by its number, and has no history', async () => {
    const got = await ask('registryCreate', { body: { ...body, name: 'another' } })
    expect(got).toMatchObject({ status: 200, json: { id: 6, now: { id: 6, name: 'another', status: 'healthy' } } })
    expect((await entries()).at(-1)).toMatchObject({ operation: 'registryCreate', kind: 'registry', objectId: '6' })
    expect(await console_.db.select().from(revisions)).toEqual([])
    expect(got.text + (await stored())).not.toContain(secret)
  })

  test('what SWR repeats of the login in its refusal is taken out of the refusal', async () => {
    // Taken by the console's own rules, and repeated by SWR in its refusal.
    const odd = { ...body, name: 'odd', type: 'swr-pro', dns_conf: { hosts: { [`${secret}.example.com`]: 'none' } } }
    const got = await ask('registryCreate', { body: odd })
    expect(got).toMatchObject({ status: 400, json: { swr: { message: expect.stringContaining('•••') } } })
    expect(got.text).not.toContain(secret)
  })

  test('one in use is refused by SWR and stays; otherwise it goes', async () => {
    const policy = { id: 1, name: 'uses-it', src_registry: { id: 0 }, dest_registry: { id: 5 }, filters: [] }
    await fill({ registries: [registry], policies: [policy] })
    expect(await ask('registryDelete', { ifMatch: await hash() })).toMatchObject({ status: 409 })
    expect((await entries()).at(-1)).toMatchObject({ operation: 'registryDelete', outcome: 'refused' })
    await fill({ registries: [registry] })
    expect(await ask('registryDelete', { ifMatch: await hash() })).toMatchObject({ status: 200 })
    expect((await entries()).at(-1)).toMatchObject({ outcome: 'done', objectName: 'hongkong' })
    expect(await ask('registryShow')).toMatchObject({ status: 404 })
  })
})
