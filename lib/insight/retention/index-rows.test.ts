import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ConsoleOutput } from '../../contract/console/schemas'
import { retention } from '../../contract/swr/retention'
import type { TestMember } from '../../testing/console'
import { retentionRule } from '../../testing/held-retention'
import { inHours } from '../../testing/in-hours'
import { type SandboxedConsole, startOnSandbox } from '../../testing/sandbox'
import { retentionContentHash } from './content-hash'

let console_: SandboxedConsole
let viewer: TestMember
beforeAll(async () => {
  console_ = await startOnSandbox()
  viewer = await console_.member('viewer')
})
afterAll(() => console_.close())

const policy = (id: number, namespace: string, more: object = {}) => ({
  id,
  name: `keep-${id}`,
  namespace_id: id,
  namespace_name: namespace,
  algorithm: 'or',
  enabled: true,
  rules: [retentionRule(2)],
  trigger: { type: 'manual' },
  ...more,
})
const repository = (name: string, count: number) => ({
  name,
  tags: Array.from({ length: count }, (_, at) => ({ name: `v${at}`, pushed: `2026-01-0${at + 1}T10:00:00.000000Z` })),
})
const execution = (id: number, more: object = {}) => ({
  id,
  policy_id: 1,
  dry_run: false,
  status: 'Succeed',
  trigger: 'manual',
  start_time: '2026-02-01T10:00:00.000000Z',
  end_time: '2026-02-01T10:01:00.000000Z',
  ...more,
})
const task = (id: number, total: number, retained: number) => ({
  id,
  repository: `r${id}`,
  status: 'Succeed',
  total,
  retained,
})

type Index = ConsoleOutput<'retentionIndex'>

async function index(instance: string): Promise<Index> {
  const params = { connection: 'default', instance_id: instance }
  const answer = await console_.own(viewer, 'retentionIndex', { params })
  expect(answer.status).toBe(200)
  const found: Index = await answer.json()
  if (!found.refreshing) return found
  await wait(100)
  return index(instance)
}

test('policies with what they would delete, their next and last run, and namespaces without any', async () => {
  const cron = inHours(12)
  const hour = cron.split(' ')[2]?.padStart(2, '0')
  const scheduled = { type: 'scheduled', trigger_settings: { cron } }
  const instance = await console_.instance({
    namespaces: [
      { name: 'payments', repositories: [repository('api', 5), repository('web', 1)] },
      { name: 'shop', repositories: [repository('till', 2)] },
      { name: 'idle', repositories: [] },
    ],
    retentions: [
      policy(1, 'payments', { trigger: scheduled }),
      policy(2, 'shop', { enabled: false, trigger: scheduled }),
    ],
    retentionExecutions: [execution(31), execution(32), execution(33, { dry_run: true })],
    retentionTasks: { 32: [task(1, 9, 4), task(2, 3, 3)] },
  })
  const found = await index(instance)
  expect(found).toMatchObject({ complete: true, problem: null })
  expect(found.rows.map(({ namespace, policy: own }) => [namespace, own?.id])).toEqual([
    ['idle', undefined],
    ['payments', 1],
    ['shop', 2],
  ])
  const [idle, payments, shop] = found.rows
  expect(idle).toEqual({ namespace: 'idle', policy: null, repositories: 0, tags: 0, impact: null })
  expect(payments).toMatchObject({
    repositories: 2,
    tags: 6,
    policy: {
      name: 'keep-1',
      enabled: true,
      content: retentionContentHash(retention.parse(policy(1, 'payments', { trigger: scheduled }))),
      next: expect.stringContaining(`T${hour}:30:00.000Z`),
      // The newest one that was no dry run.
      last: { id: 32, at: '2026-02-01T10:00:00.000Z', status: 'Succeed', deleted: 5 },
    },
    impact: { images: 3, tags: 3, share: 0.5, unsure: 0 },
  })
  // Switched off, it has no next run; it never ran.
  expect(shop).toMatchObject({ policy: { enabled: false, next: null, last: null }, impact: { tags: 0, share: 0 } })
})

test.each([
  ['a repository that failed', { status: 'Failed' }, { status: 'Failed' }],
  ['a run that may have been a dry one', { dry_run: null }, {}],
])('%s is not said to have deleted what it did not keep', async (_, more, last) => {
  const instance = await console_.instance({
    namespaces: [{ name: 'payments', repositories: [repository('api', 5)] }],
    retentions: [policy(1, 'payments')],
    retentionExecutions: [execution(31, more)],
    retentionTasks: { 31: [task(1, 9, 4), { ...task(2, 3, 1), ...last }] },
  })
  const [row] = (await index(instance)).rows
  expect(row?.policy?.last).toMatchObject({ id: 31, deleted: null })
})

test('where images cannot be listed, the list is there and says so', async () => {
  const instance = await console_.instance({
    namespaces: [{ name: 'payments', repositories: [repository('api', 3), repository('fault-500', 1)] }],
    retentions: [policy(1, 'payments')],
  })
  const found = await index(instance)
  expect(found).toMatchObject({ complete: false, problem: 'swr_failed' })
  expect(found.rows).toMatchObject([{ namespace: 'payments', repositories: 2, policy: { id: 1 }, impact: null }])
})
