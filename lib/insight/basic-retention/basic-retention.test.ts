import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BasicRule } from '../../contract/console/basic-retention'
import { defaultRetentionLimits } from '../../contract/console/retention-settings'
import { basicEdition } from '../../contract/console/retention-vocabulary'
import { saveLimits } from '../../db/retention-settings'
import { inUseClusters } from '../../db/retention-tables'
import type { TestMember } from '../../testing/console'
import { databases } from '../../testing/database'
import { type SyncConsole, startSyncConsole } from '../../testing/sync-console'

const day = 86_400_000
const keepTen = (amount = 2): BasicRule => ({ template: 'tag_rule', amount, exceptions: [] })

/** Names of all databases: listings are kept by them. */
let made = 0

describe.each(databases())('retention of the Basic Edition on $name', ({ open }) => {
  let console_: SyncConsole
  let admin: TestMember
  beforeAll(async () => {
    console_ = await startSyncConsole({ opening: open(), works: false })
    admin = await console_.member('admin')
  })
  afterAll(() => console_.close())

  /** An organization with a repository of four tags, one pushed each day, and a deep one. */
  async function repository(name = 'web/api') {
    const organization = `retained-${++made}`
    const tags = ['v4', 'v3', 'v2', 'v1'].map((tag, index) => ({
      name: tag,
      pushed: new Date(Date.now() - (index + 1) * 10 * day).toISOString(),
    }))
    await console_.control('POST', '/organizations', { name: organization, repositories: [{ name, tags }] })
    return { organization, repository: name }
  }
  type Place = Awaited<ReturnType<typeof repository>>
  const show = (place: Place) => console_.ok(admin, 'basicRetentionShow', { query: place })
  const decide = (place: Place, rule: BasicRule) =>
    console_.ok(admin, 'basicRetentionDecide', { body: { ...place, rule } })
  async function bodyOf(place: Place, rule: BasicRule, more: object = {}) {
    const { retention } = await show(place)
    const { hash } = await decide(place, rule)
    const confirm = `${place.organization}/${place.repository}`
    return { ...place, rule, was: retention?.content ?? null, decided: hash, confirm, ...more }
  }
  const save = (body: object, reason?: string) =>
    console_.call(admin, 'basicRetentionSave', { body, ...(reason && { reason }) })
  const held = async ({ organization }: Place) =>
    [...(await console_.heldTags(organization, ['cn-north-4'])).keys()].map((name) => name.split(':')[1]).sort()
  const push = ({ organization, repository: name }: Place, tag: string) =>
    console_.control('POST', '/push', { organization, repositories: [{ name, tags: [tag] }] })

  test('verdicts, save, change, log and delete', async () => {
    const place = await repository()
    expect((await show(place)).retention).toBeNull()
    const decided = await decide(place, keepTen(3))
    expect(decided).toMatchObject({ keep: 3, delete: 1, unsure: 0, complete: true, bytes: 42_000_000 })
    expect(decided.images[0]).toMatchObject({ tag: 'v1', decision: 'delete', before: null, inUse: [] })
    expect(await held(place)).toHaveLength(4)

    const first = await save(await bodyOf(place, keepTen(3)))
    expect([first.status, first.body.retention]).toEqual([
      200,
      expect.objectContaining({ rule: keepTen(3), others: 0 }),
    ])
    expect(await held(place)).toEqual(['v2', 'v3', 'v4'])

    const narrower = await decide(place, keepTen(2))
    expect(narrower.images.map(({ tag, decision, before }) => [tag, decision, before])).toEqual([
      ['v2', 'delete', 'keep'],
      ['v4', 'keep', 'keep'],
      ['v3', 'keep', 'keep'],
    ])
    expect((await save(await bodyOf(place, keepTen(2)))).status).toBe(200)
    expect(await held(place)).toEqual(['v3', 'v4'])
    const log = await console_.ok(admin, 'basicRetentionLogShow', { query: place })
    expect(log).toMatchObject({ total: 2, rows: [{ tag: 'v2' }, { tag: 'v1', at: expect.stringMatching(/Z$/) }] })

    const { retention } = await show(place)
    await console_.ok(admin, 'basicRetentionRemove', { body: { ...place, was: retention?.content } })
    expect((await show(place)).retention).toBeNull()
    const entries = await console_.entries({ kind: 'basic_retention' })
    const name = `${place.organization}/${place.repository}`
    expect(entries.filter(({ objectName }) => objectName === name)).toMatchObject([
      { operation: 'basicRetentionSave', outcome: 'done', after: { rule: keepTen(3), deleted: 1 } },
      { operation: 'basicRetentionSave', outcome: 'done', after: { rule: keepTen(2), deleted: 1 } },
      { operation: 'basicRetentionRemove', outcome: 'done' },
    ])
  })

  test('days, with exceptions', async () => {
    const place = await repository()
    const exceptions = [
      { kind: 'regexp' as const, pattern: '^v1$' },
      { kind: 'label' as const, pattern: 'v3' },
    ]
    const rule: BasicRule = { template: 'date_rule', amount: 15, exceptions }
    expect(await decide(place, rule)).toMatchObject({ keep: 3, delete: 1 })
    expect((await save(await bodyOf(place, rule))).status).toBe(200)
    expect(await held(place)).toEqual(['v1', 'v3', 'v4'])
    expect((await show(place)).retention?.rule).toEqual(rule)
  })

  test('a push that changes what goes refuses; one that does not, does not', async () => {
    const place = await repository()
    const body = await bodyOf(place, keepTen(3))
    await push(place, 'v5')
    const refused = await save(body)
    expect([refused.status, refused.body.code]).toEqual([409, 'retention_outdated'])
    expect(await held(place)).toHaveLength(5)
    const byDays = await bodyOf(place, { template: 'date_rule', amount: 25, exceptions: [] })
    await push(place, 'v6')
    expect((await save(byDays)).status).toBe(200)
    expect(await held(place)).toEqual(['v3', 'v4', 'v5', 'v6'])
  })

  test('what runs somewhere locks, and so does a list that is too old; a reason goes on', async () => {
    const place = await repository()
    const running = (tag: string) =>
      console_.own(admin, 'inUsePut', {
        params: { cluster: 'production' },
        body: { text: `swr.cn-north-4.myhuaweicloud.com/${place.organization}/${place.repository}:${tag}` },
      })
    await running('v1')
    expect(await decide(place, keepTen())).toMatchObject({
      images: [{ tag: 'v2' }, { tag: 'v1', inUse: ['production'] }, {}, {}],
      warnings: [{ code: 'in_use', count: 1 }],
    })
    const body = await bodyOf(place, keepTen())
    for (const [more, reason] of [
      [{}, 'because'],
      [{ acceptInUse: true }, undefined],
    ] as const) {
      const refused = await save({ ...body, ...more }, reason)
      expect([refused.status, refused.body.code]).toEqual([409, 'retention_in_use'])
    }
    await running('v4')
    await console_.db.update(inUseClusters).set({ expires: new Date(Date.now() - 1000) })
    const old = await save(body)
    expect([old.status, old.body.code]).toEqual([409, 'retention_in_use'])
    expect(await held(place)).toHaveLength(4)
    expect((await save({ ...body, acceptInUse: true }, 'the cluster is gone')).status).toBe(200)
    await console_.db.delete(inUseClusters)
  })

  test('above the ceiling nothing is saved', async () => {
    const place = await repository()
    const at = { connection: 'default', instance: basicEdition, actorName: 'admin' }
    await saveLimits(console_.db, at, { ...defaultRetentionLimits, ceilingTags: 1 })
    const refused = await save(await bodyOf(place, keepTen(2)))
    expect([refused.status, refused.body.code]).toEqual([409, 'retention_above_ceiling'])
    expect((await save(await bodyOf(place, keepTen(3)))).status).toBe(200)
    await saveLimits(console_.db, at, defaultRetentionLimits)
  })

  test('a rule that somebody else has changed, and one of several, are not written over', async () => {
    const place = await repository()
    const stale = await bodyOf(place, keepTen(4))
    expect((await save(stale)).status).toBe(200)
    const second = await save(stale)
    expect([second.status, second.body.code]).toEqual([409, 'changed_meanwhile'])
    expect(second.body.now.rule).toEqual(keepTen(4))
    const gone = await console_.call(admin, 'basicRetentionRemove', { body: { ...place, was: 'x' } })
    expect([gone.status, gone.body.code]).toEqual([409, 'changed_meanwhile'])
  })

  test.each<[string, object, string]>([
    ['another name', { confirm: 'web/api' }, 'body.confirm'],
    ['days beyond a year', { rule: { template: 'date_rule', amount: 366, exceptions: [] } }, 'body.rule.amount'],
    ['0', { rule: { ...keepTen(), amount: 0 } }, 'body.rule.amount'],
    [
      'what SWR cannot read',
      {
        rule: {
          ...keepTen(),
          exceptions: [
            { kind: 'label', pattern: '(' },
            { kind: 'regexp', pattern: '(?=a)' },
          ],
        },
      },
      'body.rule.exceptions.1.pattern',
    ],
  ])('refuses %s at its field', async (_, more, field) => {
    const place = await repository()
    const answer = await save(await bodyOf(place, keepTen(4), more))
    expect([answer.status, Object.keys(answer.body.fields)]).toEqual([422, [field]])
    expect((await show(place)).retention).toBeNull()
  })

  test('the template of a rule stays what it is', async () => {
    const place = await repository()
    expect((await save(await bodyOf(place, keepTen(4)))).status).toBe(200)
    const other = await save(await bodyOf(place, { template: 'date_rule', amount: 300, exceptions: [] }))
    expect([other.status, other.body.fields]).toEqual([422, { 'body.rule.template': 'not_editable' }])
  })
})
