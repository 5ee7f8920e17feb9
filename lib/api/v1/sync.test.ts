import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Answered, askPublic, disagreements, provisioned } from '../../testing/public-api'
import { digest, europe, hongkong, PublicSync, unseen } from '../../testing/public-sync'
import { waitUntil } from '../../testing/wait-until'

// Each waits until tags have arrived at the pace at which the console looks.
vi.setConfig({ testTimeout: 60_000 })

let sync: PublicSync
beforeAll(async () => {
  sync = await PublicSync.start()
})
afterAll(() => sync.close())

const problem = ({ status, json }: Answered) => `${status} ${json.code}`
const asked = async () => (await sync.console_.received()).length

/** An organization whose tags are each in another state at its twin in Europe. */
async function mixed() {
  const tags = ['new', 'same', 'different']
  const source = await sync.twins(
    [{ name: 'api', tags: tags.map((name) => ({ name, digest: digest('a') })) }],
    [
      {
        name: 'api',
        tags: [
          { name: 'same', digest: digest('a') },
          { name: 'different', digest: digest('f') },
        ],
      },
    ],
  )
  const images = [{ repository: `${source}/api`, tags: [...tags, 'gone'] }]
  return { source, images, targets: [{ region: europe, organization: source }] }
}

test('a plan is told cell by cell', async () => {
  const { source, images, targets } = await mixed()
  const answer = await sync.post('/sync-plans', {
    images,
    targets: [
      ...targets,
      { region: hongkong, organization: `${source}-none` },
      { region: unseen, organization: source },
      { region: 'cn-north-4', organization: source },
    ],
  })
  expect(disagreements('syncPlanShow', answer)).toBeNull()
  const cells = answer.json.cells as { tag: string; plan: string }[]
  const plansOf = (wanted: string) => cells.flatMap(({ tag, plan }) => (tag === wanted ? plan : []))
  const elsewhere = ['organization_missing', 'not_visible', 'same_region']
  expect(plansOf('new')).toEqual(['new', ...elsewhere])
  expect(plansOf('same')).toEqual(['same', ...elsewhere])
  expect(plansOf('different')).toEqual(['different', ...elsewhere])
  expect(plansOf('gone')).toEqual(Array(4).fill('source_missing'))
  const place = { repository: `${source}/api`, ...targets[0] }
  expect(cells[0]).toEqual({ ...place, tag: 'new', plan: 'new', digest: digest('a'), size: expect.any(Number) })
  // Nothing is known of what is not there.
  expect(cells[12]).toEqual({ ...place, tag: 'gone', plan: 'source_missing' })
  expect(answer.json.checks).toContainEqual({
    ...targets[0],
    code: 'organization',
    state: 'ok',
    at: expect.any(String),
  })
})

test('an image that is named twice is one', async () => {
  const source = await sync.twins([{ name: 'api', tags: ['v1', 'v2'] }])
  const repository = `${source}/api`
  const images = [{ reference: `${repository}:v2` }, { repository, tags: ['v1', 'v2'] }]
  const { json } = await sync.post('/sync-plans', { images, targets: [{ region: europe, organization: source }] })
  expect((json.cells as { tag: string }[]).map(({ tag }) => tag)).toEqual(['v2', 'v1'])
})

const anywhere = [{ region: europe, organization: 'payments' }]

test.each([
  ['a/b'],
  ['b:v1'],
  ['a/b@sha256:0123'],
  ['a/b:v1 '],
  ['a/b:.v1'],
  ['host:5000/a/b:v1'],
  [`a/b:${'v'.repeat(129)}`],
])('the reference %j refuses the whole request, with its place', async (reference) => {
  const before = await asked()
  for (const way of ['/sync-plans', '/sync-jobs']) {
    const answer = await sync.post(way, { images: [{ reference: 'a/b:v1' }, { reference }], targets: anywhere })
    expect(problem(answer)).toBe('422 invalid_request')
    expect(answer.json.errors).toEqual([{ path: 'body.images.1.reference', code: 'invalid_reference' }])
  }
  expect(await asked()).toBe(before)
})

const image = [{ reference: 'a/b:v1' }]
test.each([
  ['no target', { images: image, targets: [] }],
  ['no image', { images: [], targets: anywhere }],
  ['both ways at once', { images: [{ reference: 'a/b:v1', repository: 'a/b', tags: ['v1'] }], targets: anywhere }],
  ['a misspelt name', { images: image, targets: anywhere, overwrite: true }],
])('%s is refused', async (_, body) => {
  const before = await asked()
  expect(problem(await sync.post('/sync-jobs', body))).toBe('422 invalid_request')
  expect(await asked()).toBe(before)
})

test.each([
  [{}, ['verified', 'skipped', 'failed other_digest'], ['new']],
  [{ override: true }, ['verified', 'skipped', 'verified'], ['new', 'different']],
  [{ sendSame: true }, ['verified', 'verified', 'failed other_digest'], ['new', 'same']],
  [{ override: true, sendSame: true }, ['verified', 'verified', 'verified'], ['new', 'same', 'different']],
])('what becomes of each with %j: what is not sent is never green', async (more, states, tags) => {
  const { source, images, targets } = await mixed()
  const started = await sync.post('/sync-jobs', { images, targets, ...more })
  expect(disagreements('syncJobStart', started)).toBeNull()
  const { cells } = await sync.ended(started.json.id)
  const told = cells.map(({ state, reason }) => (reason === undefined ? state : `${state} ${reason}`))
  expect(told).toEqual([...states, 'failed source_missing'])
  expect(await sync.console_.sentTags(source)).toHaveLength(tags.length)
  const calls = await sync.console_.syncCalls(source)
  expect(calls.flatMap(({ body }) => (body as { imageTag: string[] }).imageTag).toSorted()).toEqual(tags.toSorted())
})

test('a target that cannot be sent to has failed, beside one that can', async () => {
  const source = await sync.twins([{ name: 'api', tags: ['v1'] }])
  const targets = [
    { region: europe, organization: source },
    { region: hongkong, organization: `${source}-none` },
    { region: 'cn-north-4', organization: source },
  ]
  const { json } = await sync.post('/sync-jobs', { images: [{ reference: `${source}/api:v1` }], targets })
  const { job, cells } = await sync.ended(json.id)
  expect(job).toMatchObject({ state: 'done', counts: { verified: 1, failed: 2, skipped: 0 } })
  expect(cells.map(({ reason }) => reason)).toEqual([undefined, 'organization_missing', 'same_region'])
})

test('a job is refused as a whole only where nothing could be sent', async () => {
  const { images, targets } = await mixed()
  const [{ repository = '' } = {}] = images
  for (const tag of ['gone', 'different']) {
    const refused = await sync.post('/sync-jobs', { images: [{ repository, tags: [tag] }], targets })
    expect(problem(refused)).toBe('409 sync_nothing')
    expect(disagreements('syncJobStart', refused)).toBeNull()
  }
})

test('where everything is there with the same digest the job has ended at once, and nothing is sent', async () => {
  const { source, targets } = await mixed()
  const started = await sync.post('/sync-jobs', { images: [{ reference: `${source}/api:same` }], targets })
  expect(disagreements('syncJobStart', started)).toBeNull()
  const begun = performance.now()
  const { json } = await sync.show(started.json.id, '?wait=30')
  expect(performance.now() - begun).toBeLessThan(20_000)
  expect(json).toMatchObject({ state: 'done', endedAt: expect.any(String), counts: { skipped: 1, failed: 0 } })
  expect(await sync.console_.syncCalls(source)).toEqual([])
})

test('what has just been pushed is sent, whatever was seen before', async () => {
  const source = await sync.twins([{ name: 'api', tags: [{ name: 'v1', digest: digest('a') }] }])
  const request = {
    images: [{ reference: `${source}/api:v1` }],
    targets: [{ region: europe, organization: source }],
  }
  const digestOf = async () => {
    const { json } = await sync.post('/sync-plans', request)
    return (json.cells as { digest: string }[]).map((cell) => cell.digest)
  }
  const push = (letter: string) =>
    sync.console_.control('POST', '/push', {
      organization: source,
      repositories: [{ name: 'api', tags: [{ name: 'v1', digest: digest(letter) }] }],
    })
  expect(await digestOf()).toEqual([digest('a')])
  await push('b')
  expect(await digestOf()).toEqual([digest('b')])
  await push('c')
  const { json } = await sync.post('/sync-jobs', request)
  expect((await sync.ended(json.id)).cells).toMatchObject([{ state: 'verified', digest: digest('c') }])
})

test('a job is started, followed and read', async () => {
  const source = await sync.organization([{ name: 'api', tags: [{ name: 'v1', digest: digest('a') }, 'v2'] }])
  const targets = [
    { region: unseen, organization: source },
    { region: unseen, organization: 'fault-409' },
  ]
  await sync.organization([], { region: unseen }, source)
  const started = await sync.post('/sync-jobs', {
    images: [{ repository: `${source}/api`, tags: ['v1', 'v2'] }],
    targets,
  })
  const { id } = started.json
  const url = `http://127.0.0.1:3000/api/v1/connections/default/sync-jobs/${id}`
  expect(started.json).toEqual({ id: expect.any(String), url })
  expect(started.headers.get('location')).toBe(url)
  const ended = await sync.show(id, '?wait=30')
  expect(disagreements('syncJobShow', ended)).toBeNull()
  expect(ended.json).toMatchObject({ id, state: 'done', counts: { unverifiable: 2, failed: 2 }, targets })
  expect(ended.json.by).toBe('ci-operator (CONSOLE_TOKENS_FILE)')
  expect(ended.json.cells).toBeUndefined()
  const all = await sync.show(id, '?cells=all')
  expect(disagreements('syncJobShow', all)).toBeNull()
  const cells = all.json.cells as object[]
  expect(cells).toHaveLength(4)
  expect(cells[1]).toEqual({
    index: 1,
    repository: `${source}/api`,
    tag: 'v1',
    ...targets[1],
    state: 'failed',
    digest: digest('a'),
    reason: expect.any(String),
    swr: expect.objectContaining({ status: 409, code: expect.stringMatching(/^SVCSTG/) }),
    attempts: 1,
    at: expect.any(String),
  })
})

test('a change is answered as soon as it is there', async () => {
  const source = await sync.twins([{ name: 'api', tags: ['v1'] }])
  await sync.console_.control('PUT', '/mood', { organization: source, mood: 'as-recorded', lateSeconds: 2 })
  const { json } = await sync.post('/sync-jobs', {
    images: [{ reference: `${source}/api:v1` }],
    targets: [{ region: europe, organization: source }],
  })
  let version = Number((await sync.show(json.id)).json.version)
  let state: unknown = 'running'
  const begun = performance.now()
  let answers = 0
  while (state === 'running') {
    const { json: job } = await sync.show(json.id, `?wait=30&since=${version}`)
    expect(Number(job.version)).toBeGreaterThanOrEqual(version)
    version = Number(job.version)
    state = job.state
    answers += 1
  }
  expect(state).toBe('done')
  // Far less than it would have waited, and never in circles.
  expect(performance.now() - begun).toBeLessThan(25_000)
  expect(answers).toBeLessThan(10)
})

test('cells are sent again by state, by index, or by what they are', async () => {
  const source = await sync.organization([{ name: 'api', tags: ['v1', 'v2'] }])
  const target = { region: unseen, organization: 'fault-409' }
  const { json } = await sync.post('/sync-jobs', {
    images: [{ repository: `${source}/api`, tags: ['v1', 'v2'] }],
    targets: [target],
  })
  await sync.ended(json.id)
  const named = { repository: `${source}/api`, tag: 'v2', ...target }
  const attempts = [1, 1]
  for (const [body, again] of [
    [{ states: ['failed', 'missing'] }, [0, 1]],
    [{ cells: [0] }, [0]],
    [{ cells: [named] }, [1]],
    [{ cells: [named, 0] }, [0, 1]],
  ] as const) {
    const answer = await sync.post(`/sync-jobs/${json.id}/retry`, body)
    expect(disagreements('syncJobRetry', answer)).toBeNull()
    for (const index of again) attempts[index] = (attempts[index] ?? 0) + 1
    expect((await sync.ended(json.id)).cells.map((cell) => cell.attempts)).toEqual(attempts)
  }
  const refused = await sync.post(`/sync-jobs/${json.id}/retry`, { cells: [named, { ...named, tag: 'v3' }] })
  expect(refused.json.errors).toEqual([{ path: 'body.cells.1', code: 'not_in_job' }])
})

test('a job is paused, resumed and canceled, and its list is paged', async () => {
  const tags = Array.from({ length: 200 }, (_, at) => ({ name: `v${at}`, size: 1_000_000_000 }))
  // Calls of 5 GB are under way until all is said.
  const source = await sync.twins([{ name: 'api', tags }], [], { secondsPerGigabyte: 2 })
  const { json } = await sync.post('/sync-jobs', {
    images: [{ repository: `${source}/api`, tags: tags.map(({ name }) => name) }],
    targets: [{ region: europe, organization: source }],
  })
  await waitUntil(async () => expect(await sync.console_.syncCalls(source)).not.toEqual([]))
  for (const [act, name, state] of [
    ['pause', 'syncJobPause', 'paused'],
    ['resume', 'syncJobResume', 'running'],
    // What is under way goes on to its end.
    ['cancel', 'syncJobCancel', 'running'],
  ] as const)
    for (const body of [undefined, {}]) {
      const answer = await sync.post(`/sync-jobs/${json.id}/${act}`, body)
      expect(disagreements(name, answer)).toBeNull()
      expect([answer.status, answer.json.state]).toEqual([202, state])
    }
  expect(problem(await sync.post(`/sync-jobs/${json.id}/pause`, { now: true }))).toBe('422 invalid_request')
  const { job } = await sync.ended(json.id)
  expect(job.state).toBe('canceled')
  const ask = (query: string) => askPublic(provisioned('viewer'), 'GET', `/connections/default/sync-jobs${query}`)
  const list = await ask('?limit=1&state=canceled')
  expect(disagreements('syncJobList', list)).toBeNull()
  expect(list.json).toMatchObject({ items: [{ id: json.id, state: 'canceled' }], total: 1 })
  expect((await ask('?limit=1&offset=1&state=canceled')).json).toEqual({ items: [], total: 1 })
  expect(problem(await sync.show(999_999))).toBe('404 job_unknown')
})
