import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { TestMember } from '../../testing/console'
import { heldPolicy, namespace, policyId, retentionRule } from '../../testing/held-retention'
import { largeRetentionJobs } from '../../testing/large-retention'
import { type RetentionConsole, startRetentionConsole } from '../../testing/retention-console'

/* Executions that a schedule, or somebody at SWR's own console, has begun. */

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

let console_: RetentionConsole
let viewer: TestMember

beforeAll(async () => {
  console_ = await startRetentionConsole({ works: false })
  viewer = await console_.member('viewer')
})
afterAll(() => console_.close())

const execution = (id: number, more: object = {}) => ({
  id,
  policy_id: policyId,
  status: 'Succeed',
  trigger: 'scheduled',
  dry_run: false,
  start_time: '2026-01-02T03:00:00Z',
  end_time: '2026-01-02T03:01:00Z',
  ...more,
})
const show = (id: number) => console_.ok(viewer, 'retentionExecutionShow', { params: { execution_id: String(id) } })
const look = () => console_.swr(viewer, 'retentionShow', { params: console_.place })

test('its rules are those that the console had seen last before it, and are not guessed before that', async () => {
  const ids = [41, 42, 43]
  await console_.make({ repositories: [], content: { retentionExecutions: ids.map((id) => execution(id)) } })
  expect((await look()).status).toBe(200)
  const seen = new Date()
  const policy = heldPolicy({ rules: [retentionRule(4)] })
  await console_.outside('PUT', `namespaces/${namespace}/retention/policies/${policyId}`, policy)
  expect((await look()).status).toBe(200)
  const changed = new Date()
  await console_.control('PUT', '/rows', {
    instance: console_.instanceId,
    retentionExecutions: [
      execution(41),
      execution(42, { start_time: seen.toISOString() }),
      execution(43, { start_time: changed.toISOString() }),
    ],
  })
  expect((await show(41)).rules).toBeNull()
  const [before, after] = [(await show(42)).rules, (await show(43)).rules]
  expect(before?.rules).toMatchObject([{ params: { latestPushedK: 2 } }])
  expect(after?.rules).toMatchObject([{ params: { latestPushedK: 4 } }])
  expect(new Date(before?.at ?? 0).getTime()).toBeLessThanOrEqual(seen.getTime())
  expect(new Date(after?.at ?? 0).getTime()).toBeGreaterThanOrEqual(seen.getTime())
})

test('what failed is folded into causes, of its images where SWR says nothing of a repository', async () => {
  const task = (id: number, repository: string, more: object = {}) => ({
    id,
    execution_id: 50,
    repository,
    status: 'Failed',
    total: 4,
    retained: 1,
    ...more,
  })
  const tasks = [
    task(1, 'api', { status_text: 'failed to list library/api: 503' }),
    task(2, 'web', { status_text: 'failed to list library/web: 503' }),
    task(3, 'tool'),
    task(4, 'silent'),
    task(5, 'fine', { status: 'Succeed' }),
  ]
  const image = (id: number, tag: string, status = 'Failed') => ({
    id,
    tag,
    digest: `sha256:${id}`,
    action: 'DEL',
    status,
    status_text: status === 'Failed' ? `cannot delete tag: ${tag} is protected` : '',
  })
  await console_.make({
    repositories: [],
    content: {
      retentionExecutions: [execution(50, { status: 'Failed' }), execution(51, { status: 'InProgress' })],
      retentionTasks: { 50: tasks, 51: tasks },
      retentionSubtasks: { 3: [image(1, 'v1'), image(2, 'v2'), image(3, 'v3', 'Succeed')], 4: [] },
    },
  })
  const { failures } = await show(50)
  expect(
    failures.map(({ images, text, repositories, repositoryCount }) => ({
      images,
      text,
      repositories,
      repositoryCount,
    })),
  ).toEqual([
    {
      images: 2,
      text: 'cannot delete tag: v1 is protected',
      repositories: ['payments/tool'],
      repositoryCount: 1,
    },
    {
      images: 0,
      text: 'failed to list library/api: 503',
      repositories: ['payments/api', 'payments/web'],
      repositoryCount: 2,
    },
    { images: 0, text: '', repositories: ['payments/silent'], repositoryCount: 1 },
  ])
  // What moves has not failed yet.
  expect((await show(51)).failures).toEqual([])
})

test('one that lies further back than is looked through is not said to be deleted', async () => {
  const many = 5_300
  await console_.make({
    repositories: [],
    content: { retentionExecutions: Array.from({ length: many }, (_, index) => execution(many - index)) },
  })
  const ask = (id: number) => console_.call(viewer, 'retentionExecutionShow', { params: { execution_id: String(id) } })
  expect(await ask(many)).toMatchObject({ status: 200 })
  expect(await ask(1)).toMatchObject({ status: 200 })
  expect(await ask(250)).toMatchObject({ status: 422, body: { code: 'retention_out_of_reach' } })
  await console_.make({ repositories: [], content: { retentionExecutions: [execution(1)] } })
  expect(await ask(250)).toMatchObject({ status: 404, body: { code: 'swr_not_found' } })
})

test('runs that SWR was never told of are counted, though only the newest are named', async () => {
  await console_.make({ repositories: [] })
  const place = { instance: console_.instanceId, namespace, policy: policyId }
  for (let made = 0; made < 12; made += 1) await largeRetentionJobs(console_.db, place, [])
  const { notBegun } = await console_.ok(viewer, 'retentionHistoryList')
  expect(notBegun.total).toBe(12)
  expect(notBegun.rows).toHaveLength(10)
  const ids = notBegun.rows.map(({ id }) => id)
  expect(ids).toEqual(ids.toSorted((a, b) => b - a))
})
