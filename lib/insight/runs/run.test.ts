import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { exportRun } from '../../api/run-export'
import type { ConsoleOperation } from '../../contract/console/operations'
import type { ConsoleOutput } from '../../contract/console/schemas'
import type { TestMember } from '../../testing/console'
import { type SandboxedConsole, startOnSandbox } from '../../testing/sandbox'

let console_: SandboxedConsole
let viewer: TestMember
let operator: TestMember
let instance = ''

beforeAll(async () => {
  console_ = await startOnSandbox()
  viewer = await console_.member('viewer')
  operator = await console_.member('operator')
})
afterAll(() => console_.close())

const pace = (secondsPerTask: number) => console_.control('PUT', '/pace', { instance, secondsPerTask })
const received = async (part: string) =>
  (await console_.received(instance)).filter(({ path }) => path.endsWith(part)).length

const tags = (count: number, name: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => name(index))
/** 14 repositories with 500 tags, of which 37 fail for two reasons. */
const repositories = [
  { name: 'team/api', tags: [...tags(19, (index) => `fault-denied-${index}`), ...tags(20, (index) => `v${index}`)] },
  { name: 'team/worker', tags: [...tags(12, (index) => `fault-denied-${index}`), ...tags(20, (index) => `v${index}`)] },
  { name: 'eu/api', tags: [...tags(6, (index) => `fault-no-namespace-${index}`), ...tags(30, (index) => `v${index}`)] },
  ...tags(10, (index) => `service-${index}`).map((name) => ({ name, tags: tags(35, (index) => `v${index}`) })),
  { name: 'last', tags: tags(43, (index) => `v${index}`) },
]
const policy = {
  id: 1,
  name: 'push',
  enabled: true,
  dest_registry: { id: 3 },
  filters: [{ type: 'name', value: 'payments/**' }],
}

async function place(content: object = {}) {
  instance = await console_.instance({
    namespaces: [{ name: 'payments', repositories }],
    registries: [{ id: 3, name: 'dr', type: 'swr-pro', status: 'healthy' }],
    policies: [policy],
    ...content,
  })
}

const params = (execution = 1, policyId = 1) => ({
  connection: 'default',
  instance_id: instance,
  policy_id: String(policyId),
  execution_id: String(execution),
})
async function ask<Name extends ConsoleOperation>(name: Name, query = {}, execution = 1, policyId = 1) {
  const answer = await console_.own(viewer, name, { params: params(execution, policyId), query })
  const body: ConsoleOutput<Name> = await answer.json()
  return { status: answer.status, body }
}
const start = () =>
  console_.swr(operator, 'executionStart', { params: { instance_id: instance }, body: { policy_id: 1 } })

describe('a run of 500 tags in 14 repositories', () => {
  beforeAll(async () => {
    await place()
    await pace(0)
    expect((await start()).status).toBe(200)
  })

  test('counts tags, and repositories apart', async () => {
    const { body: run } = await ask('runShow')
    expect(run).toMatchObject({
      complete: true,
      refreshing: false,
      execution: { status: 'Failed', total: 14, failed: 3 },
      tags: { succeeded: 463, failed: 37, running: 0, waiting: 0, stopped: 0, unknown: 0 },
      rate: null,
      left: null,
      stopAsked: null,
    })
    expect(run.repositories).toMatchObject({ succeeded: 11, failed: 3 })
    const { body } = await ask('runTaskList')
    expect(body.total).toBe(14)
    expect(body.tasks[0]).toMatchObject({
      repository: 'payments/team/api',
      status: 'Failed',
      tags: { succeeded: 20, failed: 19 },
    })
  })

  test('folds failures into causes', async () => {
    const { body: run } = await ask('runShow')
    expect(run.failures).toMatchObject([
      {
        cause: 'credential',
        text: '401 unauthorized: authentication required',
        tags: 31,
        act: 'copy',
        whole: 0,
        repositoryCount: 2,
        repositories: ['payments/team/api', 'payments/team/worker'],
      },
      { cause: 'namespace_missing', tags: 6, repositories: ['payments/eu/api'] },
    ])
  })

  test.each([
    [{}, 500],
    [{ phase: 'failed' }, 37],
    [{ phase: 'waiting' }, 0],
    [{ cause: 'credential' }, 31],
    [{ cause: 'other' }, 0],
    [{ repository: 'payments/eu/api' }, 36],
    [{ repository: 'payments/eu/api', phase: 'failed' }, 6],
    [{ q: 'API:fault' }, 25],
  ])('its tags by %j', async (query, total) => {
    const { body } = await ask('runTagList', { ...query, offset: '0', limit: '10' })
    expect([body.total, body.tags.length]).toEqual([total, Math.min(total, 10)])
  })

  test('pages', async () => {
    const { body } = await ask('runTagList', { phase: 'failed', offset: '30', limit: '10' })
    expect(body).toMatchObject({ total: 37 })
    expect(body.tags).toHaveLength(7)
  })

  test('over and read: nobody asks SWR for it again', async () => {
    const before = await received('/tasks')
    for (const _ of [1, 2]) await ask('runShow')
    await start()
    await ask('runShow')
    expect(await received('/tasks')).toBe(before)
    expect(await received('/subtasks')).toBe(14)
  })

  const download = (query: string, who: TestMember | null = viewer) =>
    exportRun(
      new Request(`http://127.0.0.1:3000/x?${query}`, {
        headers: { host: '127.0.0.1:3000', cookie: who?.cookie ?? '' },
      }),
      { params: Promise.resolve(params()) },
    )

  test('as text: what failed and why, a line for each tag', async () => {
    const answer = await download('format=text&phase=failed')
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="run-1.txt"')
    const text = await answer.text()
    expect(text).toContain('Tags: 463 succeeded, 37 failed; in 14 repositories')
    expect(text).toContain('credential: 31 tags in payments/team/api, payments/team/worker\n    401 unauthorized')
    expect(text.match(/^payments\/.*\tFailed\t.*authentication required$/gm)).toHaveLength(31)
  })

  test('as JSON: all of it', async () => {
    const answer = await download('format=json')
    const run: { listed: unknown[]; failures: unknown[] } = await answer.json()
    expect([run.listed.length, run.failures.length]).toEqual([500, 2])
  })

  test.each([
    ['format=csv', viewer, 422],
    ['format=json&surprise=1', viewer, 422],
    ['format=json', null, 401],
  ])('%s is refused', async (query, _, status) => {
    const answer = await download(query, status === 401 ? null : viewer)
    expect(answer.status).toBe(status)
  })
})

describe('a run that moves', () => {
  beforeEach(async () => {
    await place()
    await pace(600)
    await start()
    await pace(30)
  })
  const seen = async (until: (run: ConsoleOutput<'runShow'>) => boolean) => {
    for (const since = Date.now(); Date.now() - since < 50_000; ) {
      const { body } = await ask('runShow')
      if (until(body)) return body
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error('never seen')
  }

  test('only what moves is read again', async () => {
    await pace(2)
    const run = await seen(({ repositories: { failed } }) => failed === 3)
    expect(run.execution.status).toBe('InProgress')
    expect(run.rate).toBeGreaterThan(0)
    await pace(0)
    await seen(({ execution }) => execution.status === 'Failed')
    // Each repository at least once, and again only while it moved.
    expect(await received('/subtasks')).toBeLessThan(60)
  }, 120_000)

  test('asked to stop: known from the audit log until it has stopped', async () => {
    await pace(20)
    await seen(({ tags: counts }) => counts.running > 0)
    await pace(600)
    const stop = () => console_.swr(operator, 'executionStop', { params: { instance_id: instance, execution_id: '1' } })
    expect((await stop()).status).toBe(200)
    const stopping = await seen(({ stopAsked }) => stopAsked !== null)
    expect(stopping).toMatchObject({ execution: { status: 'InProgress' } })
    expect(stopping.tags.stopped).toBeGreaterThan(450)
    await pace(0)
    const stopped = await seen(({ execution }) => execution.status === 'Stopped')
    expect(stopped.tags.running).toBe(0)
    const [entry] = await console_.entries({ instance, operation: 'executionStop' })
    expect(entry).toMatchObject({ kind: 'execution', objectId: '1', outcome: 'done' })
    expect((await stop()).status).toBe(400)
    expect((await ask('runShow')).body.stopAsked).toEqual({ ...stopping.stopAsked, by: operator.email })
  }, 120_000)
})

const execution = {
  id: 1,
  policy_id: 1,
  status: 'Hibernating',
  status_text: '',
  total: 3,
  created_at: '2026-03-04T09:00:00Z',
  updated_at: '2026-03-04T09:01:00Z',
}

test('odd rows: what can be read is shown, and that something could not be', async () => {
  await place({
    executions: [execution],
    tasks: {
      1: [
        null,
        { status: 'Failed', src_resource: 'a/lost:[1]' },
        { id: 7, status: 'Error', src_resource: 'a/b:[1,2]' },
      ],
    },
    subtasks: {
      7: [
        null,
        { id: 1, tag: '1', status: 'ERROR' },
        { id: 2, namespace: 'a', repository: 'b', tag: '2', status: 'Dreaming' },
      ],
    },
  })
  const { body: run } = await ask('runShow')
  expect(run).toMatchObject({ complete: false, execution: { status: 'Hibernating' }, tags: { failed: 1, unknown: 2 } })
  const { tasks } = (await ask('runTaskList')).body
  expect(tasks.map(({ repository, tags: counts }) => [repository, counts?.failed])).toEqual([
    ['', undefined],
    ['a/lost', undefined],
    ['a/b', 1],
  ])
  expect(run.failures).toMatchObject([{ cause: 'other', text: '', tags: 1, first: null }])
  const { body } = await ask('runTagList', { phase: 'unknown' })
  expect(body.tags).toMatchObject([{ status: '' }, { repository: 'a/b', tag: '2', status: 'Dreaming' }])
})

test('a run that is not there, or is of another policy', async () => {
  await place({ executions: [execution] })
  expect((await ask('runShow', {}, 1)).status).toBe(200)
  for (const [id, policyId] of [
    [2, 1],
    [1, 2],
  ] as const)
    expect(await ask('runShow', {}, id, policyId)).toMatchObject({ status: 404, body: { code: 'swr_not_found' } })
})

test('rows that two pages showed, because the list moved meanwhile, count once', async () => {
  const task = { id: 7, status: 'Succeed', src_resource: 'a/b:[1]' }
  const tag = { id: 1, tag: '1', status: 'Succeed' }
  await place({ executions: [execution], tasks: { 1: [task, task] }, subtasks: { 7: [tag, tag] } })
  const { body: run } = await ask('runShow')
  expect([run.repositories.succeeded, run.tags.succeeded]).toEqual([1, 1])
})

const at = (minute: number) => `2026-03-04T09:${String(minute).padStart(2, '0')}:00Z`
const over = (status: string, more: object = {}) => ({
  ...execution,
  status,
  created_at: at(0),
  updated_at: at(1),
  ...more,
})

test('a run that is over and moves again is followed, not remembered', async () => {
  const failed = { id: 5, namespace: 'a', repository: 'b', tag: '1', status: 'Failed', status_text: 'EOF' }
  const task = { id: 7, status: 'Failed', src_resource: 'a/b [1 item(s) in total]', StatusRevision: 1 }
  await place({
    executions: [over('Failed', { total: 1, failed: 1 })],
    tasks: { 1: [task] },
    subtasks: { 7: [failed] },
  })
  expect((await ask('runShow')).body).toMatchObject({ execution: { status: 'Failed' }, tags: { failed: 1 } })
  const change = async (row: object, state: string, revision: number) => {
    await console_.control('PUT', '/rows', {
      instance,
      executions: [row],
      tasks: { 1: [{ ...task, status: state, StatusRevision: revision }] },
      subtasks: { 7: [{ ...failed, status: state, status_text: '' }] },
    })
    // Nobody asks SWR about one run more often than that.
    await new Promise((resolve) => setTimeout(resolve, 2_100))
    return (await ask('runShow')).body
  }
  const moving = await change(over('InProgress', { updated_at: at(2) }), 'InProgress', 2)
  expect(moving).toMatchObject({ execution: { status: 'InProgress' }, tags: { failed: 0, running: 1 } })
  const done = await change(over('Succeed', { total: 1, succeed: 1, updated_at: at(3) }), 'Succeed', 3)
  expect(done).toMatchObject({ execution: { status: 'Succeed' }, tags: { failed: 0, succeeded: 1 }, failures: [] })
}, 60_000)

test('run 600 of 2,600 opens, and one that is nowhere is told as gone', async () => {
  const executions = Array.from({ length: 2_600 }, (_, index) => {
    const created = new Date(Date.parse(at(0)) + index * 60_000).toISOString()
    return { ...execution, id: index + 1, status: 'Succeed', total: 1, succeed: 1, created_at: created }
  })
  await place({ executions })
  expect(await ask('runShow', {}, 600)).toMatchObject({ status: 200, body: { execution: { id: 600 } } })
  expect(await ask('runShow', {}, 2_601)).toMatchObject({ status: 404, body: { code: 'swr_not_found' } })
}, 60_000)

test('a full name is taken from the task: two that look alike are told apart', async () => {
  const subtask = (id: number, repository: string) => ({
    id,
    namespace: 'test',
    repository,
    tag: 'v1',
    status: 'Failed',
    status_text: 'EOF',
  })
  await place({
    executions: [over('Failed', { total: 3, failed: 3 })],
    tasks: {
      1: [
        { id: 7, status: 'Failed', src_resource: 'test/alpine [1 item(s) in total]' },
        { id: 8, status: 'Failed', src_resource: 'test/test/alpine [1 item(s) in total]' },
        { id: 9, status: 'Failed', src_resource: 'library/tool [1 item(s) in total]' },
      ],
    },
    subtasks: {
      7: [subtask(1, 'alpine')],
      8: [subtask(2, 'test/alpine')],
      9: [{ id: 3, tag: 'v1', status: 'Failed' }],
    },
  })
  const { body } = await ask('runTagList')
  expect(body.tags.map(({ repository }) => repository).sort()).toEqual([
    'library/tool',
    'test/alpine',
    'test/test/alpine',
  ])
})

test('repositories that failed as a whole are counted as that, with the reason of the run', async () => {
  await place({
    executions: [over('Failed', { status_text: 'unexpected status 401', total: 2, failed: 2 })],
    tasks: {
      1: [7, 8].map((id) => ({ id, status: 'Failed', src_resource: `payments/r${id} [4 item(s) in total]` })),
    },
  })
  const { body: run } = await ask('runShow')
  expect(run).toMatchObject({ complete: true, whole: 2, tags: { failed: 0 } })
  expect(run.failures).toMatchObject([
    { cause: 'credential', text: 'unexpected status 401', tags: 0, whole: 2, repositoryCount: 2 },
  ])
  const { body: plan } = await ask('retryPlanShow')
  expect(plan).toMatchObject({ failed: 2, again: 2, repositories: 2, left: [] })
  expect(plan.parts).toEqual([
    { repository: 'payments/r7', whole: true, tags: [], count: 0 },
    { repository: 'payments/r8', whole: true, tags: [], count: 0 },
  ])
})

test('a deletion is named as one and never offered as a copy', async () => {
  const subtask = (id: number, tag: string) => ({ id, namespace: 'payments', repository: 'api', tag, status: 'Failed' })
  await place({
    executions: [over('Failed', { total: 2, failed: 2 })],
    tasks: {
      1: [
        { id: 7, status: 'Failed', operation: 'deletion', src_resource: 'payments/api [1 item(s) in total]' },
        { id: 8, status: 'Failed', operation: 'copy', src_resource: 'payments/api [1 item(s) in total]' },
      ],
    },
    subtasks: { 7: [subtask(1, 'old')], 8: [subtask(2, 'new')] },
  })
  const { body: run } = await ask('runShow')
  expect(run).toMatchObject({ deletions: 1, tags: { failed: 2 } })
  expect(run.failures.map(({ act, tags: count }) => [act, count]).sort()).toEqual([
    ['copy', 1],
    ['deletion', 1],
  ])
  const { body: plan } = await ask('retryPlanShow')
  expect(plan).toMatchObject({
    failed: 2,
    again: 1,
    parts: [{ repository: 'payments/api', tags: ['new'] }],
    left: [{ reason: 'deletion', count: 1, examples: ['payments/api:old'] }],
  })
})

test('what a later run of the policy copied did not fail any more', async () => {
  const subtask = (id: number, tag: string, status: string) => ({
    id,
    namespace: 'payments',
    repository: 'api',
    tag,
    status,
  })
  const task = { status: 'Failed', src_resource: 'payments/api [2 item(s) in total]' }
  await place({
    executions: [
      over('Failed', { total: 1, failed: 1 }),
      { ...over('Succeed', { total: 1, succeed: 1, created_at: at(30), updated_at: at(31) }), id: 2 },
    ],
    tasks: { 1: [{ ...task, id: 7 }], 2: [{ ...task, id: 8, status: 'Succeed' }] },
    subtasks: {
      7: [subtask(1, 'v1', 'Failed'), subtask(2, 'v2', 'Failed')],
      8: [subtask(3, 'v1', 'Succeed')],
    },
  })
  const { body: plan } = await ask('retryPlanShow')
  expect(plan).toMatchObject({ failed: 2, copied: 1, again: 1, parts: [{ tags: ['v2'] }] })
  expect(plan.copies).toMatchObject([{ repository: 'payments/api', tag: 'v1', execution: 2 }])
})

test('rows win over counters that cannot be true', async () => {
  await place({
    executions: [over('Failed', { total: 0, succeed: -3, failed: 9 })],
    tasks: { 1: [{ id: 7, status: 'Succeed', src_resource: 'payments/api [1 item(s) in total]' }] },
    subtasks: { 7: [{ id: 1, tag: 'v1', status: 'Succeed' }] },
  })
  expect((await ask('runShow')).body.repositories).toMatchObject({ succeeded: 1, failed: 0 })
})

test('a run that has not moved for days hangs, measured by what is usual', async () => {
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()
  const since = ago(215)
  await place({
    executions: [
      { ...execution, status: 'InProgress', created_at: ago(216), updated_at: since },
      { ...execution, id: 2, status: 'Succeed', total: 1, created_at: ago(240), updated_at: ago(239) },
    ],
  })
  const { body: run } = await ask('runShow')
  expect(run).toMatchObject({ hangs: since, usual: 3_600, left: null })
})

test('of 12,000 repositories the one that failed is found first, and no answer carries them all', async () => {
  const many = Array.from({ length: 12_000 }, (_, index) => ({
    id: index + 1,
    status: index === 11_999 ? 'Failed' : 'Succeed',
    src_resource: `payments/r${index} [1 item(s) in total]`,
    dst_resource: `payments/r${index} [1 item(s) in total]`,
  }))
  await place({
    executions: [over('Failed', { total: 12_000, succeed: 11_999, failed: 1 })],
    tasks: { 1: many },
    subtasks: { 12000: [{ id: 1, tag: 'v1', status: 'Failed', status_text: 'EOF' }] },
  })
  const answer = await console_.own(viewer, 'runShow', { params: params() })
  const text = await answer.text()
  expect(text.length).toBeLessThan(5_000)
  const run: ConsoleOutput<'runShow'> = JSON.parse(text)
  expect(run).toMatchObject({ refreshing: true, cut: null, repositories: { succeeded: 11_999, failed: 1 } })
  expect(run.failures).toMatchObject([{ cause: 'network', tags: 1, repositories: ['payments/r11999'] }])
  const { body } = await ask('runTaskList', { phase: 'failed' })
  expect(body.tasks.map(({ repository }) => repository)).toEqual(['payments/r11999'])
}, 120_000)
