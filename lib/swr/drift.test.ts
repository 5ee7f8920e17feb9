import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SwrOperation } from '../contract/swr/operations'
import type { PolicyKind } from '../contract/vocabulary'
import { withLease } from '../db/lease'
import { deletedObjects, leaseKey, listRevisions, saveRevision } from '../db/revisions'
import type { TestMember } from '../testing/console'
import { databases } from '../testing/database'
import { type SandboxedConsole, startOnSandbox } from '../testing/sandbox'

const retention = (id: number, namespace_name: string) => ({
  id,
  name: `keep-${id}`,
  namespace_id: 1,
  namespace_name,
  algorithm: 'or',
  enabled: true,
  rules: [],
  trigger: { type: 'manual' },
})
const replication = (id: number) => ({ id, name: `copy-${id}`, src_registry: { id: 0 }, dest_registry: { id: 3 } })

describe.each(databases())('policies deleted outside, on $name', ({ open }) => {
  let console_: SandboxedConsole
  let viewer: TestMember
  let instance_id = ''
  let made = 0

  beforeAll(async () => {
    console_ = await startOnSandbox(open())
    viewer = await console_.member('viewer')
  })
  afterAll(() => console_.close())

  async function hold(content: object) {
    const namespaces = ['aa', 'bb'].map((name) => ({ name, repositories: [] }))
    instance_id = await console_.instance({ namespaces, ...content })
  }
  beforeEach(() =>
    hold({ policies: [replication(1), replication(2)], retentions: [retention(1, 'aa'), retention(2, 'bb')] }),
  )

  const place = (kind: PolicyKind, objectId: number) => ({
    connection: 'default',
    instance: instance_id,
    kind,
    objectId: String(objectId),
  })
  /** A policy that the console has seen, so many seconds ago. */
  async function seen(kind: PolicyKind, objectId: number, secondsAgo = 120) {
    const at = new Date(Date.now() - secondsAgo * 1000)
    const version = { name: 'was', hash: `h${++made}`, content: { id: objectId, name: 'was' } }
    await saveRevision(console_.db, place(kind, objectId), version, { source: 'seen', at })
  }
  const ask = (name: SwrOperation, query: object = {}, params: object = {}) =>
    console_.swr(viewer, name, { params: { instance_id, ...params }, query })
  const gone = async (kind: PolicyKind) =>
    (await deletedObjects(console_.db, place(kind, 0))).map(({ objectId }) => Number(objectId))
  const page = { offset: 0, limit: 10 }

  describe.each(['replication', 'retention'] as const)('%s', (kind) => {
    test.each<[string, object]>([
      ['the list', page],
      ['the first page of SWR’s own size', {}],
    ])('are noticed by %s', async (_, query) => {
      await seen(kind, 1)
      await seen(kind, 9)
      await ask(`${kind}List`, query)
      await expect.poll(() => gone(kind)).toEqual([9])
      const { entries } = await listRevisions(console_.db, place(kind, 9), page)
      expect(entries.map(({ source, deleted, name }) => [source, deleted, name])).toEqual([
        ['outside', true, 'was'],
        ['seen', false, 'was'],
      ])
      await ask(`${kind}List`, query)
      await setTimeout(150)
      expect((await listRevisions(console_.db, place(kind, 9), page)).total).toBe(2)
    })

    test('the last one is noticed, too', async () => {
      await hold({})
      await seen(kind, 9)
      await ask(`${kind}List`, page)
      await expect.poll(() => gone(kind)).toEqual([9])
    })

    test.each<[string, object]>([
      ['a search', { ...page, name: 'keep' }],
      ['a search for nothing', { ...page, name: '' }],
      ['a filter', { ...page, [kind === 'retention' ? 'namespace_id' : 'registry_id']: 1 }],
      ['one page of two', { offset: 0, limit: 1 }],
      ['the second page', { offset: 10, limit: 10 }],
    ])('%s says nothing about them', async (_, query) => {
      await seen(kind, 9)
      expect((await ask(`${kind}List`, query)).status).toBe(200)
      await setTimeout(150)
      expect(await gone(kind)).toEqual([])
    })

    test('nor does a list with a row that cannot be read', async () => {
      await hold({ policies: [replication(1), 'odd'], retentions: [retention(1, 'aa'), { name: 'no id' }] })
      await seen(kind, 9)
      expect((await ask(`${kind}List`, page)).status).toBe(200)
      await setTimeout(150)
      expect(await gone(kind)).toEqual([])
    })

    test('nor a list about what was made a moment ago, or is being written', async () => {
      await seen(kind, 8, 5)
      await seen(kind, 9)
      await withLease(console_.db, leaseKey(place(kind, 9)), 30, async () => {
        await ask(`${kind}List`, page)
        await setTimeout(150)
        // A look that takes longer may find it written, and enters it then.
        expect(await gone(kind)).toEqual([])
      })
    })

    test('are noticed by their page at once', async () => {
      await seen(kind, 9, 0)
      const answer = await ask(`${kind}Show`, {}, { namespace_name: 'aa', policy_id: 9 })
      expect(answer.status).toBe(404)
      await expect.poll(() => gone(kind)).toEqual([9])
    })
  })

  test('an address with another namespace does not make a retention policy gone', async () => {
    await seen('retention', 1)
    const answer = await ask('retentionShow', {}, { namespace_name: 'bb', policy_id: 1 })
    expect(answer.status).toBe(404)
    await setTimeout(300)
    expect(await gone('retention')).toEqual([])
  })

  test('what was never seen is not looked for', async () => {
    await ask('retentionShow', {}, { namespace_name: 'bb', policy_id: 77 })
    await setTimeout(150)
    expect(await console_.received(instance_id)).toHaveLength(1)
  })
})
