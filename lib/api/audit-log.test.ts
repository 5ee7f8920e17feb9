import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SwrOperation } from '../contract/swr/operations'
import { deletedObjects, listRevisions, type ResourceKey } from '../db/revisions'
import { audit, leases, revisions } from '../db/schema'
import { demo } from '../sandbox/demo'
import { authorization, sdkDate } from '../swr/sign'
import type { TestMember } from '../testing/console'
import { databases } from '../testing/database'
import { type SandboxedConsole, startOnSandbox } from '../testing/sandbox'

const body = {
  name: 'nightly',
  description: 'as made',
  dest_registry: { id: 3 },
  dest_namespace: 'aa',
  filters: [{ type: 'name', value: 'library/**' }],
  repo_scope_mode: 'regular',
  trigger: { type: 'manual' },
  override: true,
  enabled: true,
}
const policy = { ...body, id: 20, src_registry: { id: 0 }, speed: -1, created_at: '2020-12-03T11:55:14.338485Z' }

interface Told {
  readonly status: number
  readonly code?: string
  readonly id?: number
  readonly content_hash?: string
  readonly now?: Record<string, unknown> | null
  readonly normalised?: unknown[]
  readonly policies?: Record<string, unknown>[]
}

describe.each(databases())('writes on $name', ({ open }) => {
  let console_: SandboxedConsole
  let [admin, operator, viewer]: TestMember[] = []
  let instance_id = ''

  beforeAll(async () => {
    console_ = await startOnSandbox(open())
    admin = await console_.member('admin')
    operator = await console_.member('operator')
    viewer = await console_.member('viewer')
  })
  afterAll(() => console_.close())
  beforeEach(async () => {
    const registry = { id: 3, name: 'remote', type: 'swr-pro', status: 'healthy' }
    instance_id = await console_.instance({ registries: [registry], policies: [policy] })
  })

  async function ask(
    who: TestMember | undefined,
    name: SwrOperation,
    more: object = {},
    policy_id = '20',
  ): Promise<Told> {
    const answer = await console_.swr(who ?? null, name, { params: { instance_id, policy_id }, ...more })
    const told: unknown = await answer.json()
    return { ...(typeof told === 'object' ? told : {}), status: answer.status }
  }
  const show = () => ask(viewer, 'replicationShow')
  const hash = async () => (await show()).content_hash
  const update = async (more: object, ifMatch?: string, reason?: string, who = admin) =>
    ask(who, 'replicationUpdate', { body: { ...body, ...more }, ifMatch: ifMatch ?? (await hash()), reason })
  const entries = () => console_.entries({ instance: instance_id })
  const place = (objectId = '20'): ResourceKey => ({
    connection: 'default',
    instance: instance_id,
    kind: 'replication',
    objectId,
  })
  const chain = async (objectId?: string) =>
    (await listRevisions(console_.db, place(objectId), { offset: 0, limit: 20 })).entries.toReversed()

  /** As somebody at another console of SWR does it. */
  async function outside(method: 'PUT' | 'DELETE', sent?: object) {
    const url = new URL(`/v2/${demo.project}/instances/${instance_id}/replication/policies/20`, console_.sandbox.url)
    const headers = { 'content-type': 'application/json', 'x-sdk-date': sdkDate(new Date()) }
    const text = sent && JSON.stringify(sent)
    const signed = authorization({ method, url, headers, body: text }, { access: demo.access, secret: demo.secret })
    const answer = await fetch(url, { method, headers: { ...headers, authorization: signed }, body: text })
    expect(answer.ok).toBe(true)
  }
  const received = async () =>
    (await console_.received(instance_id)).map(({ method }) => method).filter((method) => method !== 'GET')

  describe('the audit log', () => {
    test('says who changed what, when and why, before and after', async () => {
      const told = await update({ enabled: false }, undefined, '维护窗口 – maintenance')
      expect(told.status).toBe(200)
      const [entry] = await entries()
      expect(entry).toMatchObject({
        actorId: admin?.id,
        actorName: admin?.email,
        role: 'admin',
        connection: 'default',
        instance: instance_id,
        operation: 'replicationUpdate',
        kind: 'replication',
        objectId: '20',
        objectName: 'nightly',
        outcome: 'done',
        status: 200,
        code: null,
        requestId: expect.stringMatching(/\w{8}/),
        reason: '维护窗口 – maintenance',
        before: { id: 20, enabled: true, speed: -1 },
        after: { id: 20, enabled: false, speed: -1 },
      })
      expect(entry?.closedAt?.getTime()).toBeGreaterThanOrEqual(entry?.at.getTime() ?? 0)
    })

    test('has what was made, run and deleted', async () => {
      const made = await ask(admin, 'replicationCreate', { body: { ...body, name: 'new' }, reason: 'asked for' })
      const id = String(made.id)
      const ran = await ask(operator, 'executionStart', { body: { policy_id: made.id } })
      expect(ran.status).toBe(200)
      const gone = await ask(admin, 'replicationDelete', { ifMatch: String(made.now?.content_hash) }, id)
      expect(gone.status).toBe(200)
      expect(await entries()).toMatchObject([
        {
          operation: 'replicationCreate',
          outcome: 'done',
          objectId: id,
          objectName: 'new',
          before: null,
          after: { name: 'new' },
        },
        {
          operation: 'executionStart',
          outcome: 'done',
          objectId: id,
          objectName: 'new',
          after: { policy_id: made.id },
        },
        {
          operation: 'replicationDelete',
          outcome: 'done',
          objectId: id,
          objectName: 'new',
          before: { name: 'new' },
          after: null,
        },
      ])
    })

    test('has a manual sync', async () => {
      const params = { namespace: 'nowhere', repository: 'team/api' }
      const sync = { imageTag: ['v1'], remoteNamespace: 'target', remoteRegionId: 'cn-north-208' }
      const answer = await console_.swr(operator ?? null, 'manualSync', { params, body: sync })
      expect(answer.status).toBe(404)
      const [entry] = (await console_.entries({ kind: 'repository' })).slice(-1)
      expect(entry).toMatchObject({ objectId: 'nowhere/team/api', outcome: 'refused', status: 404, after: sync })
    })

    test.each<[string, string, object]>([
      ['fault-400', 'refused', { code: 'swr_invalid', status: 400 }],
      ['fault-409', 'refused', { code: 'swr_conflict', status: 409 }],
      ['fault-500', 'failed', { code: 'swr_failed', status: 500 }],
      ['fault-hangup', 'failed', { code: 'swr_broke_off', status: 502 }],
    ])('%s was %s', async (name, outcome, more) => {
      await update({ name })
      expect((await entries()).at(-1)).toMatchObject({ outcome, ...more, before: { name: 'nightly' }, after: { name } })
    })

    test('has what this console refused, and nothing of it reached SWR', async () => {
      const was = await hash()
      expect(await update({}, was, undefined, viewer)).toMatchObject({ status: 403, code: 'role_too_low' })
      expect(await ask(admin, 'replicationUpdate', { body })).toMatchObject({
        status: 428,
        code: 'precondition_missing',
      })
      expect(await update({ name: 'a b' }, was)).toMatchObject({ status: 422, code: 'invalid_request' })
      expect(await update({}, 'another')).toMatchObject({ status: 409, code: 'changed_meanwhile' })
      const denied = await entries()
      expect(denied.map(({ outcome, code }) => `${outcome} ${code}`)).toEqual([
        'denied role_too_low',
        'denied precondition_missing',
        'denied invalid_request',
        'denied changed_meanwhile',
      ])
      expect(denied[0]).toMatchObject({
        role: 'viewer',
        actorName: viewer?.email,
        objectId: '20',
        objectName: 'nightly',
      })
      expect(await received()).toEqual([])
    })

    test('tells the truth about a write in whose middle the console dies', async () => {
      const writing = update({ name: 'fault-slow' })
      let open: Awaited<ReturnType<typeof entries>>[number] | undefined
      while (open?.outcome !== 'open' || open.after === null) {
        await setTimeout(50)
        open = (await entries()).at(-1)
      }
      expect(open).toMatchObject({ outcome: 'open', before: { name: 'nightly' }, after: { name: 'fault-slow' } })
      const later = new Date(Date.now() + 3_600_000)
      expect((await console_.entries({ instance: instance_id }, later)).at(-1)?.outcome).toBe('interrupted')
      expect((await writing).status).toBe(200)
      expect((await entries()).at(-1)?.outcome).toBe('done')
    }, 15_000)

    test('holds no secret, wherever one was written', async () => {
      const canary = `say ${demo.secret} and ${encodeURIComponent(demo.access)}`
      await update({ description: canary }, undefined, canary)
      await update({ description: canary }, 'another', canary)
      await update({ description: canary }, undefined, canary, viewer)
      await ask(admin, 'replicationCreate', {
        body: { ...body, name: 'fault-400', description: canary },
        reason: canary,
      })
      const rows = [audit, revisions, leases].map((table) => console_.db.select().from(table))
      const stored = JSON.stringify(await Promise.all(rows))
      expect(stored).toContain('say •••')
      for (const secret of [demo.secret, demo.access]) expect(stored).not.toContain(secret)
    })

    test('takes any text that the request may hold', async () => {
      const odd = 'a\0b \ud800 c \udfff 😀'
      const mended = 'a\ufffdb \ufffd c \ufffd 😀'
      const told = await update({ description: odd }, undefined, 'why\0')
      expect(told).toMatchObject({ status: 200, normalised: [], now: { description: odd } })
      expect((await entries()).at(-1)).toMatchObject({
        outcome: 'done',
        reason: 'why\ufffd',
        after: { description: mended },
      })
      expect((await chain()).at(-1)).toMatchObject({ source: 'console', content: { description: mended } })
      // What is stored differs by a letter, what is compared does not.
      await show()
      expect(await chain()).toHaveLength(2)
      expect((await update({ description: 'next' }, String(told.now?.content_hash))).status).toBe(200)
    })

    test('is searched for any text', async () => {
      for (const query of [{ person: '\0' }, { object: '\ud800%' }, { objectId: '\0' }, { operation: '\0' }]) {
        const answer = await console_.own(viewer ?? null, 'auditList', { params: {}, query })
        expect([answer.status, await answer.json()]).toEqual([200, { entries: [], total: 0, exact: true }])
      }
    })

    test('takes the largest request, and an account with any name', async () => {
      const description = '维'.repeat(340_000)
      expect(await update({ description })).toMatchObject({ status: 200, now: { description } })
      expect((await entries()).at(-1)).toMatchObject({ outcome: 'done', after: { description } })
      const invited = { email: `${instance_id}@example.com`, name: 'No\0body', role: 'viewer' }
      const answer = await console_.own(admin ?? null, 'userInvite', { params: {}, body: invited })
      expect(await answer.json()).toMatchObject({ user: { email: invited.email } })
    })

    test('refuses a reason that is none', async () => {
      const long = await ask(admin, 'replicationCreate', { body, reason: 'x'.repeat(501) })
      expect(long).toMatchObject({ status: 422, fields: { reason: expect.any(String) } })
    })
  })

  describe('versions', () => {
    test('are kept before and after, each once', async () => {
      const first = await hash()
      await update({ description: 'two' })
      await update({ description: 'two' })
      const { now } = await update({ description: 'three' })
      const kept = await chain()
      expect(kept.map(({ source, content }) => `${source} ${Object(content).description}`)).toEqual([
        'seen as made',
        'console two',
        'console three',
      ])
      expect([kept[0]?.hash, kept[2]?.hash]).toEqual([first, now?.content_hash])
      expect(kept[2]?.content).toMatchObject({ id: 20, speed: -1 })
      expect(Object(kept[2]?.content)).not.toHaveProperty('content_hash')
      const [, , last] = await entries()
      expect(kept[2]).toMatchObject({ auditId: last?.id, actorName: admin?.email })
    })

    test.each(['list', 'page'] as const)('made outside are noticed by the %s', async (where) => {
      await show()
      await outside('PUT', { ...body, description: 'from outside' })
      if (where === 'list') await ask(viewer, 'replicationList')
      else await show()
      await expect.poll(async () => (await chain()).map(({ source }) => source)).toEqual(['seen', 'outside'])
      expect((await chain())[1]?.content).toMatchObject({ description: 'from outside' })
      await show()
      expect(await chain()).toHaveLength(2)
    })

    test('made outside and taken back again are both noticed by lists that say what an earlier one said', async () => {
      await outside('PUT', { ...body, description: 'as made' })
      await show()
      const seenBy = async (count: number) => {
        await ask(viewer, 'replicationList')
        await expect.poll(async () => (await chain()).length).toBe(count)
      }
      await seenBy(1)
      const { policies } = await ask(viewer, 'replicationList')
      await outside('PUT', { ...body, description: 'from outside' })
      await seenBy(2)
      await outside('PUT', { ...body, description: 'as made' })
      await seenBy(3)
      expect((await chain())[2]?.hash).toBe(policies?.[0]?.content_hash)
    })

    test('a policy that is deleted outside can be made again', async () => {
      await show()
      await outside('DELETE')
      expect(await show()).toMatchObject({ status: 404, code: 'swr_not_found' })
      await expect.poll(async () => (await deletedObjects(console_.db, place())).length).toBe(1)
      expect(await chain()).toMatchObject([{ source: 'seen' }, { source: 'outside', deleted: true, name: 'nightly' }])
    })

    test('of policies that nobody looked at are not made by a list', async () => {
      const { policies } = await ask(viewer, 'replicationList')
      expect(policies?.[0]?.content_hash).toBe(await hash())
      await setTimeout(50)
      expect((await chain()).length).toBeLessThanOrEqual(1)
    })

    test('a deleted policy can be found and made again', async () => {
      expect((await ask(admin, 'replicationDelete', { ifMatch: await hash() })).status).toBe(200)
      const [gone] = await deletedObjects(console_.db, place())
      expect(gone).toMatchObject({ objectId: '20', name: 'nightly', deleted: true, actorName: admin?.email })
      const again = await ask(admin, 'replicationCreate', { body })
      expect(await chain(String(again.id))).toMatchObject([{ source: 'console', deleted: false }])
    })
  })

  describe('safe editing', () => {
    test('answers the policy as it is now and what SWR made of it', async () => {
      const told = await update({ enabled: false })
      expect(told).toMatchObject({ now: { id: 20, enabled: false, content_hash: await hash() }, normalised: [] })
      expect(told.now?.content_hash).toBe(await hash())
    })

    test('a policy that moved is not written', async () => {
      const opened = await hash()
      await outside('PUT', { ...body, description: 'theirs' })
      const told = await update({ description: 'mine' }, opened)
      expect(told).toMatchObject({ status: 409, code: 'changed_meanwhile', now: { description: 'theirs' } })
      expect(told.now?.content_hash).toBe(await hash())
      expect(await received()).toEqual(['PUT'])
      expect((await chain()).map(({ source }) => source)).toEqual(['seen', 'outside'])
      expect((await update({ description: 'merged' }, String(told.now?.content_hash))).status).toBe(200)
    })

    test('what is gone is not written, and says so', async () => {
      const opened = await hash()
      await outside('DELETE')
      const told = await update({}, opened)
      expect(told).toMatchObject({ status: 409, code: 'changed_meanwhile' })
      expect(told).not.toHaveProperty('now')
      expect(await ask(admin, 'replicationDelete', { ifMatch: opened })).toMatchObject({
        status: 404,
        code: 'swr_not_found',
      })
    })

    test('a deletion needs to know what it deletes', async () => {
      expect((await ask(admin, 'replicationDelete')).status).toBe(428)
      expect((await ask(admin, 'replicationDelete', { ifMatch: 'another' })).status).toBe(409)
      expect(await received()).toEqual([])
    })

    test('of many that write at once one is let through, and each is on record', async () => {
      const opened = await hash()
      const all = await Promise.all(
        Array.from({ length: 8 }, (_, index) => update({ description: `by ${index}` }, opened)),
      )
      expect(all.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(409)])
      expect(await received()).toEqual(['PUT'])
      const outcomes = (await entries()).map(({ outcome, code }) => `${outcome} ${code}`)
      expect(outcomes.sort()).toEqual([...Array(7).fill('denied changed_meanwhile'), 'done null'])
      expect((await chain()).map(({ source }) => source)).toEqual(['seen', 'console'])
    })

    test('of two that write at once, one is told', async () => {
      const opened = await hash()
      const both = await Promise.all(['one', 'two'].map((description) => update({ description }, opened)))
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
      const [won, lost] = both[0]?.status === 200 ? both : both.toReversed()
      expect(lost?.now).toEqual(won?.now)
      expect(await received()).toEqual(['PUT'])
      expect(await console_.db.select().from(leases)).toEqual([])
    })
  })
})
