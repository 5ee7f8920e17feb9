import { createServer } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { callConsole } from '../../api/console'
import type { ConsoleOutput } from '../../contract/console/schemas'
import { config } from '../../env/config'
import type { TestMember } from '../../testing/console'
import { type SandboxedConsole, startOnSandbox } from '../../testing/sandbox'
import { waitUntil } from '../../testing/wait-until'

let console_: SandboxedConsole
let viewer: TestMember
let admin: TestMember

beforeAll(async () => {
  console_ = await startOnSandbox()
  viewer = await console_.member('viewer')
  admin = await console_.member('admin')
})
afterAll(() => console_.close())
beforeEach(() => {
  Reflect.deleteProperty(globalThis, Symbol.for('console.kept'))
})

const minute = 60_000
const ago = (minutes: number) => new Date(Date.now() - minutes * minute).toISOString()
const policy = (id: number, name: string, more: object = {}) => ({
  id,
  name,
  src_registry: { id: 0 },
  dest_registry: { id: 3 },
  filters: [{ type: 'name', value: 'library/**' }],
  repo_scope_mode: 'regular',
  trigger: { type: 'manual' },
  enabled: true,
  created_at: ago(10_000 - id),
  updated_at: ago(9_000 - id),
  ...more,
})
const run = (id: number, policy_id: number, minutes: number, more: object = {}) => ({
  id,
  policy_id,
  status: 'Succeed',
  total: 4,
  succeed: 4,
  failed: 0,
  trigger: 'scheduled',
  created_at: ago(minutes),
  updated_at: ago(minutes - 1),
  ...more,
})
const hourly = { trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 * * * *' } } }

const instance = (content: object) => console_.instance({ registries: [{ id: 3, name: 'harbor' }], ...content })

const paramsOf = (instance_id: string) => ({ connection: 'default', instance_id })
async function list(instance_id: string, query: object = {}): Promise<ConsoleOutput<'replicationIndex'>> {
  const answer = await console_.own(viewer, 'replicationIndex', { params: paramsOf(instance_id), query })
  expect(answer.status).toBe(200)
  return answer.json()
}
const results = ({ rows }: ConsoleOutput<'replicationIndex'>) =>
  Object.fromEntries(rows.map(({ policy: { name }, result }) => [name, result]))
const names = ({ rows }: ConsoleOutput<'replicationIndex'>) => rows.map(({ policy: { name } }) => name)

describe('the index of policies', () => {
  test('takes the newest run, in whatever order SWR lists them', async () => {
    const place = await instance({
      policies: [policy(1, 'a'), policy(2, 'b')],
      executions: [run(7, 1, 50), run(8, 1, 10, { status: 'Failed', succeed: 0, failed: 4 }), run(9, 1, 90)],
    })
    const index = await list(place)
    expect(results(index)).toEqual({ a: 'failed', b: 'never' })
    expect(index.rows.find(({ policy: { id } }) => id === 1)?.last?.id).toBe(8)
    expect(index).toMatchObject({ complete: true, total: 2, all: 2 })
  })

  test('is shared: a second look asks SWR nothing, a write of ours does', async () => {
    const place = await instance({ policies: [policy(1, 'a')] })
    await Promise.all([list(place), list(place, { q: 'x' })])
    await list(place, { sort: 'last' })
    expect(await console_.received(place)).toHaveLength(2)
    await console_.swr(admin, 'executionStart', { params: { instance_id: place }, body: { policy_id: 1 } })
    expect(results(await list(place)).a).not.toBe('never')
  })

  test('a page shows at once what is up to 15 minutes old, says so, and has it read again behind', async () => {
    const place = await instance({ policies: [policy(1, 'a')] })
    const page = () => {
      const actor = { id: viewer.id, email: viewer.email, name: '', role: 'viewer' } as const
      return callConsole(actor, 'replicationIndex', { params: paramsOf(place), query: {} }, { forPage: true })
    }
    const first = await page()
    const start = Date.parse(first.at)
    vi.useFakeTimers({ toFake: ['Date'], now: start + 14 * minute })
    try {
      expect(await page()).toMatchObject({ at: first.at, refreshing: true, complete: true, total: 1 })
      await waitUntil(async () => expect(await page()).toMatchObject({ refreshing: false, total: 1 }))
      expect(Date.parse((await page()).at)).toBeGreaterThanOrEqual(start + 14 * minute)
      expect(await console_.received(place)).toHaveLength(4)
      // What is asked for later is not as patient.
      vi.setSystemTime(start + 20 * minute)
      expect(Date.parse((await list(place)).at)).toBeGreaterThanOrEqual(start + 20 * minute)
      // Nor is a page, half an hour later.
      vi.setSystemTime(start + 50 * minute)
      expect(Date.parse((await page()).at)).toBeGreaterThanOrEqual(start + 50 * minute)
    } finally {
      vi.useRealTimers()
    }
  })

  test('narrows, orders and pages over the whole set', async () => {
    const place = await instance({
      policies: [
        policy(1, 'nightly-10', hourly),
        policy(2, 'nightly-9', { enabled: false }),
        policy(3, 'Other', { src_registry: { id: 4 }, dest_registry: { id: 0 }, trigger: { type: 'event_based' } }),
      ],
      executions: [run(1, 2, 5)],
      deadSchedules: [1],
    })
    expect(names(await list(place, { sort: 'name', order: 'asc' }))).toEqual(['nightly-9', 'nightly-10', 'Other'])
    expect(names(await list(place, { sort: 'last', order: 'asc' }))[0]).toBe('nightly-9')
    expect(names(await list(place, { sort: 'last', order: 'desc' }))[0]).toBe('nightly-9')
    expect(names(await list(place, { sort: 'next' }))[0]).toBe('nightly-10')
    expect(names(await list(place, { q: 'NIGHT', enabled: false }))).toEqual(['nightly-9'])
    expect(names(await list(place, { direction: 'pull' }))).toEqual(['Other'])
    expect(names(await list(place, { registry: 4 }))).toEqual(['Other'])
    expect(names(await list(place, { trigger: 'scheduled' }))).toEqual(['nightly-10'])
    expect(names(await list(place, { last: 'succeeded' }))).toEqual(['nightly-9'])
    expect(await list(place, { offset: 2, limit: 1 })).toMatchObject({
      rows: [{ policy: { id: 1 } }],
      total: 3,
      all: 3,
    })
  })

  test('says what is late, and accuses nobody of what it cannot know', async () => {
    const changed = { ...hourly, updated_at: ago(5 * 1_440) }
    const place = await instance({
      policies: [
        policy(1, 'on-time', changed),
        policy(2, 'late', changed),
        policy(3, 'by-hand-only', changed),
        policy(4, 'changed-lately', { ...hourly, updated_at: ago(3) }),
        policy(5, 'no-time-of-change', { ...hourly, updated_at: null }),
        policy(6, 'late-and-failed', changed),
        policy(7, 'still-running', changed),
        policy(8, 'hanging', changed),
      ],
      executions: [
        ...Array.from({ length: 30 }, (_, index) => ({
          at: new Date().setUTCMinutes(0, 5, 0) - index * 60 * minute,
        })).map(({ at }, index) => run(100 + index, 1, (Date.now() - at) / minute)),
        run(1, 2, 300),
        run(2, 3, 300, { trigger: 'manual' }),
        run(3, 6, 300, { status: 'Failed', succeed: 0, failed: 4 }),
        run(4, 7, 170, { status: 'InProgress', succeed: 1 }),
        run(5, 8, 3_000),
        run(6, 8, 2_000, { status: 'InProgress', succeed: 1 }),
      ],
      deadSchedules: [1, 2, 3, 4, 5, 6, 7, 8],
    })
    const index = await list(place)
    expect(results(index)).toEqual({
      'on-time': 'succeeded',
      late: 'late',
      'by-hand-only': 'late',
      'changed-lately': 'never',
      'no-time-of-change': 'never',
      'late-and-failed': 'failed',
      'still-running': 'running',
      hanging: 'hanging',
    })
    const missed = Object.fromEntries(index.rows.map((row) => [row.policy.name, row.missed?.count ?? 0]))
    expect(missed.late).toBeGreaterThanOrEqual(3)
    // Whatever a run does that hangs, it keeps no schedule.
    expect(missed.hanging).toBeGreaterThanOrEqual(30)
    expect(names(await list(place, { last: 'hanging' }))).toEqual(['hanging'])
    expect([missed['on-time'], missed['changed-lately'], missed['still-running']]).toEqual([0, 0, 0])
    expect(names(await list(place, { last: 'late', sort: 'name', order: 'asc' }))).toEqual([
      'by-hand-only',
      'hanging',
      'late',
      'late-and-failed',
    ])
  })

  test('asks about a policy by itself where the bounded list leaves it out, once', async () => {
    const place = await instance({
      policies: [policy(1, 'busy'), policy(2, 'rare'), policy(3, 'never')],
      executions: [
        run(1, 2, 90_000, { status: 'Stopped' }),
        ...Array.from({ length: 1_050 }, (_, index) => run(10 + index, 1, 2_000 - index)),
      ],
    })
    const index = await list(place)
    expect(results(index)).toEqual({ busy: 'succeeded', rare: 'stopped', never: 'never' })
    expect(index.complete).toBe(true)
    const single = async () =>
      (await console_.received(place)).filter(({ query }) => query.policy_id !== undefined).length
    expect(await single()).toBe(2)
    // The next look has nothing new to ask about them.
    await console_.swr(admin, 'executionStart', { params: { instance_id: place }, body: { policy_id: 1 } })
    await list(place)
    expect(await single()).toBe(2)
  })

  test('one odd row takes nothing down', async () => {
    const odd = [
      null,
      'text',
      {},
      { id: 9, trigger: 'x', filters: 3, enabled: 'yes', updated_at: 5, dest_registry: [] },
    ]
    const place = await instance({
      policies: [
        policy(1, 'whole'),
        ...odd,
        policy(2, 'odd-cron', { trigger: { type: 'scheduled', trigger_settings: { cron: '? ? ?' } } }),
      ],
      executions: [null, 'x', { id: 1 }, { policy_id: 1 }, run(3, 1, 10, { created_at: 'long ago', status: 7 })],
    })
    const index = await list(place)
    expect(index.rows).toHaveLength(6)
    expect(index.rows.find(({ policy: { name } }) => name === 'odd-cron')).toMatchObject({ next: null, missed: null })
    expect(results(index).whole).toBe('unknown')
  })

  test('what could not be read again is named, with SWR’s words, while the old list is shown', async () => {
    const place = await instance({ policies: [policy(1, 'nightly')] })
    expect((await list(place)).failed).toEqual({ policies: null, runs: null })
    const broken = createServer((_, response) =>
      response.writeHead(500).end(JSON.stringify({ error_code: 'SWR.500001', error_msg: 'the database is away' })),
    )
    await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve))
    const address = broken.address()
    const [connection] = config().connections
    if (!connection) throw new Error('no connection')
    const { endpoint } = connection
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 20_000 })
    try {
      Reflect.set(connection, 'endpoint', `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
      await list(place)
      await waitUntil(async () => {
        const shown = await list(place)
        expect(names(shown)).toEqual(['nightly'])
        expect(shown.complete).toBe(false)
        const words = { code: 'swr_failed', swr: { code: 'SWR.500001', message: 'the database is away' } }
        expect(shown.failed).toMatchObject({ policies: words, runs: words })
      })
    } finally {
      vi.useRealTimers()
      Reflect.set(connection, 'endpoint', endpoint)
      broken.close()
    }
  })

  test('without an instance there is no list', async () => {
    const answer = await console_.own(viewer, 'replicationIndex', { params: paramsOf('not-there') })
    expect([answer.status, (await answer.json()).code]).toEqual([404, 'swr_not_found'])
  })
})

test('the week holds what is scheduled, replication and retention, with the usual duration', async () => {
  const place = await instance({
    policies: [policy(1, 'hourly', hourly), policy(2, 'by-hand'), policy(3, 'off', { ...hourly, enabled: false })],
    retentions: [
      { id: 5, name: 'keep', namespace_name: 'library', enabled: true, rules: [], ...hourly },
      { id: 6, name: 'keep-by-hand', namespace_name: 'payments', rules: [], trigger: { type: 'manual' } },
    ],
    executions: [
      run(1, 1, 50, { updated_at: ago(40) }),
      run(2, 1, 80, { updated_at: ago(78) }),
      run(3, 1, 110, { updated_at: ago(107) }),
      run(4, 1, 5, { status: 'InProgress' }),
    ],
    // How long a run takes is told by these alone.
    deadSchedules: [1],
  })
  const scheduled = async (query: object): Promise<ConsoleOutput<'weekScheduleList'>> =>
    (await console_.own(viewer, 'weekScheduleList', { params: paramsOf(place), query })).json()
  const { schedules, complete, total } = await scheduled({})
  expect([complete, total]).toEqual([true, 3])
  const found = async (query: object) => (await scheduled(query)).schedules.map(({ name }) => name)
  expect(await found({ q: 'KE' })).toEqual(['keep'])
  expect(await found({ registry: 3 })).toEqual(['hourly', 'off'])
  expect(await found({ policy: 1 })).toEqual(['hourly'])
  expect(await scheduled({ offset: 1, limit: 1 })).toMatchObject({ schedules: [{ name: 'keep' }], total: 3, all: 3 })
  expect(schedules.map(({ name, kind, namespace, enabled, usual }) => [name, kind, namespace, enabled, usual])).toEqual(
    [
      ['hourly', 'replication', null, true, 180],
      ['keep', 'retention', 'library', true, null],
      ['off', 'replication', null, false, null],
    ],
  )
})

test('where registries are used, and how it went there', async () => {
  const place = await instance({
    policies: [
      policy(1, 'push'),
      policy(2, 'pull', { src_registry: { id: 3 }, dest_registry: { id: 0 }, enabled: false }),
      policy(3, 'elsewhere', { dest_registry: { id: 4 } }),
      policy(4, 'nowhere', { dest_registry: null }),
    ],
    executions: [run(1, 1, 30), run(2, 2, 20, { status: 'Failed', succeed: 0, failed: 4 }), run(3, 1, 60)],
  })
  const answer = await console_.own(viewer, 'registryUseList', { params: paramsOf(place) })
  const { registries }: ConsoleOutput<'registryUseList'> = await answer.json()
  expect(registries.map(({ id, policies }) => [id, policies])).toEqual([
    [3, 2],
    [4, 1],
  ])
  const [third] = registries
  expect(Date.parse(third?.lastBad ?? '') - Date.parse(third?.lastGood ?? '')).toBeGreaterThan(9 * minute)
  expect(registries[1]).toMatchObject({ lastGood: null, lastBad: null })
})
