import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Actor } from '../../../contract/actor'
import type { TestMember } from '../../../testing/console'
import { dailyTags, namespace, policyId, retentionRule } from '../../../testing/held-retention'
import { type RetentionConsole, startRetentionConsole } from '../../../testing/retention-console'
import { readVerdicts } from '../verdicts'

vi.setConfig({ testTimeout: 40_000, hookTimeout: 30_000 })

let console_: RetentionConsole
let admin: TestMember

beforeAll(async () => {
  // Long enough that no dry run is taken for one that hangs.
  console_ = await startRetentionConsole({ hangMinutes: 10 })
  admin = await console_.member('admin')
})
afterAll(() => console_.close())

const repositories = [{ name: 'api', tags: dailyTags(6) }]

test('fails when other rules are saved while it goes on', async () => {
  await console_.make({ repositories })
  const dryRun = await console_.dryRunUnderWay(admin)
  const params = { instance_id: console_.instanceId, namespace_name: namespace, policy_id: String(policyId) }
  const { content_hash: ifMatch } = await (await console_.swr(admin, 'retentionShow', { params })).json()
  const rules = [retentionRule(1)]
  const body = { name: 'clean-up', algorithm: 'or', enabled: false, rules, trigger: { type: 'manual' } }
  expect((await console_.swr(admin, 'retentionUpdate', { params, body, ifMatch })).status).toBe(200)
  await console_.pace(0)
  expect(await console_.endedDryRun(admin, dryRun.id)).toMatchObject({ state: 'failed', failure: 'changed' })
  expect(await console_.ok(admin, 'retentionLockShow')).toMatchObject({ state: 'locked', because: 'content_changed' })
  expect(await console_.deletions()).toBe(0)
})

test('goes on one at a time for a policy, and cannot be seen before it has ended', async () => {
  await console_.make({ repositories })
  const dryRun = await console_.dryRunUnderWay(admin)
  expect(await console_.call(admin, 'retentionDryRunStart')).toMatchObject({
    status: 409,
    body: { code: 'retention_dry_run_open' },
  })
  // One that has not ended has no verdicts to be seen.
  const early = await console_.ok(admin, 'retentionDryRunSee', { params: { dry_run_id: String(dryRun.id) } })
  expect(early.dryRun.seen).toBeNull()
  await console_.pace(0)
  expect(await console_.endedDryRun(admin, dryRun.id)).toMatchObject({ state: 'done', seen: null })
})

test('is nobody else’s: neither another policy nor another instance answers it', async () => {
  await console_.make({ repositories })
  const { id } = await console_.dryRun(admin)
  const params = { dry_run_id: String(id) }
  const others: Record<string, string>[] = [
    { policy_id: '8' },
    { namespace_name: 'shop' },
    { instance_id: console_.archiveId },
  ]
  for (const other of others)
    expect(await console_.call(admin, 'retentionDryRunShow', { params: { ...params, ...other } })).toMatchObject({
      status: 404,
      body: { code: 'job_unknown' },
    })
})

describe('what SWR says of a run is read whole', () => {
  const row = (id: number, action: string) => ({ id, repository: 'api', tag: `v${id}`, digest: `sha256:${id}`, action })
  const read = async (total: number, retained: number, rows: readonly object[]) => {
    await console_.make({
      repositories,
      content: {
        retentionExecutions: [{ id: 5, policy_id: policyId, dry_run: true, status: 'Succeed', trigger: 'manual' }],
        retentionTasks: { 5: [{ id: 1, execution_id: 5, repository: 'api', status: 'Success', total, retained }] },
        retentionSubtasks: { 1: rows },
      },
    })
    const actor: Actor = { id: admin.id, name: 'admin', email: admin.email, role: 'admin' }
    const place = { connection: 'default', instance: console_.instanceId, namespace, policy: policyId }
    return await readVerdicts({ actor, check: () => {} }, place, 5)
  }

  test('also over many pages', async () => {
    const rows = Array.from({ length: 250 }, (_, index) => row(index + 1, 'DEL'))
    const { tasks, complete } = await read(260, 10, rows)
    expect(complete).toBe(true)
    expect(tasks).toMatchObject([{ repository: 'payments/api', failed: false }])
    expect(tasks[0]?.subtasks).toHaveLength(250)
  })

  test.each([
    ['all deletions are listed', [row(1, 'DEL'), row(2, 'DEL'), row(3, 'DEL')], true],
    ['fewer than counted', [row(1, 'DEL'), row(2, 'DEL')], false],
    ['none of those counted', [], false],
    ['kept ones do not stand for deleted ones', [row(1, 'DEL'), row(2, 'RETAIN'), row(3, 'RETAIN')], false],
  ])('of three images that go: %s', async (_, rows, whole) => {
    expect((await read(5, 2, rows)).complete).toBe(whole)
  })
})
