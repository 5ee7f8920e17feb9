import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { TestMember } from '../../../testing/console'
import { dailyTags } from '../../../testing/held-retention'
import { type RetentionConsole, startRetentionConsole } from '../../../testing/retention-console'

// Each waits for runs of the sandbox, at the pace at which the console looks.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

let console_: RetentionConsole
let admin: TestMember
let operator: TestMember

beforeAll(async () => {
  console_ = await startRetentionConsole()
  admin = await console_.member('admin')
  operator = await console_.member('operator')
})
afterAll(() => console_.close())

const api = { name: 'api', tags: dailyTags(6) }

test('of a run that failed halfway it is told what is gone, and all of that comes back at once', async () => {
  await console_.make({ repositories: [api] })
  await console_.archive(admin)
  const before = await console_.held(console_.instanceId)
  const dry = await console_.arm(operator)
  // So late that the dry run has not met it.
  await console_.push('fault-whole', ['w1'])
  const { id } = await console_.started(operator, dry.id)
  const run = await console_.endedRun(operator, id)
  expect(run).toMatchObject({
    state: 'failed',
    failure: 'swr_failed',
    text: 'Failed',
    planned: { images: 4 },
    deleted: { images: 4, tags: 4 },
    left: { kept: { images: 0 }, failed: { images: 0 }, unknown: { images: 0 } },
  })
  const params = { retention_run_id: String(id) }
  const list = (query: object) => console_.ok(operator, 'retentionRunImageList', { params, query })
  expect(await list({ filter: 'delete', search: 'v2' })).toMatchObject({ total: 1, restorable: 1 })
  const { rows, restorable } = await list({ filter: 'delete' })
  expect(restorable).toBe(4)
  const except = rows.filter(({ tags }) => tags.includes('v1')).map(({ index }) => index)
  const body = { view: { filter: 'delete', repository: 'payments/api' }, except }
  await console_.ok(operator, 'retentionRestoreStart', { params, body })
  const back = await console_.runWhen(operator, id, ({ restores }) => restores.waiting === 0)
  expect(back.restores).toMatchObject({ done: 3, failed: 0 })
  const after = await console_.held(console_.instanceId)
  const tags = ['v1', 'v2', 'v3', 'v4'].map((tag) => `payments/api:${tag}`)
  expect(tags.map((tag) => after.get(tag) ?? null)).toEqual(tags.map((tag, at) => (at === 0 ? null : before.get(tag))))
  expect(await list({ filter: 'delete' })).toMatchObject({ total: 4, restorable: 1 })
})

test('of a repository that SWR could not go through nothing is said to be gone or kept', async () => {
  await console_.make({ repositories: [api] })
  const dry = await console_.arm(operator)
  // One tag more that goes does not refuse the run.
  await console_.push('fault-whole', dailyTags(3, 'w'))
  const { id } = await console_.started(operator, dry.id, { withoutCopy: true })
  expect(await console_.endedRun(operator, id)).toMatchObject({
    state: 'failed',
    deleted: { images: 4 },
    left: { kept: { images: 0 }, unknown: { images: 1 } },
  })
})

test('a restore names images or a list, and one of them', async () => {
  await console_.make({ repositories: [api] })
  await console_.archive(admin)
  const dry = await console_.arm(operator)
  const { id } = await console_.started(operator, dry.id)
  await console_.endedRun(operator, id)
  const params = { retention_run_id: String(id) }
  for (const body of [{}, { images: [0], view: {} }, { images: [] }])
    expect(await console_.call(operator, 'retentionRestoreStart', { params, body })).toMatchObject({ status: 422 })
  const body = { view: { search: 'nowhere' } }
  expect(await console_.call(operator, 'retentionRestoreStart', { params, body })).toMatchObject({
    status: 409,
    body: { code: 'restore_nothing' },
  })
})

test('a tag that SWR lists as deleted, and could not delete, is told apart with its words', async () => {
  await console_.make({
    repositories: [
      { name: 'api', tags: [{ name: 'fault-protected', pushed: '2025-12-01T00:00:00.000Z' }, ...dailyTags(3)] },
    ],
  })
  await console_.archive(admin)
  const dry = await console_.arm(operator)
  expect(dry.totals.delete.tags).toBe(2)
  const { id } = await console_.started(operator, dry.id)
  const run = await console_.endedRun(operator, id)
  expect(run).toMatchObject({ state: 'done', deleted: { images: 1 }, left: { failed: { images: 1 } } })
  expect(run.text).not.toBe('')
  expect((await console_.held(console_.instanceId)).has('payments/api:fault-protected')).toBe(true)
})
