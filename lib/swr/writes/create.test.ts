import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listRevisions } from '../../db/revisions'
import { leases } from '../../db/schema'
import { demo } from '../../sandbox/demo'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import { startTestConsole, type TestConsole, type TestMember } from '../../testing/console'
import { databases } from '../../testing/database'
import { demoAt } from '../../testing/sandbox'
import { type Between, type Carried, startWire } from '../../testing/wire'
import { authorization, sdkDate } from '../sign'

const body = {
  name: 'nightly',
  description: 'as sent',
  dest_registry: { id: 3 },
  dest_namespace: 'aa',
  filters: [{ type: 'name', value: 'library/**' }],
  repo_scope_mode: 'regular',
  trigger: { type: 'manual' },
  enabled: true,
}
const stored = (id: number, more: object = {}) => ({ ...body, id, src_registry: { id: 0 }, ...more })

const [first] = databases()
describe(`a policy is made, on ${first?.name}`, () => {
  let sandbox: Sandbox
  let wire: Awaited<ReturnType<typeof startWire>>
  let console_: TestConsole
  let admin: TestMember
  let instance_id = ''

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, controlPort: 0 })
    wire = await startWire(sandbox.url)
    console_ = await startTestConsole(first?.open() ?? Promise.reject(new Error('no database')), demoAt(wire.url))
    admin = await console_.member('admin')
  })
  afterAll(async () => {
    await wire.close()
    await sandbox.close()
    await console_.close()
  })
  beforeEach(() => hold([]))

  /** An instance that holds these policies, on a line that works. */
  async function hold(policies: object[]) {
    wire.between = async (_, carry) => carry()
    const content = { registries: [{ id: 3, name: 'remote', type: 'swr-pro' }], policies }
    const answer = await fetch(`${sandbox.controlUrl}/instances`, { method: 'POST', body: JSON.stringify({ content }) })
    instance_id = (await answer.json()).id
  }
  const onPost = (between: Between) => {
    wire.between = async (asked, carry) => (asked.method === 'POST' ? between(asked, carry) : carry())
  }
  async function create(more: object = {}) {
    const given = { params: { instance_id }, body: { ...body, ...more } }
    const answer = await console_.swr(admin, 'replicationCreate', given)
    return { status: answer.status, ...(await answer.json()) }
  }
  async function there(): Promise<{ id: number; name: string }[]> {
    const answer = await fetch(`${sandbox.controlUrl}/instances/${instance_id}`)
    return (await answer.json()).policies
  }
  const entry = async () => (await console_.entries({ instance: instance_id })).at(-1)
  async function chain(id: number) {
    const place = { connection: 'default', instance: instance_id, kind: 'replication', objectId: String(id) } as const
    return (await listRevisions(console_.db, place, { offset: 0, limit: 9 })).entries
  }
  /** As somebody else makes it. */
  async function outside(more: object) {
    const url = new URL(`/v2/${demo.project}/instances/${instance_id}/replication/policies`, sandbox.url)
    const headers = { 'content-type': 'application/json', 'x-sdk-date': sdkDate(new Date()) }
    const text = JSON.stringify({ ...body, ...more })
    const credential = { access: demo.access, secret: demo.secret }
    const signed = authorization({ method: 'POST', url, headers, body: text }, credential)
    const sent = { method: 'POST', headers: { ...headers, authorization: signed }, body: text }
    expect((await fetch(url, sent)).status).toBe(201)
  }

  const instead =
    (answer: Carried | null): Between =>
    async (_, carry) => {
      await carry()
      return answer
    }
  const losses: [string, string, number | null, Carried | null][] = [
    ['the connection breaks', 'swr_broke_off', null, null],
    ['a gateway gives up', 'swr_timeout', 504, { status: 504, body: '' }],
    ['a gateway fails', 'swr_failed', 502, { status: 502, body: '<html>' }],
    ['it cannot be read', 'swr_unreadable', 201, { status: 201, body: 'OK' }],
  ]

  test.each(losses)('although its answer is lost: %s', async (_, code, status, answer) => {
    onPost(instead(answer))
    const told = await create()
    const [{ id = 0 } = {}, ...others] = await there()
    expect(others).toEqual([])
    expect(told).toMatchObject({
      status: 200,
      id,
      answerLost: true,
      normalised: [],
      now: { id, name: 'nightly', content_hash: expect.stringMatching(/\w/) },
    })
    expect(await entry()).toMatchObject({
      outcome: 'done',
      code,
      status,
      objectId: String(id),
      objectName: 'nightly',
      after: { id, description: 'as sent' },
    })
    expect(await chain(id)).toMatchObject([{ source: 'console', auditId: (await entry())?.id, actorName: admin.email }])
    expect(await console_.db.select().from(leases)).toEqual([])
  })

  test('and says nothing of a loss when there was none', async () => {
    expect(await create()).toMatchObject({ status: 200, id: 1, now: { name: 'nightly' } })
    expect(await create({ name: 'other' })).not.toHaveProperty('answerLost')
    expect(await entry()).toMatchObject({ outcome: 'done', code: null, status: 201 })
  })

  test('is found among many, by its whole name', async () => {
    await hold(Array.from({ length: 150 }, (_, index) => stored(index + 1, { name: `nightly${index}` })))
    onPost(instead(null))
    expect(await create()).toMatchObject({ status: 200, id: 151, answerLost: true })
  })

  test('by the console, also when somebody opens it before that is known', async () => {
    onPost(async (_, carry) => {
      const { status, body: text } = await carry()
      const params = { instance_id, policy_id: '1' }
      expect((await console_.swr(admin, 'replicationShow', { params })).status).toBe(200)
      return { status, body: text }
    })
    expect(await create()).toMatchObject({ status: 200, id: 1 })
    expect(await chain(1)).toMatchObject([{ source: 'console', auditId: (await entry())?.id }])
  })

  test('or not, and then it stays a failure', async () => {
    onPost(async () => null)
    expect(await create()).toMatchObject({ status: 502, code: 'swr_broke_off' })
    expect(await entry()).toMatchObject({ outcome: 'failed', code: 'swr_broke_off', objectId: null })
    expect(await there()).toEqual([])
  })

  test('one that was there before is not taken for it', async () => {
    await hold([stored(7)])
    onPost(async () => null)
    expect(await create()).toMatchObject({ status: 502, code: 'swr_broke_off' })
    expect(await entry()).toMatchObject({ outcome: 'failed', objectId: null })
    expect(await chain(7)).toEqual([])
  })

  test('one of the same name that says something else is somebody else’s', async () => {
    onPost(async () => {
      await outside({ description: 'theirs' })
      return null
    })
    expect(await create()).toMatchObject({ status: 502, code: 'swr_broke_off' })
    expect(await entry()).toMatchObject({ outcome: 'failed', objectId: null })
    expect(await chain(1)).toEqual([])
  })

  test('without a look before, nobody can say whose it is', async () => {
    let posted = false
    wire.between = async ({ method }, carry) => {
      if (method === 'GET') return posted ? carry() : { status: 500, body: '' }
      posted = true
      await carry()
      return null
    }
    expect(await create()).toMatchObject({ status: 502, code: 'swr_broke_off' })
    expect(await there()).toHaveLength(1)
    expect(await entry()).toMatchObject({ outcome: 'failed', objectId: null })
  })

  test('of two at once that lose their answers, one has made it', async () => {
    onPost(instead(null))
    const both = await Promise.all([create(), create()])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 502])
    expect(await there()).toHaveLength(1)
  })

  test('what is found after the turn was lost may be somebody else’s', async () => {
    onPost(async (_, carry) => {
      await carry()
      await console_.db.update(leases).set({ holder: 'another' })
      return null
    })
    expect(await create()).toMatchObject({ status: 502, code: 'swr_broke_off' })
    expect(await entry()).toMatchObject({ outcome: 'failed', code: 'swr_broke_off', objectId: null })
    expect(await chain(1)).toEqual([])
    await console_.db.delete(leases)
  })

  test('what lost its turn while it looked is not sent', async () => {
    const posts: string[] = []
    wire.between = async ({ method, path }, carry) => {
      if (method === 'POST') posts.push(path)
      else await console_.db.update(leases).set({ holder: 'another' })
      return carry()
    }
    expect(await create()).toMatchObject({ status: 409, code: 'busy_here' })
    expect(posts).toEqual([])
    expect(await entry()).toMatchObject({ outcome: 'denied', code: 'busy_here' })
    await console_.db.delete(leases)
  })

  test('nor is an update or a deletion', async () => {
    await hold([stored(7)])
    const params = { instance_id, policy_id: '7' }
    const shown = await (await console_.swr(admin, 'replicationShow', { params })).json()
    const ifMatch: string = shown.content_hash
    const methods: string[] = []
    wire.between = async ({ method }, carry) => {
      methods.push(method)
      await console_.db.update(leases).set({ holder: 'another' })
      return carry()
    }
    for (const [name, more] of [
      ['replicationUpdate', { body }],
      ['replicationDelete', {}],
    ] as const) {
      const answer = await console_.swr(admin, name, { params, ifMatch, ...more })
      expect(await answer.json()).toMatchObject({ status: 409, code: 'busy_here' })
      await console_.db.delete(leases)
    }
    expect(methods).toEqual(['GET', 'GET'])
  })
})
