import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { callConsole } from '../../api/console'
import type { Actor } from '../../contract/actor'
import type { BasicRequest, BasicRule } from '../../contract/console/basic-retention'
import { defaultRetentionLimits } from '../../contract/console/retention-settings'
import { basicEdition } from '../../contract/console/retention-vocabulary'
import { saveLimits } from '../../db/retention-settings'
import { inUseClusters } from '../../db/retention-tables'
import { toBasicBody } from '../../policy/basic-retention/rule'
import { requestSwr } from '../../swr/client'
import type { TestMember } from '../../testing/console'
import { databases } from '../../testing/database'
import { stopAfter } from '../../testing/swr-hooks'
import { type SyncConsole, startSyncConsole } from '../../testing/sync-console'
import { repositoryTags } from '../sync/lists'
import { decideRepository } from './decided'
import { placeOf } from './place'

vi.mock('../../swr/client', async (original) => (await import('../../testing/swr-hooks')).hooked(original))

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
  const entriesOf = async ({ organization, repository: name }: Place) =>
    (await console_.entries({ kind: 'basic_retention' })).filter(
      ({ objectName }) => objectName === `${organization}/${name}`,
    )
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
    // What was asked of the console, and what it asked of SWR then.
    const said = { objectId: String(retention?.id), outcome: 'done' }
    expect(await entriesOf(place)).toMatchObject([
      { operation: 'basicRetentionSave', ...said, after: { rule: keepTen(3), deleted: 1 } },
      { operation: 'basicRetentionCreate', ...said },
      { operation: 'basicRetentionSave', ...said, after: { rule: keepTen(2), deleted: 1 } },
      { operation: 'basicRetentionUpdate', ...said },
      { operation: 'basicRetentionRemove', ...said },
      { operation: 'basicRetentionDelete', ...said },
    ])
  })

  test('what is deleted is decided on what was asked of SWR after the save came', async () => {
    const place = await repository()
    const path = `${place.organization}/${place.repository}`
    const actor: Actor = { ...admin, name: admin.email, role: 'admin' }
    const asked = async () =>
      (await console_.received()).filter(
        ({ operation, path: at }) => operation === 'basicTagList' && at.includes(`/${place.organization}/`),
      ).length
    await console_.control('PUT', '/delay', { milliseconds: 1_000 })
    const earlier = repositoryTags(actor, 'default', path)
    await vi.waitFor(async () => expect(await asked()).toBe(1), { timeout: 15_000 })
    await push(place, 'v5')
    const now = decideRepository({ db: console_.db, actor }, placeOf({ connection: 'default' }, place), {
      ...{ rule: keepTen(), before: null, fresh: true },
    })
    await console_.control('PUT', '/delay', { milliseconds: 0 })
    expect((await now).rows.map(({ tag }) => tag)).toContain('v5')
    await earlier
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
    // What was accepted was another image, of a list that was believed.
    const other = await save({ ...body, acceptInUse: true }, 'the cluster is gone')
    expect([other.status, other.body.code]).toEqual([409, 'retention_outdated'])
    const seen = await bodyOf(place, keepTen())
    const old = await save(seen)
    expect([old.status, old.body.code]).toEqual([409, 'retention_in_use'])
    expect(await held(place)).toHaveLength(4)
    expect((await save({ ...seen, acceptInUse: true }, 'the cluster is gone')).status).toBe(200)
    await console_.db.delete(inUseClusters)
  })

  const limit = (ceilingTags: number | null) =>
    saveLimits(
      console_.db,
      { connection: 'default', instance: basicEdition, actorName: 'admin' },
      { ...defaultRetentionLimits, ceilingTags },
    )

  test('above the ceiling nothing is saved', async () => {
    const place = await repository()
    await limit(1)
    expect(await decide(place, keepTen(2))).toMatchObject({ aboveCeiling: true })
    expect(await decide(place, keepTen(3))).toMatchObject({ aboveCeiling: false })
    const refused = await save(await bodyOf(place, keepTen(2)))
    expect([refused.status, refused.body.code]).toEqual([409, 'retention_above_ceiling'])
    expect((await save(await bodyOf(place, keepTen(3)))).status).toBe(200)
    await limit(null)
  })

  describe('above the ceiling, asked for', () => {
    let second: TestMember
    beforeAll(async () => {
      second = await console_.member('admin')
      await limit(1)
    })
    afterAll(() => limit(null))

    /** A rule that would delete three of four tags waits for a second admin. */
    async function asked(more: object = {}, reason?: string) {
      const place = await repository()
      const { status, body } = await save(await bodyOf(place, keepTen(1), { ask: true, ...more }), reason)
      expect([status, body.retention, body.request?.state]).toEqual([200, null, 'waiting'])
      expect(await held(place)).toHaveLength(4)
      return { place, request: body.request as BasicRequest }
    }
    const answer = (operation: 'basicRetentionConfirm' | 'basicRetentionWithdraw', who: TestMember, body: object) =>
      console_.call(who, operation, { body })
    const confirm = (who: TestMember, place: Place, request: number, more: object = {}) =>
      answer('basicRetentionConfirm', who, {
        ...place,
        request,
        confirm: `${place.organization}/${place.repository}`,
        ...more,
      })

    test('another admin saves it by confirming, and who asked does not', async () => {
      const { place, request } = await asked({}, 'old builds')
      expect(request).toMatchObject({ rule: keepTen(1), deleted: 3, actorId: admin.id, reason: 'old builds' })
      const own = await confirm(admin, place, request.id)
      expect([own.status, own.body.code]).toEqual([409, 'retention_same_person'])
      for (const id of [admin.id, 'token/ci']) {
        const actor: Actor = { id, name: 'pipeline', email: 'pipeline', role: 'admin' }
        const body = { ...place, request: request.id, confirm: `${place.organization}/${place.repository}` }
        await expect(
          callConsole(actor, 'basicRetentionConfirm', { params: { connection: 'default' }, body }),
        ).rejects.toMatchObject({ problem: { code: 'retention_same_person' } })
      }
      const wrong = await confirm(second, place, request.id, { confirm: 'web/api' })
      expect([wrong.status, wrong.body.fields]).toEqual([422, { 'body.confirm': 'not_the_name' }])
      const operator = await console_.member('operator')
      expect((await confirm(operator, place, request.id)).status).toBe(403)
      expect(await held(place)).toHaveLength(4)

      const done = await confirm(second, place, request.id)
      expect([done.status, done.body.retention?.rule, done.body.request]).toEqual([
        200,
        keepTen(1),
        expect.objectContaining({ state: 'confirmed', settled: expect.objectContaining({ name: second.email }) }),
      ])
      expect(await held(place)).toEqual(['v4'])
      const again = await confirm(second, place, request.id)
      expect([again.status, again.body.code]).toEqual([409, 'retention_not_waiting'])
      const consent = { request: request.id, askedBy: admin.email }
      expect((await entriesOf(place)).filter(({ outcome }) => outcome === 'done')).toMatchObject([
        { operation: 'basicRetentionSave', after: { rule: keepTen(1), asked: 3 }, actorName: admin.email },
        {
          operation: 'basicRetentionConfirm',
          after: { rule: keepTen(1), deleted: 3, ...consent },
          actorName: second.email,
        },
        { operation: 'basicRetentionCreate', actorName: second.email },
      ])
    })

    test('what is only asked for is not saved because the ceiling has become higher', async () => {
      const place = await repository()
      const body = await bodyOf(place, keepTen(1), { ask: true })
      await limit(null)
      const refused = await save(body)
      expect([refused.status, refused.body.code]).toEqual([409, 'retention_outdated'])
      await limit(1)
      expect(await held(place)).toHaveLength(4)
    })

    test('what would be deleted has changed: it has to be asked for anew', async () => {
      const { place, request } = await asked()
      await push(place, 'v5')
      const refused = await confirm(second, place, request.id)
      expect([refused.status, refused.body.code]).toEqual([409, 'retention_outdated'])
      expect((await show(place)).request).toMatchObject({ id: request.id, state: 'outdated' })
      expect(await held(place)).toHaveLength(5)
    })

    test('what runs by now locks, and what who asked has accepted does not', async () => {
      const running = (tag: string, place: Place) =>
        console_.own(admin, 'inUsePut', {
          params: { cluster: 'production' },
          body: { text: `swr.cn-north-4.myhuaweicloud.com/${place.organization}/${place.repository}:${tag}` },
        })
      const { place, request } = await asked()
      await running('v1', place)
      const locked = await confirm(second, place, request.id)
      expect([locked.status, locked.body.code]).toEqual([409, 'retention_in_use'])
      expect((await show(place)).request).toMatchObject({ id: request.id, state: 'waiting' })
      const body = await bodyOf(place, keepTen(1), { ask: true, acceptInUse: true })
      const accepted = await save(body, 'the pod is being removed')
      expect(accepted.body.request.id).not.toBe(request.id)
      expect((await confirm(second, place, request.id)).body.code).toBe('retention_not_waiting')
      expect((await confirm(second, place, accepted.body.request.id)).status).toBe(200)
      expect(await held(place)).toEqual(['v4'])
      await console_.db.delete(inUseClusters)
    })

    test('a list that says less than before, or is gone, does not end it', async () => {
      const report = (cluster: string, place: Place, tags: readonly string[]) =>
        console_.own(admin, 'inUsePut', {
          params: { cluster },
          body: {
            text: tags
              .map((tag) => `swr.cn-north-4.myhuaweicloud.com/${place.organization}/${place.repository}:${tag}`)
              .join('\n'),
          },
        })
      const place = await repository()
      await report('production', place, ['v1', 'v2'])
      await report('staging', place, ['v2'])
      const body = await bodyOf(place, keepTen(1), { ask: true, acceptInUse: true })
      const { request } = (await save(body, 'the pods are being removed')).body
      await report('production', place, ['v1', 'v4'])
      await console_.own(admin, 'inUseDelete', { params: { cluster: 'staging' } })
      expect((await confirm(second, place, request.id)).status).toBe(200)
      expect(await held(place)).toEqual(['v4'])
      await console_.db.delete(inUseClusters)
    })

    test('what was sent is confirmed, although SWR holds another rule by the time it is read again', async () => {
      const { place, request } = await asked()
      const params = { namespace: place.organization, repository: place.repository }
      const actor: Actor = { ...second, name: second.email, role: 'admin' }
      // SWR has the rule, and its answer is on its way.
      const creation = stopAfter('basicRetentionCreate')
      const confirming = confirm(second, place, request.id)
      await creation.reached
      const [first] = await requestSwr(actor, 'default', 'basicRetentionList', { params })
      const at = { ...params, retention_id: String(first?.id) }
      await requestSwr(actor, 'default', 'basicRetentionUpdate', { params: at, body: toBasicBody(keepTen(4)) })
      creation.release()

      const { status, body } = await confirming
      expect([status, body.code, body.now?.rule]).toEqual([502, 'swr_rule_differs', keepTen(4)])
      expect(await held(place)).toEqual(['v4'])
      expect((await show(place)).request).toMatchObject({ state: 'confirmed', settled: { name: second.email } })
      const entries = await entriesOf(place)
      expect(entries.find(({ operation }) => operation === 'basicRetentionConfirm')).toMatchObject({
        outcome: 'failed',
        code: 'swr_rule_differs',
        objectId: String(first?.id),
      })
    })

    test('withdrawn, or in the place of which another rule was saved, it is not confirmed', async () => {
      const { place, request } = await asked()
      const withdrawn = await answer('basicRetentionWithdraw', second, { ...place, request: request.id })
      expect([withdrawn.status, withdrawn.body.request.state]).toEqual([200, 'withdrawn'])
      expect((await confirm(second, place, request.id)).body.code).toBe('retention_not_waiting')
      const next = await save(await bodyOf(place, keepTen(1), { ask: true }))
      expect((await save(await bodyOf(place, keepTen(3)))).body.request).toMatchObject({ state: 'replaced' })
      expect((await confirm(second, place, next.body.request.id)).body.code).toBe('retention_not_waiting')
      expect(await held(place)).toHaveLength(3)
    })

    test('a rule that was changed elsewhere is not written over', async () => {
      const { place, request } = await asked()
      const actor: Actor = { ...second, name: second.email, role: 'admin' }
      const params = { namespace: place.organization, repository: place.repository }
      await requestSwr(actor, 'default', 'basicRetentionCreate', { params, body: toBasicBody(keepTen(4)) })
      const late = await confirm(second, place, request.id)
      expect([late.status, late.body.code]).toEqual([409, 'changed_meanwhile'])
      expect(await show(place)).toMatchObject({ retention: { rule: keepTen(4) }, request: { state: 'outdated' } })
    })
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
            { kind: 'label', pattern: 'latest' },
            { kind: 'regexp', pattern: '(?=a)' },
          ],
        },
      },
      'body.rule.exceptions.1.pattern',
    ],
    [
      'a list where a tag belongs',
      { rule: { ...keepTen(), exceptions: [{ kind: 'label', pattern: 'latest,v1' }] } },
      'body.rule.exceptions.0.pattern',
    ],
    [
      'a list where a regular expression belongs',
      { rule: { ...keepTen(), exceptions: [{ kind: 'regexp', pattern: 'latest,v1' }] } },
      'body.rule.exceptions.0.pattern',
    ],
  ])('refuses %s at its field', async (_, more, field) => {
    const place = await repository()
    const answer = await save(await bodyOf(place, keepTen(4), more))
    expect([answer.status, Object.keys(answer.body.fields)]).toEqual([422, [field]])
    expect((await show(place)).retention).toBeNull()
  })

  test('asked what they would delete, the exceptions that keep nothing are refused as well', async () => {
    const place = await repository()
    const exceptions = [
      { kind: 'label', pattern: 'v1' },
      { kind: 'label', pattern: 'v*' },
      { kind: 'regexp', pattern: 'v(1' },
    ]
    const answer = await console_.call(admin, 'basicRetentionDecide', {
      body: { ...place, rule: { ...keepTen(), exceptions } },
    })
    expect([answer.status, answer.body.fields]).toEqual([
      422,
      { 'body.rule.exceptions.1.pattern': 'tag_pattern', 'body.rule.exceptions.2.pattern': 'regexp_syntax' },
    ])
  })

  /** A rule that was made elsewhere. */
  const hold = ({ organization, repository: name }: Place, rules: object[]) =>
    console_.control('POST', '/basic-retentions', { organization, repository: name, rules })

  test('an exception that keeps nothing and is held already may stay, and no second one comes', async () => {
    const place = await repository()
    const list = { kind: 'label' as const, pattern: 'v1,v2' }
    await hold(place, [{ template: 'tag_rule', params: { num: '4' }, tag_selectors: [list] }])
    const rule: BasicRule = { ...keepTen(3), exceptions: [list] }
    const second: BasicRule = { ...rule, exceptions: [list, { kind: 'label', pattern: 'v1,v3' }] }
    const body = await bodyOf(place, rule)
    const refused = await save({ ...body, rule: second })
    expect([refused.status, refused.body.fields]).toEqual([422, { 'body.rule.exceptions.1.pattern': 'tag_list' }])
    expect((await save(body)).status).toBe(200)
    expect(await held(place)).toEqual(['v2', 'v3', 'v4'])
  })

  test('an expression that is held and cannot be read makes what it may keep unsure', async () => {
    const place = await repository()
    const odd = { kind: 'regexp' as const, pattern: '(?=a)' }
    await hold(place, [{ template: 'tag_rule', params: { num: '3' }, tag_selectors: [odd] }])
    const { retention } = await show(place)
    expect(retention?.rule).toEqual({ ...keepTen(3), exceptions: [odd] })
    expect(await decide(place, { ...keepTen(3), exceptions: [odd] })).toMatchObject({ keep: 3, delete: 0, unsure: 1 })
  })

  test.each<[string, object[]]>([
    ['exceptions of an unknown kind', [{ kind: 'semver', pattern: 'v3' }]],
    ['exceptions with a property that may turn them round', [{ kind: 'label', pattern: 'v3', decoration: 'excludes' }]],
  ])('a rule with %s is shown, not written over, and can be deleted', async (_, tag_selectors) => {
    const place = await repository()
    await hold(place, [{ template: 'tag_rule', params: { num: '4' }, tag_selectors }])
    const { retention } = await show(place)
    expect(retention).toMatchObject({ rule: null, others: 0, raw: [{ rules: [{ tag_selectors }] }] })
    const refused = await save(await bodyOf(place, keepTen(2)))
    expect([refused.status, refused.body.fields]).toEqual([422, { 'body.was': 'not_editable' }])
    expect((await show(place)).retention?.content).toBe(retention?.content)
    expect(await held(place)).toHaveLength(4)
    await console_.ok(admin, 'basicRetentionRemove', { body: { ...place, was: retention?.content } })
    expect((await show(place)).retention).toBeNull()
  })

  test('several rules are not written over', async () => {
    const place = await repository()
    const rule = { template: 'tag_rule', params: { num: '4' }, tag_selectors: [] }
    await hold(place, [rule, rule])
    expect((await show(place)).retention).toMatchObject({ rule: null, others: 1 })
    const refused = await save(await bodyOf(place, keepTen(2)))
    expect([refused.status, refused.body.fields]).toEqual([422, { 'body.was': 'not_editable' }])
    expect(await held(place)).toHaveLength(4)
  })

  test('the template of a rule stays what it is', async () => {
    const place = await repository()
    expect((await save(await bodyOf(place, keepTen(4)))).status).toBe(200)
    const other = await save(await bodyOf(place, { template: 'date_rule', amount: 300, exceptions: [] }))
    expect([other.status, other.body.fields]).toEqual([422, { 'body.rule.template': 'not_editable' }])
  })
})
