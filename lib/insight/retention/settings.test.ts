import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { callConsole } from '../../api/console'
import type { Actor } from '../../contract/actor'
import { defaultRetentionLimits, type RetentionLimits } from '../../contract/console/retention-settings'
import { basicEdition } from '../../contract/console/retention-vocabulary'
import { jobs } from '../../db/job-tables'
import { limitsOf } from '../../db/retention-settings'
import { users } from '../../db/schema'
import { wake } from '../../jobs/runner'
import type { TestMember } from '../../testing/console'
import { databases } from '../../testing/database'
import { dailyTags, registryId } from '../../testing/held-retention'
import { type RetentionConsole, startRetentionConsole } from '../../testing/retention-console'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

describe.each(databases())('limits of retention on $name', ({ open }) => {
  let console_: RetentionConsole
  let admin: TestMember
  let second: TestMember

  beforeAll(async () => {
    console_ = await startRetentionConsole({ opening: open() })
    admin = await console_.member('admin')
  })
  afterAll(() => console_.close())
  beforeEach(() => console_.make({ repositories: [{ name: 'api', tags: dailyTags(6) }] }))

  const show = (who = admin) => console_.ok(who, 'retentionSettingsShow')
  const counts = async () => {
    const { ceilingTags, ceilingShare } = await limitsOf(console_.db, 'default', console_.instanceId)
    return [ceilingTags, ceilingShare]
  }
  const put = (limits: Partial<RetentionLimits>, ifMatch?: string, who = admin) =>
    console_.call(who, 'retentionSettingsUpdate', {
      body: { ...defaultRetentionLimits, ...limits },
      ...(ifMatch && { ifMatch }),
    })
  const confirm = (who: TestMember, request: number | undefined) =>
    console_.call(who, 'retentionCeilingConfirm', { body: { request } })
  const withdraw = (who: TestMember, request: number | undefined) =>
    console_.call(who, 'retentionCeilingWithdraw', { body: { request } })

  test('the only admin is told that nobody else can confirm', async () => {
    expect(await show()).toMatchObject({ request: null, otherAdmins: 0 })
    second = await console_.member('admin')
    expect((await show()).otherAdmins).toBe(1)
    await console_.db.update(users).set({ banned: true }).where(eq(users.id, second.id))
    expect((await show()).otherAdmins).toBe(0)
    await console_.db.update(users).set({ banned: false }).where(eq(users.id, second.id))
  })

  test('a change says what it was made on, and another one meanwhile is not written over', async () => {
    const { content_hash } = await show()
    expect(await put({ dryRunHours: 12 })).toMatchObject({ status: 428, body: { code: 'precondition_missing' } })
    expect(await put({ dryRunHours: 12 }, content_hash)).toMatchObject({
      status: 200,
      body: { limits: { dryRunHours: 12 } },
    })
    const late = await put({ dryRunHours: 6 }, content_hash, second)
    expect(late).toMatchObject({
      status: 409,
      body: { code: 'changed_meanwhile', now: { limits: { dryRunHours: 12 }, changed: { name: admin.email } } },
    })
    expect(await put({ dryRunHours: 6 }, late.body.now.content_hash, second)).toMatchObject({ status: 200 })
    const entries = await console_.entries({ instance: console_.instanceId, operation: 'retentionSettingsUpdate' })
    expect(entries.map(({ outcome, before, after }) => [outcome, before, after])).toEqual([
      ['denied', null, expect.objectContaining({ dryRunHours: 12 })],
      ['done', expect.objectContaining({ dryRunHours: 24 }), expect.objectContaining({ dryRunHours: 12 })],
      ['denied', null, expect.objectContaining({ dryRunHours: 6 })],
      ['done', expect.objectContaining({ dryRunHours: 12 }), expect.objectContaining({ dryRunHours: 6 })],
    ])
  })

  test('of many at once, one is written', async () => {
    const { content_hash } = await show()
    const answers = await Promise.all([1, 2, 3, 4].map((hours) => put({ dryRunHours: hours }, content_hash)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
  })

  test('a lower ceiling counts at once, a higher one when another admin has confirmed it', async () => {
    await console_.limit(admin, { ceilingTags: 3, ceilingShare: 0.5 })
    expect(await counts()).toEqual([3, 0.5])
    const asked = await console_.limit(admin, { ceilingTags: null, ceilingShare: 0.4, dryRunHours: 12 })
    expect(asked).toMatchObject({
      limits: { ceilingTags: 3, ceilingShare: 0.4, dryRunHours: 12 },
      request: { ceilingTags: null, ceilingShare: 0.4, actorId: admin.id },
    })
    const request = asked.request?.id

    expect(await confirm(admin, request)).toMatchObject({ status: 409, body: { code: 'retention_same_person' } })
    const token: Actor = { id: 'token/ci', name: 'ci', email: 'ci', role: 'admin' }
    const ownToken: Actor = { id: admin.id, name: 'pipeline', email: `pipeline (${admin.email})`, role: 'admin' }
    const params = { connection: 'default', instance_id: console_.instanceId }
    for (const actor of [token, ownToken])
      await expect(callConsole(actor, 'retentionCeilingConfirm', { params, body: { request } })).rejects.toMatchObject({
        problem: { code: 'retention_same_person' },
      })
    expect(await counts()).toEqual([3, 0.4])

    expect(await confirm(second, request)).toMatchObject({
      status: 200,
      body: {
        request: null,
        limits: { ceilingTags: null, ceilingShare: 0.4, dryRunHours: 12 },
        changed: { name: second.email },
      },
    })
    expect(await counts()).toEqual([null, 0.4])
    expect(await confirm(second, request)).toMatchObject({ status: 409, body: { code: 'retention_not_waiting' } })
    const [told] = (
      await console_.entries({ instance: console_.instanceId, operation: 'retentionCeilingConfirm' })
    ).filter(({ outcome }) => outcome === 'done')
    const consent = { request, askedBy: admin.email }
    expect(told).toMatchObject({
      kind: 'retention_limits',
      objectId: console_.instanceId,
      before: { ceilingTags: 3 },
      after: { ceilingTags: null, ...consent },
      actorName: second.email,
    })
  })

  test('who asks for a higher ceiling starts no run by it', async () => {
    await console_.limit(admin, { ceilingTags: 3 })
    await console_.limit(admin, { ceilingTags: null })
    const dry = await console_.arm(admin)
    expect(await console_.ok(admin, 'retentionLockShow')).toMatchObject({
      aboveCeiling: true,
      ceiling: { tags: 3 },
      ceilingAsked: true,
      otherAdmins: 1,
    })
    expect(await console_.started(admin, dry.id, { withoutCopy: true })).toMatchObject({ state: 'waiting' })
    expect(await console_.deletions()).toBe(0)
  })

  test('a request ends by another ceiling, by withdrawal, in time, and with the right of who asked', async () => {
    const ask = async (tags: number | null = null) => (await console_.limit(admin, { ceilingTags: tags })).request?.id
    await console_.limit(admin, { ceilingTags: 3 })
    const first = await ask()
    // Something else is changed: what is asked for stays.
    expect((await console_.limit(second, { ceilingTags: 3, dryRunHours: 1 })).request?.id).toBe(first)
    const other = await ask(9)
    expect(other).not.toBe(first)
    expect(await confirm(second, first)).toMatchObject({ body: { code: 'retention_not_waiting' } })
    expect((await console_.limit(second, { ceilingTags: 2 })).request).toBeNull()
    expect(await confirm(second, other)).toMatchObject({ body: { code: 'retention_not_waiting' } })

    const third = await ask()
    expect(await withdraw(second, third)).toMatchObject({ status: 200, body: { request: null } })
    expect(await withdraw(second, third)).toMatchObject({ body: { code: 'retention_not_waiting' } })

    const fourth = await ask()
    await console_.db.update(users).set({ role: 'operator' }).where(eq(users.id, admin.id))
    expect(await confirm(second, fourth)).toMatchObject({ body: { code: 'retention_not_waiting' } })
    await console_.db.update(users).set({ role: 'admin' }).where(eq(users.id, admin.id))

    const past = JSON.stringify({ until: new Date(Date.now() - 1000).toISOString() })
    await console_.db
      .update(jobs)
      .set({ data: sql`${jobs.data} || ${past}::jsonb`, until: sql`now()` })
      .where(eq(jobs.id, fourth ?? 0))
    expect((await show()).request).toBeNull()
    expect(await confirm(second, fourth)).toMatchObject({ body: { code: 'retention_not_waiting' } })
    wake()
    await vi.waitFor(
      async () => {
        const [row] = await console_.db
          .select()
          .from(jobs)
          .where(eq(jobs.id, fourth ?? 0))
        expect(row?.endedAt).not.toBeNull()
        expect(row?.data).toMatchObject({ state: 'expired', settled: null })
      },
      { timeout: 15_000 },
    )
    const [expired] = await console_.entries({ operation: 'retentionCeilingExpire' })
    expect(expired).toMatchObject({
      kind: 'retention_limits',
      actorName: 'system',
      before: { asked: { ceilingTags: null }, request: fourth, askedBy: admin.email },
    })
    expect(await counts()).toEqual([2, null])
  })

  test('the Basic Edition has a ceiling of its own, and no archive', async () => {
    const params = { instance_id: basicEdition }
    const { content_hash: ifMatch } = await console_.ok(admin, 'retentionSettingsShow', { params })
    const archive = { registry: registryId, namespace: 'archive', days: 30 }
    const ask = (more: object) =>
      console_.call(admin, 'retentionSettingsUpdate', { params, ifMatch, body: { ...defaultRetentionLimits, ...more } })
    expect(await ask({ archive })).toMatchObject({ status: 422, body: { code: 'archive_unusable' } })
    expect(await ask({ ceilingTags: 7 })).toMatchObject({ status: 200, body: { limits: { ceilingTags: 7 } } })
    expect(await counts()).toEqual([null, null])
    const [entry] = (await console_.entries({ operation: 'retentionSettingsUpdate' })).slice(-1)
    expect(entry).toMatchObject({ kind: 'retention_limits', objectId: basicEdition, instance: null, outcome: 'done' })
  })

  test('namespaces of an archive are listed where a connection leads there', async () => {
    const names = async (registry: number) => {
      const params = { registry_id: String(registry) }
      return (await console_.ok(admin, 'archiveNamespaceList', { params })).names
    }
    expect(await names(registryId)).toEqual(['archive'])
    expect(await names(4)).toBeNull()
  })
})
