import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type Answered, askPublic, disagreements, provisioned, startPublicApi } from '../../testing/public-api'
import type { SandboxedConsole } from '../../testing/sandbox'
import { SyncStandIn } from '../../testing/sync-stand-in'

const token = provisioned('operator')
const targets = [
  { region: 'eu-west-101', organization: 'payments' },
  { region: 'ap-southeast-1', organization: 'pay' },
]
const images = [{ reference: 'payments/team/api:v1' }, { repository: 'payments/web', tags: ['v1', 'v2'] }]
const root = '/connections/default'

let console_: SandboxedConsole
let sync: SyncStandIn
beforeAll(async () => {
  console_ = await startPublicApi()
})
beforeEach(() => {
  vi.restoreAllMocks()
  sync = new SyncStandIn()
})
afterAll(() => console_.close())

const post = (path: string, body?: unknown) => askPublic(token, 'POST', `${root}${path}`, { body })
const start = (more: object = {}) => post('/sync-jobs', { images, targets, ...more })
const show = (query = '', id = '7') => askPublic(token, 'GET', `${root}/sync-jobs/${id}${query}`)
const problem = ({ status, json }: Answered) => `${status} ${json.code}`

test('a plan is told cell by cell', async () => {
  sync.plans = (repository, _, region) =>
    repository === 'payments/web' ? 'source_missing' : region.startsWith('eu') ? 'same' : 'different'
  const answer = await post('/sync-plans', { images, targets })
  expect(disagreements('syncPlanShow', answer)).toBeNull()
  const api = { repository: 'payments/team/api', tag: 'v1', digest: 'sha256:v1', size: 100 }
  const missing = { repository: 'payments/web', plan: 'source_missing' }
  expect(answer.json).toEqual({
    cells: [
      { ...api, ...targets[0], plan: 'same' },
      { ...api, ...targets[1], plan: 'different' },
      ...['v1', 'v2'].flatMap((tag) => targets.map((target) => ({ ...missing, tag, ...target }))),
    ],
    checks: targets.map((target) => ({ ...target, code: 'quota', state: 'ok', at: expect.any(String) })),
  })
  expect(sync.asked.get('syncPlanShow')).toMatchObject({
    images: [
      { repository: 'payments/team/api', tags: ['v1'] },
      { repository: 'payments/web', tags: ['v1', 'v2'] },
    ],
    targets,
  })
})

test('an image that is named twice is one', async () => {
  const twice = [{ reference: 'a/b:v2' }, { repository: 'a/b', tags: ['v1', 'v2'] }, { reference: 'a/b:v2' }]
  await post('/sync-plans', { images: twice, targets })
  expect(sync.asked.get('syncPlanShow')).toMatchObject({ images: [{ repository: 'a/b', tags: ['v2', 'v1'] }] })
})

test.each([
  ['a/b', 'images.1.reference', 'invalid_reference'],
  ['b:v1', 'images.1.reference', 'invalid_reference'],
  ['a/b@sha256:0123', 'images.1.reference', 'invalid_reference'],
  ['a/b:v1 ', 'images.1.reference', 'invalid_reference'],
  ['a/b:.v1', 'images.1.reference', 'invalid_reference'],
  ['host:5000/a/b:v1', 'images.1.reference', 'invalid_reference'],
  [`a/b:${'v'.repeat(129)}`, 'images.1.reference', 'invalid_reference'],
])('the reference %j refuses the whole request, with its place', async (reference, path, code) => {
  for (const way of ['/sync-plans', '/sync-jobs']) {
    const answer = await post(way, { images: [{ reference: 'a/b:v1' }, { reference }], targets })
    expect(problem(answer)).toBe('422 invalid_request')
    expect(answer.json.errors).toEqual([{ path: `body.${path}`, code }])
  }
  expect(sync.asked.size).toBe(0)
})

test.each([
  ['no target', { images, targets: [] }],
  ['no image', { images: [], targets }],
  ['both ways at once', { images: [{ reference: 'a/b:v1', repository: 'a/b', tags: ['v1'] }], targets }],
  ['a misspelt name', { images, targets, overwrite: true }],
])('%s is refused', async (_, body) => {
  expect(problem(await post('/sync-jobs', body))).toBe('422 invalid_request')
  expect(sync.asked.size).toBe(0)
})

test.each([
  [{}, ['send', 'leave', 'leave', 'send', 'leave']],
  [{ override: true }, ['overwrite', 'leave', 'overwrite', 'overwrite', 'leave']],
  [{ sendSame: true }, ['send', 'send', 'leave', 'send', 'leave']],
  [{ override: true, sendSame: true }, ['overwrite', 'overwrite', 'overwrite', 'overwrite', 'leave']],
])('what is sent with %j', async (more, modes) => {
  const plans = ['new', 'same', 'different', 'not_visible', 'blocked'] as const
  sync.plans = (_, tag) => plans[Number(tag)] ?? 'new'
  const body = {
    images: [{ repository: 'a/b', tags: ['0', '1', '2', '3', '4'] }],
    targets: targets.slice(0, 1),
    ...more,
  }
  const answer = await post('/sync-jobs', body)
  expect(disagreements('syncJobStart', answer)).toBeNull()
  const asked = sync.asked.get('syncJobStart') as { rows: { send: string[] }[] }
  expect(asked.rows.map(({ send }) => send[0])).toEqual(modes)
  const left = plans.filter((_, index) => modes[index] === 'leave')
  expect((answer.json.left as { plan: string }[]).map(({ plan }) => plan)).toEqual(left)
})

test('a job is refused as a whole only where nothing could be sent', async () => {
  sync.plans = (repository) => (repository === 'payments/web' ? 'same' : 'blocked')
  expect((await start()).status).toBe(201)
  sync.plans = () => 'source_missing'
  const refused = await start()
  expect(problem(refused)).toBe('409 sync_nothing')
  expect(disagreements('syncJobStart', refused)).toBeNull()
})

test('a job is started, followed and read', async () => {
  sync.looks = 3
  sync.ends = ({ tag }) => (tag === 'v2' ? 'failed' : 'verified')
  const started = await start()
  expect(started.json).toEqual({
    id: '7',
    url: 'http://127.0.0.1:3000/api/v1/connections/default/sync-jobs/7',
    left: [],
  })
  expect(started.headers.get('location')).toBe(started.json.url)
  const ended = await show('?wait=30')
  expect(disagreements('syncJobShow', ended)).toBeNull()
  expect(ended.json).toMatchObject({ id: '7', state: 'done', counts: { verified: 4, failed: 2 }, targets })
  expect(ended.json.by).toBe('ci-operator (CONSOLE_TOKENS_FILE)')
  expect(ended.json.cells).toBeUndefined()
  const all = await show('?cells=all')
  expect(disagreements('syncJobShow', all)).toBeNull()
  const cells = all.json.cells as object[]
  expect(cells).toHaveLength(6)
  expect(cells[5]).toEqual({
    index: 5,
    repository: 'payments/web',
    tag: 'v2',
    ...targets[1],
    state: 'failed',
    digest: 'sha256:v2',
    swr: { status: 403, message: 'denied' },
    attempts: 1,
    at: expect.any(String),
  })
})

test('cells are sent again by state, by index, or by what they are', async () => {
  await start()
  const named = { repository: 'payments/web', tag: 'v2', ...targets[0] }
  for (const [body, asked] of [
    [{ states: ['failed', 'missing'] }, { states: ['failed', 'missing'] }],
    [{ cells: [0, 3] }, { cells: [0, 3] }],
    [{ cells: [named, 1] }, { cells: [4, 1] }],
  ]) {
    const answer = await post('/sync-jobs/7/retry', body)
    expect(disagreements('syncJobRetry', answer)).toBeNull()
    expect(sync.asked.get('syncJobRetry')).toEqual(asked)
  }
  const refused = await post('/sync-jobs/7/retry', { cells: [named, { ...named, tag: 'v3' }] })
  expect(refused.json.errors).toEqual([{ path: 'body.cells.1', code: 'not_in_job' }])
})

test('a job is paused, resumed and canceled, and its list is paged', async () => {
  await start()
  for (const [act, name, state] of [
    ['pause', 'syncJobPause', 'paused'],
    ['resume', 'syncJobResume', 'running'],
    ['cancel', 'syncJobCancel', 'canceled'],
  ] as const)
    for (const body of [undefined, {}]) {
      const answer = await post(`/sync-jobs/7/${act}`, body)
      expect(disagreements(name, answer)).toBeNull()
      expect([answer.status, answer.json.state]).toEqual([202, state])
    }
  expect(problem(await post('/sync-jobs/7/pause', { now: true }))).toBe('422 invalid_request')
  const list = await askPublic(token, 'GET', `${root}/sync-jobs?limit=200&state=canceled`)
  expect(disagreements('syncJobList', list)).toBeNull()
  expect(sync.asked.get('syncJobList')).toEqual({ offset: 0, limit: 200, state: 'canceled' })
  expect(problem(await show('', '8'))).toBe('404 not_in_contract')
})
