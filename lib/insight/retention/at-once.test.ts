import { setTimeout } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { jobs } from '../../db/job-tables'
import { withLease } from '../../db/lease'
import { leaseKey } from '../../db/revisions'
import { leases } from '../../db/schema'
import type { TestMember } from '../../testing/console'
import { databases } from '../../testing/database'
import { dailyTags, heldPolicy, heldRule, namespace, policyId } from '../../testing/held-retention'
import { inHours } from '../../testing/in-hours'
import { type RetentionConsole, startRetentionConsole } from '../../testing/retention-console'
import { stopAt } from '../../testing/swr-hooks'

/* Two write at once what each of them has looked at: a schedule or a run, and what holds images. */

vi.mock('../../swr/client', async (original) => (await import('../../testing/swr-hooks')).hooked(original))
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

describe.each(databases())('two at once on $name', ({ open }) => {
  let console_: RetentionConsole
  let admin: TestMember
  let operator: TestMember

  beforeAll(async () => {
    console_ = await startRetentionConsole({ opening: open() })
    admin = await console_.member('admin')
    operator = await console_.member('operator')
  })
  afterAll(() => console_.close())

  const trigger = { type: 'scheduled', trigger_settings: { cron: inHours(12) } }
  const repositories = [{ name: 'api', tags: dailyTags(6) }]
  const make = (content: object = {}) =>
    console_.make({ repositories, policy: { trigger }, content: { immutableRules: [heldRule(9, 'v1')], ...content } })

  const params = () => ({ instance_id: console_.instanceId, namespace_name: namespace, policy_id: String(policyId) })
  const policyNow = async () => await (await console_.swr(admin, 'retentionShow', { params: params() })).json()

  /** As who has seen the dry run. */
  async function switchOn(dryRun: number) {
    const { id, namespace_id, namespace_name, content_hash: ifMatch, ...policy } = await policyNow()
    const rules = policy.rules.map(({ id: _, ...rule }: { id: number }) => rule)
    const body = { ...policy, rules, enabled: true }
    return console_.swr(admin, 'retentionUpdate', { params: params(), body, ifMatch, dryRun: String(dryRun) })
  }
  async function deletionOfRule() {
    const answer = await console_.swr(admin, 'immutableRuleList', { params: { instance_id: console_.instanceId } })
    const { immutable_rules: rules } = await answer.json()
    const at = { instance_id: console_.instanceId, namespace_name: namespace, immutable_rule_id: '9' }
    return () => console_.swr(admin, 'immutableRuleDelete', { params: at, ifMatch: rules[0].content_hash })
  }
  const told = async (answer: Promise<Response>) => [(await answer).status, (await (await answer).json())?.code]
  /** As far as it gets while the other one stands still. */
  const goOn = (work: Promise<unknown>) => Promise.race([work, setTimeout(1000)])
  const updates = async () =>
    (await console_.received(console_.instanceId)).filter(({ operation }) => operation === 'retentionUpdate').length

  test('a rule that is deleted while a schedule is switched on switches it off again', async () => {
    await make()
    const dry = await console_.arm(operator)
    const remove = await deletionOfRule()
    const listing = stopAt('namespaceRepositoryList')
    const on = switchOn(dry.id)
    await listing.reached
    const removed = remove()
    await goOn(removed)
    listing.release()
    expect(await told(on)).toEqual([200, undefined])
    expect(await told(removed)).toEqual([200, undefined])
    expect(await policyNow()).toMatchObject({ enabled: false })
  })

  test.each([
    [
      'a rule that is deleted at SWR',
      'retention_not_armed',
      () => console_.outside('DELETE', `namespaces/${namespace}/immutabletagrules/9`),
    ],
    ['a lower ceiling', 'retention_above_ceiling', () => console_.limit(admin, { ceilingTags: 1 })],
  ])('%s while the namespace is listed refuses the schedule', async (_, code, change) => {
    await make()
    const dry = await console_.arm(operator)
    const listing = stopAt('namespaceRepositoryList')
    const on = switchOn(dry.id)
    await listing.reached
    await change()
    listing.release()
    expect(await told(on)).toEqual([409, code])
    expect(await updates()).toBe(0)
    const held = await console_.db.select({ key: leases.key }).from(leases)
    expect(held.filter(({ key }) => key.startsWith('retention-arming'))).toEqual([])
  })

  /** A run that stays open: it waits for another admin. */
  async function waitingRun() {
    await make()
    await console_.limit(admin, { ceilingTags: 1 })
    const dry = await console_.arm(operator)
    const { terms: agreed } = await console_.ok(operator, 'retentionLockShow')
    const body = { confirm: namespace, dryRun: dry.id, agreed, withoutCopy: true }
    return { dry, start: () => console_.call(operator, 'retentionRunStart', { body }) }
  }

  test('a run that is started while a rule is deleted is refused', async () => {
    const { start } = await waitingRun()
    const remove = await deletionOfRule()
    const listing = stopAt('retentionList')
    const removed = remove()
    await listing.reached
    const started = start()
    await goOn(started)
    listing.release()
    expect(await told(removed)).toEqual([200, undefined])
    expect(await started).toMatchObject({ status: 409, body: { code: 'retention_immutable_changed' } })
  })

  test('a run that is entered while its policy is looked at keeps it from being changed', async () => {
    const { dry, start } = await waitingRun()
    const { run } = (await start()).body
    const enter = (endedAt: Date | null) => console_.db.update(jobs).set({ endedAt }).where(eq(jobs.id, run.id))
    await enter(new Date())
    const second = await console_.member('admin')
    const { request } = await console_.limit(admin, {})
    await console_.ok(second, 'retentionCeilingConfirm', { body: { request: request?.id } })
    const listing = stopAt('namespaceRepositoryList')
    const on = switchOn(dry.id)
    await listing.reached
    await enter(null)
    listing.release()
    expect(await told(on)).toEqual([409, 'retention_run_open'])
    expect(await updates()).toBe(0)
  })

  test('a run begins to delete only while nobody writes its policy', async () => {
    await make()
    const dry = await console_.arm(operator)
    const key = leaseKey({
      connection: 'default',
      instance: console_.instanceId,
      kind: 'retention',
      objectId: String(policyId),
    })
    const id = await withLease(console_.db, key, 30, async () => {
      const run = await console_.started(operator, dry.id, { withoutCopy: true })
      await setTimeout(3000)
      expect(await console_.deletions()).toBe(0)
      return run.id
    })
    expect(await console_.endedRun(operator, id)).toMatchObject({ state: 'done', deleted: { tags: 3 } })
  })

  test('one run of a namespace is open at a time, of whichever policy', async () => {
    await make({ retentions: [heldPolicy(), heldPolicy({ id: 8, name: 'another' })] })
    await console_.limit(admin, { ceilingTags: 1 })
    const first = await console_.arm(operator)
    console_.policy = 8
    const second = await console_.arm(operator)
    const run = await console_.started(operator, second.id, { withoutCopy: true })
    console_.policy = policyId
    const start = () => console_.start(operator, first.id, { withoutCopy: true })
    expect(await start()).toMatchObject({ status: 409, body: { code: 'retention_run_open' } })
    console_.policy = 8
    await console_.ok(operator, 'retentionRunCancel', { params: { retention_run_id: String(run.id) } })
    await console_.endedRun(operator, run.id)
    console_.policy = policyId
    expect(await start()).toMatchObject({ status: 200 })
  })
})
