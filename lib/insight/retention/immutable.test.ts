import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { TestMember } from '../../testing/console'
import { dailyTags, heldRule, immutableBody, namespace, policyId, retentionRule } from '../../testing/held-retention'
import { inHours } from '../../testing/in-hours'
import { type RetentionConsole, standstill, startRetentionConsole } from '../../testing/retention-console'

/* Immutable tag rules belong to what is armed: with others, SWR deletes other images. */

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

let console_: RetentionConsole
let admin: TestMember
let operator: TestMember

beforeAll(async () => {
  // Long enough that no dry run is taken for one that hangs.
  console_ = await startRetentionConsole({ hangMinutes: 10 })
  admin = await console_.member('admin')
  operator = await console_.member('operator')
})
afterAll(() => console_.close())

const nightly = { type: 'scheduled', trigger_settings: { cron: inHours(12) } }
const make = (policy: object = {}, rules: readonly object[] = [heldRule(9, 'v1')]) =>
  console_.make({
    repositories: [{ name: 'api', tags: dailyTags(6) }],
    policy,
    content: {
      namespaces: [
        { name: namespace, repositories: [{ name: 'api', tags: dailyTags(6) }] },
        { name: 'other', repositories: [] },
      ],
      immutableRules: rules,
    },
  })
const lock = () => console_.ok(operator, 'retentionLockShow')
const ruleAt = (id = 9, name = namespace) => `namespaces/${name}/immutabletagrules/${id}`

test.each([
  ['its pattern', () => console_.outside('PUT', ruleAt(), immutableBody('v2'))],
  ['its repositories', () => console_.outside('PUT', ruleAt(), immutableBody('v1', { scope_selectors: other('ap*') }))],
  ['that it is off', () => console_.outside('PUT', ruleAt(), immutableBody('v1', { disabled: true }))],
  ['that it is gone', () => console_.outside('DELETE', ruleAt())],
])('a change of a rule at SWR closes the lock: %s', async (_, change) => {
  await make()
  const dry = await console_.arm(operator)
  expect(dry.totals).toMatchObject({ delete: { tags: 3 } })
  expect(await lock()).toMatchObject({ state: 'armed' })
  const { terms: agreed } = await lock()
  await change()
  expect(await lock()).toMatchObject({ state: 'locked', because: 'immutable_changed' })
  expect(await console_.start(operator, dry.id, { withoutCopy: true, agreed })).toMatchObject({
    status: 409,
    body: { code: 'retention_immutable_changed' },
  })
  await console_.arm(operator)
  expect(await lock()).toMatchObject({ state: 'armed' })
})

const other = (pattern: string) => ({ repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern }] })

test('a new rule closes it as well, and one of another namespace does not', async () => {
  await make({}, [])
  await console_.arm(operator)
  await console_.outside('POST', 'namespaces/other/immutabletagrules', immutableBody('**'))
  expect(await lock()).toMatchObject({ state: 'armed' })
  await console_.outside('POST', `namespaces/${namespace}/immutabletagrules`, immutableBody('v1'))
  expect(await lock()).toMatchObject({ because: 'immutable_changed' })
})

test('a rule that is changed at SWR while a run copies refuses the run before SWR is told', async () => {
  await make()
  await console_.archive(admin)
  const dry = await console_.arm(operator)
  await console_.pace(standstill)
  const { id } = await console_.started(operator, dry.id)
  await console_.runWhen(operator, id, ({ state }) => state === 'copying')
  await console_.outside('DELETE', ruleAt())
  await console_.pace(0)
  expect(await console_.endedRun(operator, id)).toMatchObject({
    state: 'refused',
    block: 'outdated',
    failure: 'retention_immutable_changed',
  })
  expect(await console_.deletions()).toBe(0)
})

test('a rule that is changed during the dry run makes it worth nothing', async () => {
  await make()
  const dryRun = await console_.dryRunUnderWay(operator)
  await console_.outside('PUT', ruleAt(), immutableBody('v2'))
  await console_.pace(0)
  expect(await console_.endedDryRun(operator, dryRun.id)).toMatchObject({ state: 'failed', failure: 'changed' })
})

const policyParams = () => ({
  instance_id: console_.instanceId,
  namespace_name: namespace,
  policy_id: String(policyId),
})
const policyNow = async () => await (await console_.swr(admin, 'retentionShow', { params: policyParams() })).json()

async function ruleNow() {
  const answer = await console_.swr(admin, 'immutableRuleList', { params: { instance_id: console_.instanceId } })
  const { immutable_rules: rules } = await answer.json()
  return rules[0]
}

async function write(name: 'immutableRuleUpdate' | 'immutableRuleDelete', body?: object) {
  const { content_hash: ifMatch } = await ruleNow()
  const params = { instance_id: console_.instanceId, namespace_name: namespace, immutable_rule_id: '9' }
  const answer = await console_.swr(admin, name, { params, ifMatch, ...(body && { body }) })
  return { status: answer.status, json: await answer.json() }
}

/** Writes that SWR was told, oldest first. */
const written = async () =>
  (await console_.received(console_.instanceId)).flatMap(({ method, operation }) =>
    method === 'GET' ? [] : [operation],
  )

test.each([
  ['other patterns', () => write('immutableRuleUpdate', immutableBody('v2'))],
  ['switching it off', () => write('immutableRuleUpdate', immutableBody('v1', { disabled: true }))],
  ['deleting it', () => write('immutableRuleDelete')],
])('%s switches the schedule of the namespace off first', async (_, change) => {
  await make({ enabled: true, trigger: nightly })
  expect(await change()).toMatchObject({ status: 200 })
  expect(await policyNow()).toMatchObject({ enabled: false, rules: [retentionRule(2)], trigger: { type: 'scheduled' } })
  const [first, second] = await written()
  expect([first, second?.startsWith('immutableRule')]).toEqual(['retentionUpdate', true])
  const entries = await console_.entries({ instance: console_.instanceId, operation: 'retentionUpdate' })
  expect(entries).toMatchObject([{ outcome: 'done', actorId: admin.id, reason: expect.stringContaining('rule 9') }])
})

test.each([
  ['switching a rule on', { enabled: true, trigger: nightly }, { disabled: true }, immutableBody('v1')],
  ['the same rule', { enabled: true, trigger: nightly }, {}, immutableBody('v1')],
  ['a policy that only people run', { enabled: true }, {}, immutableBody('v2')],
])('%s switches nothing off', async (_, policy, rule, body) => {
  await make(policy, [heldRule(9, 'v1', rule)])
  expect(await write('immutableRuleUpdate', body)).toMatchObject({ status: 200 })
  expect(await written()).toEqual(['immutableRuleUpdate'])
  expect(await policyNow()).toMatchObject({ enabled: true })
})

test('where the schedule cannot be switched off, the rule stays as it is', async () => {
  await make({ enabled: true, trigger: nightly, name: 'fault-400' })
  expect(await write('immutableRuleDelete')).toMatchObject({ json: { code: 'swr_invalid' } })
  expect(await ruleNow()).toMatchObject({ id: 9, disabled: false })
})

test('while a run is open no rule of its namespace lets go of anything', async () => {
  await make()
  await console_.limit(admin, { ceilingTags: 1 })
  const dry = await console_.arm(operator)
  const { id } = await console_.started(operator, dry.id, { withoutCopy: true })
  await console_.runWhen(operator, id, ({ state }) => state === 'waiting')
  expect(await write('immutableRuleDelete')).toMatchObject({ status: 409, json: { code: 'retention_run_open' } })
  await console_.ok(operator, 'retentionRunCancel', { params: { retention_run_id: String(id) } })
  await console_.endedRun(operator, id)
  expect(await write('immutableRuleDelete')).toMatchObject({ status: 200 })
  await console_.limit(admin, {})
})

test('the verdict of a dry run names the rule that holds an image', async () => {
  await make()
  const dry = await console_.arm(operator)
  const params = { dry_run_id: String(dry.id) }
  const { rows } = await console_.ok(operator, 'retentionDryRunImageList', { params, query: { filter: 'keep' } })
  expect(rows.map(({ tags, rule, immutable }) => [tags[0], rule, immutable]).sort()).toEqual([
    ['v1', null, 9],
    ['v5', 0, null],
    ['v6', 0, null],
  ])
})
