import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { TestMember } from '../../../testing/console'
import { dailyTags, registryId } from '../../../testing/held-retention'
import { type RetentionConsole, startRetentionConsole } from '../../../testing/retention-console'

/* What was agreed to in a dialog, and what somebody else changes before the button is pressed. */

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

let console_: RetentionConsole
let admin: TestMember
let operator: TestMember
let second: TestMember

beforeAll(async () => {
  console_ = await startRetentionConsole()
  admin = await console_.member('admin')
  operator = await console_.member('operator')
  second = await console_.member('admin')
})
afterAll(() => console_.close())
beforeEach(() => console_.make({ repositories: [{ name: 'api', tags: dailyTags(6) }] }))

const cluster = { cluster: 'prod' }
const runs = (tag: string, hours = 1) =>
  console_.ok(operator, 'inUsePut', { params: cluster, body: { text: `x.example/payments/api:${tag}`, hours } })
afterEach(() => console_.ok(operator, 'inUseDelete', { params: cluster }).catch(() => undefined))

const archive = { registry: registryId, namespace: 'archive', days: 30 }
const changes: [string, () => Promise<unknown>, () => Promise<unknown>, Record<string, string>][] = [
  [
    'the archive is taken away',
    () => console_.archive(admin),
    () => console_.limit(admin, {}),
    { 'body.agreed.archive': 'terms_archive' },
  ],
  [
    'there is an archive now',
    () => console_.limit(admin, {}),
    () => console_.archive(admin),
    { 'body.agreed.archive': 'terms_archive' },
  ],
  [
    'copies are kept for another time',
    () => console_.archive(admin),
    () => console_.limit(admin, { archive: { ...archive, days: 1 } }),
    { 'body.agreed.archive': 'terms_archive' },
  ],
  [
    'a second admin is asked for',
    () => console_.limit(admin, {}),
    () => console_.limit(admin, { ceilingTags: 1 }),
    { 'body.agreed.aboveCeiling': 'terms_ceiling' },
  ],
  [
    'no second admin is asked for any more',
    () => console_.limit(admin, { ceilingTags: 1 }),
    async () => {
      const { request } = await console_.limit(admin, {})
      await console_.ok(second, 'retentionCeilingConfirm', { body: { request: request?.id } })
    },
    { 'body.agreed.aboveCeiling': 'terms_ceiling' },
  ],
  [
    'a doomed image begins to run',
    () => console_.limit(admin, {}),
    () => runs('v1'),
    { 'body.agreed.inUse': 'terms_in_use' },
  ],
  [
    'another one runs than the one that was shown',
    () => console_.limit(admin, {}).then(() => runs('v1')),
    () => runs('v2'),
    { 'body.agreed.inUse': 'terms_in_use' },
  ],
]

test.each(changes)('%s: refused until that is agreed to as well', async (_, before, change, fields) => {
  await before()
  const dry = await console_.arm(operator)
  const { terms: agreed } = await console_.ok(operator, 'retentionLockShow')
  await change()
  // An admin who accepts whatever may be accepted: what they were shown is what they accept.
  const consent = { withoutCopy: true, acceptInUse: true }
  expect(await console_.start(admin, dry.id, { ...consent, agreed }, 'it is being removed')).toMatchObject({
    status: 409,
    body: { code: 'retention_terms_changed', fields },
  })
  expect((await console_.ok(operator, 'retentionLockShow')).run).toBeNull()
  const again = await console_.start(admin, dry.id, consent, 'it is being removed')
  expect(again.status, JSON.stringify(again.body)).toBe(200)
  if (again.body.run.state === 'waiting') {
    const params = { retention_run_id: String(again.body.run.id) }
    await console_.ok(operator, 'retentionRunCancel', { params })
  }
  await console_.endedRun(operator, again.body.run.id)
})

test('numbers that are not those of the dry run are refused by name, and each thing that differs is named', async () => {
  await console_.limit(admin, {})
  const dry = await console_.arm(operator)
  const { terms } = await console_.ok(operator, 'retentionLockShow')
  expect(terms).toMatchObject({ images: 4, tags: 4, archive: null, aboveCeiling: false })
  const agreed = { ...terms, images: 3, tags: 3, archive }
  expect(await console_.start(operator, dry.id, { withoutCopy: true, agreed })).toMatchObject({
    status: 409,
    body: {
      fields: {
        'body.agreed.archive': 'terms_archive',
        'body.agreed.images': 'terms_amount',
        'body.agreed.tags': 'terms_amount',
      },
    },
  })
  expect((await console_.start(operator, dry.id, { withoutCopy: true, agreed: undefined })).status).toBe(422)
  expect(await console_.deletions()).toBe(0)
})

test('the same list sent once more changes nothing of what was agreed to', async () => {
  await console_.limit(admin, {})
  await runs('v1')
  await console_.arm(operator)
  const before = (await console_.ok(operator, 'retentionLockShow')).terms
  await runs('v1', 2)
  expect((await console_.ok(operator, 'retentionLockShow')).terms).toEqual(before)
})

test('a run tells its second admin all that the first one has agreed to, and its dry run what stands out', async () => {
  await console_.make({
    repositories: [
      { name: 'api', tags: [...dailyTags(3), { name: 'latest', pushed: '2025-06-01T00:00:00Z' }] },
      { name: 'web', tags: dailyTags(3, 'w'), untagged: [{ pushed: '2025-12-01T00:00:00Z' }] },
    ],
  })
  await console_.archive(admin, { ceilingTags: 1 })
  await runs('v1')
  const dry = await console_.arm(operator)
  expect(dry.warnings).toEqual([{ code: 'moving_tag', count: 1, examples: ['payments/api:latest'] }])
  const consent = { withoutCopy: true, acceptInUse: true }
  const { status, body } = await console_.start(admin, dry.id, consent, 'it is being removed')
  expect(status, JSON.stringify(body)).toBe(200)
  const { run } = await console_.showRun(second, body.run.id)
  expect(run).toMatchObject({ state: 'waiting', aboveCeiling: true, archive: { namespace: 'archive' } })
  expect(run.agreed).toEqual({
    withoutCopy: true,
    uncopied: 1,
    differences: 0,
    inUse: { images: 1, examples: ['payments/api:v1'], clusters: ['prod'], old: [] },
  })
  await console_.ok(operator, 'retentionRunCancel', { params: { retention_run_id: String(run.id) } })
  await console_.endedRun(operator, run.id)
})
