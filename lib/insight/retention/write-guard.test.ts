import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { inUseClusters } from '../../db/retention-tables'
import type { TestMember } from '../../testing/console'
import { dailyTags, namespace, policyId, retentionRule } from '../../testing/held-retention'
import { inHours } from '../../testing/in-hours'
import { type RetentionConsole, startRetentionConsole } from '../../testing/retention-console'

vi.setConfig({ testTimeout: 30_000 })

let console_: RetentionConsole
let admin: TestMember
let second: TestMember

beforeAll(async () => {
  console_ = await startRetentionConsole()
  admin = await console_.member('admin')
  second = await console_.member('admin')
})
afterAll(() => console_.close())

const nightly = { type: 'scheduled', trigger_settings: { cron: inHours(12) } }
const make = (policy: object) =>
  console_.make({ repositories: [{ name: 'api', tags: dailyTags(5) }], policy: { trigger: nightly, ...policy } })
beforeEach(() => make({}))

const params = () => ({
  instance_id: console_.instanceId,
  namespace_name: namespace,
  policy_id: String(policyId),
})
const body = (more: object = {}) => ({
  name: 'clean-up',
  algorithm: 'or',
  enabled: true,
  rules: [retentionRule(2)],
  trigger: nightly,
  ...more,
})

async function read() {
  return await (await console_.swr(admin, 'retentionShow', { params: params() })).json()
}

/** In the name of somebody who has looked at the newest dry run, unless another one is named. */
async function update(more: object = {}, seen?: number) {
  const { content_hash: ifMatch } = await read()
  const dryRun = seen ?? (await console_.ok(admin, 'retentionLockShow')).dryRun?.id
  const asked = { params: params(), body: body(more), ifMatch, ...(dryRun && { dryRun: String(dryRun) }) }
  const answer = await console_.swr(admin, 'retentionUpdate', asked)
  return { status: answer.status, json: await answer.json() }
}

/** What SWR was told, oldest first. */
async function sent() {
  const all = await console_.received(console_.instanceId)
  return all.flatMap(({ operation, body: told }) => (operation === 'retentionUpdate' ? [told] : []))
}

const refused = { status: 409, json: { code: 'retention_not_armed' } }

test('a schedule is switched on only when a dry run of exactly its content was seen', async () => {
  expect(await update()).toMatchObject(refused)
  expect(await sent()).toEqual([])
  await console_.dryRun(admin)
  expect(await update()).toMatchObject(refused)
  await console_.arm(admin)
  expect(await update({ rules: [retentionRule(1)] })).toMatchObject(refused)
  expect(await update()).toMatchObject({ status: 200, json: { now: { enabled: true }, normalised: [] } })
})

test('a schedule that would delete what runs somewhere, or more than one person may, is not switched on', async () => {
  await console_.arm(admin)
  const cluster = { cluster: 'prod' }
  await console_.ok(admin, 'inUsePut', { params: cluster, body: { text: 'x.example/payments/api:v2' } })
  expect(await update()).toMatchObject({ status: 409, json: { code: 'retention_in_use' } })
  // A list that has expired names nothing of this, and nobody knows what runs there by now.
  await console_.ok(admin, 'inUsePut', { params: cluster, body: { text: 'x.example/elsewhere/app:1' } })
  await console_.db.update(inUseClusters).set({ expires: sql`now() - interval '1 second'` })
  expect(await update()).toMatchObject({ status: 409, json: { code: 'retention_in_use' } })
  expect(await console_.ok(admin, 'retentionLockShow')).toMatchObject({
    state: 'armed',
    inUse: { images: 0, old: ['prod'] },
  })
  await console_.ok(admin, 'inUseDelete', { params: cluster })
  await console_.limit(admin, { ceilingTags: 2 })
  expect(await update()).toMatchObject({ status: 409, json: { code: 'retention_above_ceiling' } })
  const { request } = await console_.limit(admin, { ceilingTags: 3 })
  expect(await update()).toMatchObject({ status: 409, json: { code: 'retention_above_ceiling' } })
  await console_.ok(second, 'retentionCeilingConfirm', { body: { request: request?.id } })
  expect(await update()).toMatchObject({ status: 200, json: { now: { enabled: true } } })
})

test('a schedule is switched on by whoever has seen the dry run that opens its lock', async () => {
  const first = await console_.arm(admin)
  await console_.push('api', ['v6'])
  const newer = await console_.arm(admin)
  expect(await update({}, first.id)).toMatchObject({
    status: 409,
    json: { code: 'retention_terms_changed', fields: { dryRun: 'terms_dry_run' } },
  })
  const { content_hash: ifMatch } = await read()
  const unsaid = await console_.swr(admin, 'retentionUpdate', { params: params(), body: body(), ifMatch })
  expect(unsaid.status).toBe(409)
  expect(await sent()).toEqual([])
  expect(await update({}, newer.id)).toMatchObject({ status: 200, json: { now: { enabled: true } } })
})

const dated = (name: string, day: number) => ({ name, pushed: new Date(Date.UTC(2026, 1, day)).toISOString() })

test('pushes since the dry run refuse a schedule as they refuse a run', async () => {
  await console_.arm(admin)
  await console_.push('api', [dated('v6', 6), dated('v7', 7)])
  expect(await update()).toMatchObject({ status: 409, json: { code: 'retention_outdated' } })
  expect(await sent()).toEqual([])
  await console_.arm(admin)
  // One name may always differ.
  await console_.push('api', [dated('v8', 8)])
  expect(await update()).toMatchObject({ status: 200, json: { now: { enabled: true } } })
})

test('what a push condemns counts for clusters and the ceiling as well', async () => {
  const cluster = { cluster: 'prod' }
  await console_.arm(admin)
  await console_.ok(admin, 'inUsePut', { params: cluster, body: { text: 'x.example/payments/api:v4' } })
  await console_.push('api', ['v6'])
  expect(await update()).toMatchObject({ status: 409, json: { code: 'retention_in_use' } })
  await console_.ok(admin, 'inUseDelete', { params: cluster })
  await console_.limit(admin, { ceilingTags: 3 })
  expect(await update()).toMatchObject({ status: 409, json: { code: 'retention_above_ceiling' } })
  await console_.limit(admin, {})
})

test('other content of an enabled schedule goes out switched off, and the answer says so', async () => {
  await make({ enabled: true })
  expect(await update({ rules: [retentionRule(1)] })).toMatchObject({
    status: 200,
    json: { now: { enabled: false }, normalised: [{ path: 'enabled', before: true, after: false }] },
  })
  expect(await sent()).toMatchObject([{ enabled: false, rules: [{ params: { latestPushedK: 1 } }] }])
  expect(await console_.ok(admin, 'retentionLockShow')).toMatchObject({ state: 'locked', because: 'no_dry_run' })
})

/** Saves without having looked at any dry run. */
async function save(more: object = {}) {
  const { content_hash: ifMatch } = await read()
  const answer = await console_.swr(admin, 'retentionUpdate', { params: params(), body: body(more), ifMatch })
  return { status: answer.status, json: await answer.json() }
}

/** What the server says of saving, before. */
const foretold = ({ rules = [retentionRule(2)] } = {}) =>
  console_.ok(admin, 'retentionArmingShow', { body: { algorithm: 'or', rules, trigger: nightly } })

const other = { rules: [retentionRule(1)] }

/** A schedule that is on with other rules than those of an older dry run, which is answered. */
async function armTwice() {
  const { id } = await console_.arm(admin)
  expect(await save({ ...other, enabled: false })).toMatchObject({ status: 200 })
  await console_.arm(admin)
  expect(await update(other)).toMatchObject({ json: { now: { enabled: true }, normalised: [] } })
  return id
}

test('other content that is armed already stays switched on', async () => {
  const first = await armTwice()
  // The first dry run is of this, and young enough still.
  expect(await foretold()).toMatchObject({ because: null, dryRun: { id: first, totals: { delete: { tags: 3 } } } })
  expect(await update({}, first)).toMatchObject({ status: 200, json: { now: { enabled: true }, normalised: [] } })
  expect(await foretold(other)).toMatchObject({ because: null })
  expect(await save(other)).toMatchObject({ status: 200, json: { now: { enabled: true }, normalised: [] } })
})

test('who names the dry run by which a schedule stays on has it on, or nothing is sent', async () => {
  await armTwice()
  const { dryRun: newest } = await console_.ok(admin, 'retentionLockShow')
  const before = await sent()
  const changed = { status: 409, json: { code: 'retention_terms_changed', fields: { dryRun: 'terms_dry_run' } } }
  expect(await update({}, newest?.id)).toMatchObject(changed)
  expect(await update({ rules: [retentionRule(3)] }, newest?.id)).toMatchObject(changed)
  expect(await sent()).toEqual(before)
})

test('unsaved rules without a dry run ask nothing of SWR but the policy, and without any dry run nothing', async () => {
  const asked = async () => (await console_.received(console_.instanceId)).map(({ operation }) => operation)
  const none = { because: 'no_dry_run', dryRun: null }
  expect(await foretold()).toEqual(none)
  expect(await asked()).toEqual([])
  await console_.arm(admin)
  const before = await asked()
  expect(await foretold(other)).toEqual(none)
  expect(await asked()).toEqual([...before, 'retentionShow'])
})

const switchedOff = {
  status: 200,
  json: { now: { enabled: false }, normalised: [{ path: 'enabled', before: true, after: false }] },
}

describe('what stands in the way of other content that was armed', () => {
  const cluster = { cluster: 'prod' }
  const inUse = (tag: string) =>
    console_.ok(admin, 'inUsePut', { params: cluster, body: { text: `x.example/payments/api:${tag}` } })
  afterEach(async () => {
    await console_.limit(admin, {})
    await console_.ok(admin, 'inUseDelete', { params: cluster }).catch(() => undefined)
  })

  test.each([
    ['in_use', () => inUse('v2')],
    [
      'in_use_old',
      async () => {
        await inUse('nothing-of-this')
        await console_.db.update(inUseClusters).set({ expires: sql`now() - interval '1 second'` })
      },
    ],
    ['above_ceiling', () => console_.limit(admin, { ceilingTags: 2 })],
    ['outdated', () => console_.push('api', [dated('v6', 6), dated('v7', 7)])],
    // A push condemns it.
    ['in_use', () => inUse('v4').then(() => console_.push('api', [dated('v6', 6)]))],
  ])('%s is told before, and switches the schedule off instead of refusing it', async (because, happen) => {
    await armTwice()
    await happen()
    expect(await foretold()).toMatchObject({ because, dryRun: { state: 'done' } })
    expect(await save()).toMatchObject(switchedOff)
  })

  test('a dry run that nobody has opened', async () => {
    await console_.dryRun(admin)
    expect(await save({ ...other, enabled: false })).toMatchObject({ status: 200 })
    await console_.arm(admin)
    expect(await update(other)).toMatchObject({ json: { now: { enabled: true } } })
    expect(await foretold()).toMatchObject({ because: 'not_seen' })
    expect(await save()).toMatchObject(switchedOff)
  })
})

test('a rule that says more than the console knows is armed like any other', async () => {
  const odd = { ...retentionRule(2), colour: 'blue' }
  await make({ rules: [odd] })
  await console_.arm(admin)
  // The form does not know it either.
  expect(await foretold()).toMatchObject({ because: null, dryRun: { state: 'done' } })
  expect(await update()).toMatchObject({ status: 200, json: { now: { enabled: true } } })
  expect(await sent()).toMatchObject([{ enabled: true, rules: [{ colour: 'blue' }] }])
})

test.each([
  ['another name', { name: 'clean-more' }],
  ['nothing at all', {}],
])('%s leaves an enabled schedule on', async (_, change) => {
  await make({ enabled: true })
  expect(await update(change)).toMatchObject({ status: 200, json: { now: { enabled: true }, normalised: [] } })
})

/* SWR reads no number that is written as text: ten images are kept instead of two. */
describe('an enabled schedule whose number is a text', () => {
  const asText = retentionRule(2, { params: { latestPushedK: '2' } })
  beforeEach(() => make({ enabled: true, rules: [asText] }))

  test('is switched off by a save that says the same number, whatever else it says', async () => {
    expect(await save({ name: 'renamed' })).toMatchObject({
      status: 200,
      json: {
        now: { name: 'renamed', enabled: false, rules: [{ params: { latestPushedK: 2 } }] },
        normalised: [{ path: 'enabled', before: true, after: false }],
      },
    })
    expect(await sent()).toMatchObject([{ enabled: false, rules: [{ params: { latestPushedK: 2 } }] }])
  })

  test('stays on, and keeps what it keeps, where the text is sent as it came', async () => {
    expect(await save({ name: 'renamed', rules: [asText] })).toMatchObject({
      status: 200,
      json: { now: { name: 'renamed', enabled: true }, normalised: [] },
    })
    expect(await sent()).toMatchObject([{ enabled: true, rules: [{ params: { latestPushedK: '2' } }] }])
  })

  test('is refused the dry run of the text for the number', async () => {
    const ofText = await console_.arm(admin)
    expect(await update({}, ofText.id)).toMatchObject({ status: 409, json: { code: 'retention_terms_changed' } })
    expect(await sent()).toEqual([])
  })
})

test.each([
  ['a rule', { rules: [retentionRule(3)] }],
  ['a template', { rules: [retentionRule(2, { template: 'latestPulledN', params: { latestPulledN: 2 } })] }],
  [
    'a tag selector',
    { rules: [retentionRule(2, { tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: 'v*' }] })] },
  ],
  [
    'a decoration',
    { rules: [retentionRule(2, { tag_selectors: [{ kind: 'doublestar', decoration: 'excludes', pattern: '**' }] })] },
  ],
  [
    'a repository selector',
    {
      rules: [
        retentionRule(2, {
          scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: 'api' }] },
        }),
      ],
    },
  ],
  ['a rule that is switched off', { rules: [retentionRule(2, { disabled: true })] }],
  ['the schedule', { trigger: { type: 'scheduled', trigger_settings: { cron: inHours(6) } } }],
])('any change of content closes the lock and switches the schedule off: %s', async (_, change) => {
  await console_.arm(admin)
  expect(await update()).toMatchObject({ json: { now: { enabled: true } } })
  expect(await save(change)).toMatchObject({ json: { now: { enabled: false } } })
  expect((await console_.ok(admin, 'retentionLockShow')).state).toBe('locked')
})

const manual = { trigger: { type: 'manual' } }

test('a policy that only people run may be switched on, until it gets a schedule', async () => {
  expect(await update(manual)).toMatchObject({ status: 200, json: { now: { enabled: true } } })
  expect(await update()).toMatchObject({ status: 200, json: { now: { enabled: false } } })
})

test('a schedule in place of a press is on only for who names the dry run, also where it is armed', async () => {
  const scheduled = await console_.arm(admin)
  expect(await save(manual)).toMatchObject({ status: 200, json: { now: { enabled: true } } })
  expect(await save()).toMatchObject(switchedOff)
  expect(await save(manual)).toMatchObject({ status: 200, json: { now: { enabled: true } } })
  expect(await update({}, scheduled.id)).toMatchObject({
    status: 200,
    json: { now: { enabled: true }, normalised: [] },
  })
})

test('a new schedule begins switched off', async () => {
  const create = async (enabled: boolean) => {
    const asked = { params: { instance_id: console_.instanceId, namespace_name: namespace } }
    const answer = await console_.swr(admin, 'retentionCreate', { ...asked, body: body({ name: 'another', enabled }) })
    return { status: answer.status, json: await answer.json() }
  }
  expect(await create(true)).toMatchObject(refused)
  const deleted = await console_.swr(admin, 'retentionDelete', {
    params: params(),
    ifMatch: (await read()).content_hash,
  })
  expect(deleted.status).toBe(200)
  const made = await create(false)
  expect(made).toMatchObject({ status: 200, json: { now: { enabled: false, name: 'another' } } })
  // Both are in the history: what is gone can be made again from its last version.
  const place = { connection: 'default', instance_id: console_.instanceId, kind: 'retention' }
  const gone = await console_.ok(admin, 'deletedList', { params: place })
  expect(gone.revisions.map(({ name }) => name)).toEqual(['clean-up'])
  const history = await console_.ok(admin, 'revisionList', {
    params: { ...place, object_id: String(made.json.id) },
  })
  expect(history.revisions.map(({ source }) => source)).toEqual(['console'])
})

test('whoever does not say which version they saw changes and deletes nothing', async () => {
  for (const name of ['retentionUpdate', 'retentionDelete'] as const) {
    const asked = { params: params(), ...(name === 'retentionUpdate' && { body: body({ enabled: false }) }) }
    expect((await console_.swr(admin, name, asked)).status).toBe(428)
    expect((await console_.swr(admin, name, { ...asked, ifMatch: 'older' })).status).toBe(409)
  }
  expect((await read()).name).toBe('clean-up')
})
