import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { PublicOperation } from '../../contract/v1/operations'
import { inUseClusters } from '../../db/retention-tables'
import type { TestMember } from '../../testing/console'
import { databases } from '../../testing/database'
import { dailyTags, immutableBody, namespace, retentionRule } from '../../testing/held-retention'
import {
  type Answered,
  askPublic,
  disagreements,
  provisioned,
  type Sent,
  startPublicRetention,
} from '../../testing/public-api'
import type { RetentionConsole } from '../../testing/retention-console'

// Each waits for runs of the sandbox, at the pace at which the console looks.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

const [viewer, operator, admin] = [provisioned('viewer'), provisioned('operator'), provisioned('admin')]

describe.each(databases())('retention by the public API on $name', ({ open }) => {
  let console_: RetentionConsole
  let close: () => Promise<void>
  let member: TestMember
  beforeAll(async () => {
    ;({ console_, close } = await startPublicRetention({ opening: open() }))
    member = await console_.member('admin')
  })
  afterAll(() => close())
  beforeEach(async () => {
    await console_.db.delete(inUseClusters)
    await console_.make({ repositories: [{ name: 'api', tags: dailyTags(6) }] })
  })

  const instance = () => `/connections/default/instances/${console_.instanceId}`
  const policy = () => `${instance()}/retention/${namespace}/7`

  /** An answer that the document describes. */
  async function ask(name: PublicOperation, token: string, method: string, path: string, sent: Sent = {}) {
    const answer = await askPublic(token, method, path, sent)
    expect(disagreements(name, answer)).toBeNull()
    return answer
  }
  const show = () => ask('retentionShow', viewer, 'GET', policy())
  const follow = ({ json }: Answered) => String(json.url).replace(/^.*\/api\/v1/, '')
  async function dryRun(token = operator) {
    const started = await ask('retentionDryRunStart', token, 'POST', `${policy()}/dry-runs`)
    expect(started.status).toBe(202)
    return await ask('retentionDryRunShow', viewer, 'GET', `${follow(started)}?wait=30`)
  }
  const run = (token: string, body: object, more: Sent = {}) =>
    ask('retentionRunStart', token, 'POST', `${policy()}/runs`, {
      body: { confirm: namespace, withoutCopy: true, ...body },
      ...more,
    })
  const tagsLeft = async () =>
    [...(await console_.held(console_.instanceId)).keys()].map((name) => name.split(':')[1]).sort()

  test('decisions of rules that are not saved', async () => {
    const body = { namespace, rules: [retentionRule(4)] }
    const answer = await ask('retentionDecide', viewer, 'POST', `${instance()}/retention/decisions`, { body })
    expect(answer.json).toMatchObject({
      complete: true,
      refused: false,
      totals: { keep: { images: 4, tags: 4 }, delete: { images: 2, tags: 2 }, unsure: { images: 0 } },
    })
    const [first] = answer.json.repositories as {
      name: string
      artifacts: { tags: string[]; decision: string; rule?: number }[]
    }[]
    expect(first?.name).toBe('payments/api')
    const byTag = Object.fromEntries(
      first?.artifacts.map(({ tags, decision, rule }) => [tags[0], [decision, rule]]) ?? [],
    )
    expect(byTag).toEqual({
      ...{ v1: ['delete', undefined], v2: ['delete', undefined] },
      ...{ v3: ['keep', 0], v4: ['keep', 0], v5: ['keep', 0], v6: ['keep', 0] },
    })
    await console_.push('api', ['v7'])
    const later = await ask('retentionDecide', viewer, 'POST', `${instance()}/retention/decisions`, { body })
    expect(later.json.totals).toMatchObject({ delete: { tags: 3 } })
    // A namespace that is not there holds nothing.
    const other = await ask('retentionDecide', viewer, 'POST', `${instance()}/retention/decisions`, {
      body: { ...body, namespace: 'nowhere' },
    })
    expect([200, 404]).toContain(other.status)
    const wrong = await ask('retentionDecide', viewer, 'POST', `${instance()}/retention/decisions`, {
      body: { namespace },
    })
    expect([wrong.status, wrong.json.errors]).toEqual([422, [{ path: 'body.rules', code: expect.any(String) }]])
  })

  test('dry run, verdicts and run: the lock opens by reading the finished result', async () => {
    const before = await show()
    expect(before.json).toMatchObject({
      id: 7,
      namespace,
      armed: { state: 'locked', because: 'no_dry_run' },
      archive: null,
    })
    const early = await run(operator, { dryRun: 1 })
    expect([early.status, early.json.code]).toEqual([409, 'retention_not_armed'])

    const started = await ask('retentionDryRunStart', operator, 'POST', `${policy()}/dry-runs`)
    const path = follow(started)
    const ended = await vi.waitFor(
      async () => {
        const look = await askPublic(viewer, 'HEAD', path)
        expect(look.status).toBe(200)
        const state = await console_.ok(member, 'retentionDryRunShow', {
          params: { dry_run_id: String(started.json.id) },
        })
        expect(state.dryRun.endedAt).not.toBeNull()
        return state.dryRun
      },
      { timeout: 30_000 },
    )
    // Nobody has read anything yet: of HEAD only headers come.
    expect(ended.seen).toBeNull()
    expect((await show()).json.armed).toMatchObject({ state: 'locked', because: 'not_seen', dryRun: started.json.id })

    const verdicts = await ask('retentionDryRunShow', viewer, 'GET', path)
    expect(verdicts.json).toMatchObject({
      id: started.json.id,
      state: 'done',
      content: before.json.content,
      totals: { keep: { tags: 2 }, delete: { tags: 4 }, unknown: { tags: 0 }, differences: 0 },
      differences: [],
      seen: true,
    })
    const [repository] = verdicts.json.repositories as { artifacts: { tags: string[]; decision: string }[] }[]
    const deleted = repository?.artifacts.filter(({ decision }) => decision === 'delete').flatMap(({ tags }) => tags)
    expect(deleted?.toSorted()).toEqual(['v1', 'v2', 'v3', 'v4'])
    expect((await show()).json.armed).toMatchObject({
      state: 'armed',
      dryRun: started.json.id,
      until: expect.any(String),
    })

    const real = await run(operator, { dryRun: started.json.id, reason: 'nightly' })
    expect([real.status, real.headers.get('location')]).toEqual([202, real.json.url])
    const done = await ask('retentionRunShow', viewer, 'GET', `${follow(real)}?wait=30`)
    expect(done.json).toMatchObject({
      state: 'done',
      planned: { tags: 4 },
      deleted: { tags: 4 },
      dryRun: started.json.id,
    })
    expect(await tagsLeft()).toEqual(['v5', 'v6'])
    const [entry] = (await console_.entries({ operation: 'retentionRunStart' })).slice(-1)
    expect(entry).toMatchObject({ outcome: 'done', reason: 'nightly', actorId: 'token/ci-operator', kind: 'retention' })
  })

  test('a change is told to who waits', async () => {
    const started = await ask('retentionDryRunStart', operator, 'POST', `${policy()}/dry-runs`)
    const first = await ask('retentionDryRunShow', viewer, 'GET', follow(started))
    const begun = performance.now()
    const next = await ask(
      'retentionDryRunShow',
      viewer,
      'GET',
      `${follow(started)}?wait=30&since=${first.json.version}`,
    )
    expect(performance.now() - begun).toBeLessThan(25_000)
    if (first.json.state === 'running') expect(next.json.version).not.toBe(first.json.version)
  })

  test('any change of the content closes the lock', async () => {
    const { json } = await dryRun()
    const shown = await console_.swr(member, 'retentionShow', {
      params: { instance_id: console_.instanceId, namespace_name: namespace, policy_id: '7' },
    })
    const { content_hash, id: _, namespace_id: __, namespace_name: ___, ...was } = await shown.json()
    const changed = await console_.swr(member, 'retentionUpdate', {
      params: { instance_id: console_.instanceId, namespace_name: namespace, policy_id: '7' },
      body: { algorithm: 'or', name: was.name, enabled: false, trigger: { type: 'manual' }, rules: [retentionRule(1)] },
      ifMatch: content_hash,
    })
    expect(changed.status, await changed.text()).toBe(200)
    const refused = await run(operator, { dryRun: json.id })
    expect([refused.status, refused.json.code, refused.json.detail]).toEqual([
      409,
      'retention_not_armed',
      'content_changed',
    ])
    expect(await console_.deletions()).toBe(0)
  })

  test('a push in between refuses', async () => {
    const { json } = await dryRun()
    await console_.push('api', ['v7', 'v8'])
    const refused = await run(operator, { dryRun: json.id })
    expect([refused.status, refused.json.code]).toEqual([409, 'retention_outdated'])
    const id = String(refused.json.detail).replace('run ', '')
    const record = await ask('retentionRunShow', viewer, 'GET', `${policy()}/runs/${id}`)
    expect(record.json).toMatchObject({ state: 'refused', code: 'retention_outdated' })
    expect(await console_.deletions()).toBe(0)
  })

  test('a running image locks; the reason of an admin goes on, that of an operator does not', async () => {
    const { json } = await dryRun()
    const image = `swr.cn-north-4.myhuaweicloud.com/${namespace}/api:v2`
    const headers = { 'content-type': 'text/plain' }
    await ask('inUsePut', operator, 'PUT', '/in-use/production', { body: image, headers })
    expect((await show()).json.inUse).toMatchObject({ images: 1, clusters: ['production'], old: [] })
    for (const [token, body] of [
      [operator, {}],
      [operator, { reason: 'I want to' }],
      [admin, {}],
    ] as const) {
      const refused = await run(token, { dryRun: json.id, ...body })
      expect([refused.status, refused.json.code]).toEqual([409, 'retention_in_use'])
    }
    const accepted = await run(admin, { dryRun: json.id, reason: 'the cluster is gone' })
    expect(accepted.status).toBe(202)
    expect((await ask('retentionRunShow', viewer, 'GET', `${follow(accepted)}?wait=30`)).json.state).toBe('done')
  })

  test('above the ceiling nothing is begun', async () => {
    await console_.limit(member, { ceilingTags: 3 })
    const { json } = await dryRun()
    const refused = await run(operator, { dryRun: json.id })
    expect([refused.status, refused.json.code]).toEqual([409, 'retention_above_ceiling'])
    // A higher one that nobody else has confirmed does not count, whoever's token asks.
    await console_.limit(member, { ceilingTags: null })
    for (const token of [operator, admin]) {
      const again = await run(token, { dryRun: json.id })
      expect([again.status, again.json.code]).toEqual([409, 'retention_above_ceiling'])
    }
    expect((await show()).json).toMatchObject({ aboveCeiling: true, run: null })
  })

  test('what a caller expects is compared, and what differs is named', async () => {
    const { json } = await dryRun()
    const shown = await show()
    expect(shown.json).toMatchObject({ archive: null })
    await console_.archive(member)
    const refused = await run(operator, { dryRun: json.id, expect: { archive: null, tags: 3 } })
    expect([refused.status, refused.json.code, refused.json.errors]).toEqual([
      409,
      'retention_terms_changed',
      [
        { path: 'body.expect.archive', code: 'terms_archive' },
        { path: 'body.expect.tags', code: 'terms_amount' },
      ],
    ])
    expect((await show()).json.run).toBeNull()
    const { archive } = (await show()).json
    const accepted = await run(operator, { dryRun: json.id, expect: { archive, tags: 4, images: 4 } })
    expect(accepted.status).toBe(202)
    expect((await ask('retentionRunShow', viewer, 'GET', `${follow(accepted)}?wait=30`)).json.state).toBe('done')
    await console_.limit(member, {})
  })

  test('other immutable tag rules close the lock', async () => {
    const { json } = await dryRun()
    await console_.outside('POST', `namespaces/${namespace}/immutabletagrules`, immutableBody('v1'))
    expect((await show()).json.armed).toMatchObject({ state: 'locked', because: 'immutable_changed' })
    const refused = await run(operator, { dryRun: json.id })
    expect([refused.status, refused.json.code, refused.json.detail]).toEqual([
      409,
      'retention_not_armed',
      'immutable_changed',
    ])
  })

  test('where nothing can be brought back, the token has to say that it knows', async () => {
    const { json } = await dryRun()
    const refused = await run(operator, { dryRun: json.id, withoutCopy: false })
    expect([refused.status, refused.json.errors]).toEqual([422, [{ path: 'body.withoutCopy', code: 'without_copy' }]])
  })

  test.each<[string, object, string]>([
    ['another name', { confirm: 'payments-2' }, 'body.confirm'],
    ['no dry run', { dryRun: undefined }, 'body.dryRun'],
    ['an empty reason', { reason: ' ' }, 'body.reason'],
    ['what it does not know', { force: true }, 'body.force'],
  ])('refuses %s at its field', async (_, more, field) => {
    const { json } = await dryRun()
    const refused = await run(operator, { dryRun: json.id, ...more })
    expect([refused.status, refused.json.errors]).toEqual([422, [{ path: field, code: expect.any(String) }]])
    expect(await console_.deletions()).toBe(0)
  })

  test('deletes once by a key', async () => {
    const { json } = await dryRun()
    const first = await run(operator, { dryRun: json.id }, { key: `nightly-${console_.instanceId}` })
    const again = await run(operator, { dryRun: json.id }, { key: `nightly-${console_.instanceId}` })
    expect([again.status, again.json, again.headers.get('idempotency-replayed')]).toEqual([202, first.json, 'true'])
    await ask('retentionRunShow', viewer, 'GET', `${follow(first)}?wait=30`)
    expect(await console_.deletions()).toBe(1)
  })
})
