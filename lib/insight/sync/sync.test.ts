import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { ConsoleOperation } from '../../contract/console/operations'
import type { SyncCell, SyncTarget } from '../../contract/console/sync'
import { config } from '../../env/config'
import type { TestMember } from '../../testing/console'
import { databases } from '../../testing/database'
import { type Asked, pinned, type SyncConsole, startSyncConsole } from '../../testing/sync-console'
import { waitUntil } from '../../testing/wait-until'
import { maxParallelCalls } from './worker'

// Each waits until tags have arrived at the pace at which the console looks.
vi.setConfig({ testTimeout: 60_000 })

const europe = 'eu-west-101'
const hongkong = 'ap-southeast-1'
const digest = (letter: string) => `sha256:${letter.repeat(64)}`

interface Tag {
  name: string
  digest?: string
  size?: number
}
interface Repository {
  name: string
  tags: (string | Tag)[]
}

// As SWR is documented, and as it was seen to be: one on each database, so that neither takes time of its own.
const moods = ['strict', 'as-recorded'] as const
const worlds = databases().map((database, at) => ({ ...database, mood: moods[at % moods.length] ?? 'strict' }))

describe.each(worlds)('manual sync on $name, SWR $mood', ({ open, mood }) => {
  let console_: SyncConsole
  let operator: TestMember

  beforeAll(async () => {
    console_ = await startSyncConsole({ opening: open() })
    operator = await console_.member('operator')
  })
  afterAll(() => console_.close())

  const uniqueName = (start: string) => `${start}-${randomBytes(4).toString('hex')}`

  async function organization(
    repositories: Repository[],
    more: Record<string, unknown> = {},
    name = uniqueName('team'),
  ): Promise<string> {
    await console_.control('POST', '/organizations', { name, repositories, mood, ...more })
    return name
  }

  const call = (name: ConsoleOperation, asked?: Asked) => console_.call(operator, name, asked)
  const ok = <Name extends ConsoleOperation>(name: Name, asked?: Asked) => console_.ok(operator, name, asked)
  const planOf = (body: object) => ok('syncPlanShow', { body })
  const start = (
    source: string,
    repositories: readonly { readonly name: string; readonly tags: readonly string[] }[],
    targets: readonly SyncTarget[],
  ) => {
    const images = repositories.map(({ name, tags }) => ({ repository: `${source}/${name}`, tags }))
    return console_.startSync(operator, { images, targets })
  }
  const show = (id: number, since?: number) => console_.showSync(operator, id, since)
  const ended = (id: number) => console_.endedSync(operator, id)
  const syncCalls = (source: string) => console_.syncCalls(source)

  test('a plan marks what runs somewhere, by tag and by digest', async () => {
    const tags = ['a', 'b', 'c'].map((sign, index) => ({ name: `v${index + 1}`, digest: digest(sign) }))
    const source = await organization([{ name: 'api', tags }])
    const image = `swr.cn-north-4.myhuaweicloud.com/${source}/api`
    for (const [cluster, named] of [
      ['production', `${image}:v1`],
      ['staging', `${image}@${digest('c')}`],
    ] as const)
      await ok('inUsePut', { params: { cluster }, body: { text: named } })
    const { rows } = await planOf({
      images: [{ repository: `${source}/api`, tags: ['v1', 'v2', 'v3', 'v4'] }],
      targets: [{ region: europe, organization: source }],
    })
    expect(rows.map(({ tag, inUse }) => [tag, inUse])).toEqual([
      ['v1', ['production']],
      ['v2', []],
      ['v3', ['staging']],
      ['v4', []],
    ])
  })

  test('a plan says of each tag and target what would happen, before anything is sent', async () => {
    const source = await organization([
      {
        name: 'api',
        tags: [
          { name: 'v1', digest: digest('a') },
          { name: 'v2', digest: digest('b') },
          { name: 'v3', digest: digest('c') },
        ],
      },
    ])
    await organization(
      [
        {
          name: 'api',
          tags: [
            { name: 'v1', digest: digest('a') },
            { name: 'v2', digest: digest('f') },
          ],
        },
      ],
      { region: europe },
      source,
    )
    const plan = await planOf({
      images: [{ repository: `${source}/api`, tags: ['v1', 'v2', 'v3', 'v4'] }],
      targets: [
        { region: europe, organization: source },
        { region: hongkong, organization: uniqueName('nobody') },
        { region: 'cn-east-3', organization: source },
        { region: 'cn-north-4', organization: 'mirror' },
      ],
    })
    expect(plan.rows.map(({ tag, plans }) => [tag, ...plans])).toEqual([
      ['v1', 'same', 'organization_missing', 'not_visible', 'same_region'],
      ['v2', 'different', 'organization_missing', 'not_visible', 'same_region'],
      ['v3', 'new', 'organization_missing', 'not_visible', 'same_region'],
      ['v4', 'source_missing', 'source_missing', 'source_missing', 'source_missing'],
    ])
    expect(plan.rows[1]?.there[0]).toBe(digest('f'))
    const checks = plan.targets.map(({ checks: all }) =>
      Object.fromEntries(all.map(({ code, state }) => [code, state])),
    )
    expect(checks).toMatchObject([
      { image_sync: 'ok', agency: 'ok', region: 'ok', organization: 'ok', visible: 'ok', cross_border: 'warning' },
      { organization: 'blocked', visible: 'ok' },
      { organization: 'unknown', visible: 'unknown' },
      { same_region: 'blocked' },
    ])
    expect(plan.targets.map((target) => target.connection)).toEqual(['europe', 'hongkong', null, null])
  })

  test('an organization that is made on the way is seen by the next plan', async () => {
    const source = await organization([{ name: 'api', tags: ['v1'] }])
    const admin = await console_.member('admin')
    const body = {
      images: [{ repository: `${source}/api`, tags: ['v1'] }],
      targets: [{ region: europe, organization: source }],
    }
    expect((await planOf(body)).rows[0]?.plans).toEqual(['organization_missing'])
    const create = () =>
      console_.swr(admin, 'organizationCreate', { params: {}, body: { namespace: source } }, 'europe')
    expect((await create()).status).toBe(200)
    expect((await create()).status).toBe(400)
    expect((await planOf({ ...body, fresh: true })).rows[0]?.plans).toEqual(['new'])
  })

  test('tags that arrive are verified by their digest, with as few calls as they need', async () => {
    const source = await organization([
      { name: 'api', tags: ['v1', 'v2'] },
      { name: 'team/worker', tags: ['v1'] },
    ])
    await organization([], { region: europe }, source)
    const job = await start(
      source,
      [
        { name: 'api', tags: ['v1', 'v2'] },
        { name: 'team/worker', tags: ['v1'] },
      ],
      [{ region: europe, organization: source }],
    )
    expect(job).toMatchObject({ actorName: operator.email, reason: 'release 2.4', tags: 3, repositories: 2 })
    const { job: after, cells } = await ended(job.id)
    expect(after).toMatchObject({ state: 'done', counts: { verified: 3, waiting: 0 } })
    expect(new Set(cells.map(({ state }) => state))).toEqual(new Set(['verified']))
    const calls = await syncCalls(source)
    expect(calls.map(({ body }) => body)).toEqual(
      expect.arrayContaining([
        { imageTag: ['v1', 'v2'], override: false, remoteNamespace: source, remoteRegionId: europe },
        { imageTag: ['v1'], override: false, remoteNamespace: source, remoteRegionId: europe },
      ]),
    )
    expect(calls).toHaveLength(2)
    // Each call is in the audit log in the name of who started the job.
    const entries = await console_.entries({ operation: 'manualSync', person: operator.email })
    expect(entries.filter(({ reason }) => reason === `Part of sync job ${job.id}`)).toHaveLength(2)
  })

  test('what is there with the same digest is left out; what differs is overwritten only where that is chosen', async () => {
    const source = await organization([
      {
        name: 'api',
        tags: [
          { name: 'v1', digest: digest('a') },
          { name: 'v2', digest: digest('b') },
        ],
      },
    ])
    await organization(
      [
        {
          name: 'api',
          tags: [
            { name: 'v1', digest: digest('a') },
            { name: 'v2', digest: digest('f') },
          ],
        },
      ],
      { region: europe },
      source,
    )
    const targets = [{ region: europe, organization: source, connection: 'europe' }]
    const row = (tag: string, letter: string, send: string, plan: string) => ({
      repository: `${source}/api`,
      tag,
      digest: digest(letter),
      size: 1,
      send: [send],
      plans: [plan],
    })
    const left = await ok('syncJobStart', {
      body: { targets, rows: [row('v1', 'a', 'leave', 'same'), row('v2', 'b', 'send', 'different')] },
    })
    const plain = await ended(left.job.id)
    expect(plain.cells.map(({ state, reason }) => [state, reason])).toEqual([
      ['skipped', null],
      ['missing', 'other_digest'],
    ])
    const { job } = await ok('syncJobStart', { body: { targets, rows: [row('v2', 'b', 'overwrite', 'different')] } })
    const forced = await ended(job.id)
    expect(forced.cells).toMatchObject([{ state: 'verified', overwrite: true }])
    expect((await syncCalls(source)).map(({ body }) => body)).toMatchObject([{ override: false }, { override: true }])
  })

  test('SWR says yes to what never arrives: nothing of it is green', async () => {
    const tags = Array.from({ length: 60 }, (_, at) => `v${at}`)
    const source = await organization([{ name: 'api', tags }], {
      mood: 'as-recorded',
      lies: 0.3,
      seed: 7,
      lateSeconds: 1,
    })
    await organization([], { region: europe }, source)
    const job = await start(source, [{ name: 'api', tags }], [{ region: europe, organization: source }])
    const { cells } = await ended(job.id)
    const arrived = await console_.heldTags(source, [europe])
    const placeOf = ({ repository, tag }: SyncCell) => `${europe} ${repository}:${tag}`
    const green = cells.filter(({ state }) => state === 'verified')
    expect(green.length).toBeGreaterThan(20)
    expect(green.length).toBeLessThan(60)
    for (const cell of green) expect(arrived.get(placeOf(cell))).toBe(cell.digest)
    const red = cells.filter(({ state }) => state !== 'verified')
    expect(new Set(red.map(({ state }) => state))).toEqual(new Set(['missing']))
    // What came after the time for which it was looked for is red as well, and can be sent again.
    expect(red.some((cell) => !arrived.has(placeOf(cell)))).toBe(true)
    // Each was asked for once.
    const sent = (await syncCalls(source)).flatMap(({ body }) => (body as { imageTag: string[] }).imageTag)
    expect(sent.toSorted()).toEqual(tags.toSorted())
  })

  test('where the target cannot be listed SWR’s yes stays what it is', async () => {
    const source = await organization([{ name: 'api', tags: ['v1'] }])
    await organization([], { region: 'cn-east-3' }, source)
    const job = await start(source, [{ name: 'api', tags: ['v1'] }], [{ region: 'cn-east-3', organization: source }])
    expect((await ended(job.id)).cells.map(({ state }) => state)).toEqual(['unverifiable'])
  })

  test('what SWR refuses has its words, and is sent again when somebody says so', async () => {
    const source = await organization([{ name: 'api', tags: ['v1', 'v2'] }])
    const job = await start(
      source,
      [{ name: 'api', tags: ['v1', 'v2'] }],
      [{ region: 'cn-east-3', organization: 'fault-409' }],
    )
    const first = await ended(job.id)
    expect(first.cells.map(({ state, attempts }) => [state, attempts])).toEqual([
      ['failed', 1],
      ['failed', 1],
    ])
    expect(first.cells[0]?.swr).toMatchObject({ status: 409, code: expect.stringMatching(/SVCSTG/) })
    const { job: again } = await ok('syncJobRetry', {
      params: { sync_job_id: String(job.id) },
      body: { cells: [0] },
    })
    expect(again.state).toBe('running')
    const second = await ended(job.id)
    expect(second.cells.map(({ state, attempts }) => [state, attempts])).toEqual([
      ['failed', 2],
      ['failed', 1],
    ])
    expect((await syncCalls(source)).map(({ body }) => (body as { imageTag: string[] }).imageTag)).toEqual([
      ['v1', 'v2'],
      ['v1'],
    ])
  })

  test('nothing is sent while a job is paused; the rest of a canceled one never is', async () => {
    const tags = Array.from({ length: 200 }, (_, at) => ({ name: `v${at}`, size: 1_000_000_000 }))
    const source = await organization([{ name: 'api', tags }], { secondsPerGigabyte: 0.5 })
    await organization([], { region: europe }, source)
    const job = await start(
      source,
      [{ name: 'api', tags: tags.map(({ name }) => name) }],
      [{ region: europe, organization: source }],
    )
    const params = { sync_job_id: String(job.id) }
    await vi.waitFor(async () => expect((await show(job.id)).job.counts.verified).toBeGreaterThan(0), {
      timeout: 20_000,
    })
    expect((await ok('syncJobPause', { params })).job.state).toBe('paused')
    await vi.waitFor(async () => expect((await show(job.id)).job.counts.sending).toBe(0), { timeout: 20_000 })
    const sent = (await syncCalls(source)).length
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(await syncCalls(source)).toHaveLength(sent)
    expect((await ok('syncJobResume', { params })).job.state).toBe('running')
    await vi.waitFor(async () => expect((await syncCalls(source)).length).toBeGreaterThan(sent), { timeout: 20_000 })
    await ok('syncJobCancel', { params })
    const { job: after, cells } = await ended(job.id)
    expect(after.state).toBe('canceled')
    expect(after.counts.canceled).toBeGreaterThan(0)
    expect(cells.every(({ state }) => state === 'verified' || state === 'canceled')).toBe(true)
  })

  test('too many at once: the connection waits, says until when, and sends nothing twice', async () => {
    await console_.control('PUT', '/throttle', { access: 'SANDBOXDEMOACCESS0001', syncCalls: 1, retryAfterSeconds: 1 })
    const repositories = Array.from({ length: 6 }, (_, at) => ({
      name: `api-${at}`,
      tags: [{ name: 'v1', size: 2_000_000_000 }],
    }))
    const source = await organization(repositories, { secondsPerGigabyte: 0.2 })
    await organization([], { region: europe }, source)
    const job = await start(
      source,
      repositories.map(({ name }) => ({ name, tags: ['v1'] })),
      [{ region: europe, organization: source }],
    )
    await vi.waitFor(async () => expect((await show(job.id)).job.throttledUntil).not.toBeNull(), {
      timeout: 20_000,
      interval: 20,
    })
    const { job: after } = await ended(job.id)
    await console_.control('PUT', '/throttle', { access: 'SANDBOXDEMOACCESS0001', syncCalls: null })
    expect(after.counts.verified).toBe(6)
    const done = (await syncCalls(source)).filter(({ status }) => status === 200)
    expect(new Set(done.map(({ path }) => path)).size).toBe(6)
    expect(done).toHaveLength(6)
  })

  test('a small job overtakes large ones between two of their calls', async () => {
    // A call holds up to 5 GB.
    const [callsEach, tagsPerCall] = [4, 5]
    const tags = Array.from({ length: callsEach * tagsPerCall }, (_, at) => ({ name: `v${at}`, size: 1_000_000_000 }))
    const large = ['api', 'jobs', 'mail', 'shop']
    // The first calls last until the small job has said that it waits.
    const source = await organization([...large.map((name) => ({ name, tags })), { name: 'web', tags: ['v1'] }], {
      secondsPerGigabyte: 2.4,
    })
    await organization([], { region: europe }, source)
    const targets = [{ region: europe, organization: source }]
    // Several, so that there is an older one in every moment that waits for the place that becomes free.
    const jobs = await Promise.all(
      large.map((name) => start(source, [{ name, tags: tags.map((tag) => tag.name) }], targets)),
    )
    await waitUntil(async () => expect(await syncCalls(source)).toHaveLength(maxParallelCalls))
    await console_.control('PUT', '/mood', { organization: source, secondsPerGigabyte: 0.02 })
    const small = await start(source, [{ name: 'web', tags: ['v1'] }], targets)
    for (const { id } of [...jobs, small]) expect((await ended(id)).job.state).toBe('done')
    const calls = await syncCalls(source)
    const place = calls.findIndex(({ path }) => path.includes('/web/'))
    expect(calls).toHaveLength(callsEach * large.length + 1)
    // All places were taken when it came.
    expect(place).toBeGreaterThanOrEqual(maxParallelCalls)
    // It had the first place that became free; others had the rest. In the order in which the jobs began it would come last.
    expect(place).toBeLessThan(2 * maxParallelCalls)
  })

  test('a watcher is told only what has changed', async () => {
    const source = await organization([{ name: 'api', tags: ['v1', 'v2'] }])
    await organization([], { region: europe }, source)
    const job = await start(source, [{ name: 'api', tags: ['v1', 'v2'] }], [{ region: europe, organization: source }])
    const { job: after } = await ended(job.id)
    expect((await show(job.id, after.version)).cells).toEqual([])
    expect((await show(job.id, job.version)).cells.length).toBe(2)
  })

  test('what was pushed a moment ago is found by its digest', async () => {
    const source = await organization([{ name: 'api', tags: [{ name: 'latest', digest: digest('a') }] }])
    const find = () => ok('syncReferenceRead', { body: { lines: [`${source}/api@${digest('b')}`] } })
    expect((await find()).lines).toMatchObject([{ state: 'unknown', reason: 'digest_missing' }])
    await console_.control('POST', '/push', {
      organization: source,
      repositories: [{ name: 'api', tags: [{ name: 'latest', digest: digest('b') }] }],
    })
    expect((await find()).lines).toMatchObject([{ state: 'found', images: [{ tag: 'latest', digest: digest('b') }] }])
  })

  test('what is there already is a job that has nothing to do, and ends at once', async () => {
    const source = await organization([{ name: 'api', tags: [{ name: 'v1', digest: digest('a') }] }])
    await organization([{ name: 'api', tags: [{ name: 'v1', digest: digest('a') }] }], { region: europe }, source)
    const targets = [{ region: europe, organization: source }]
    const plan = await planOf({ images: [{ repository: `${source}/api`, tags: ['v1'] }], targets })
    const { job } = await ok('syncJobStart', { body: pinned(plan, 'leave') })
    const { job: after, cells } = await ended(job.id)
    expect([after.state, cells.map(({ state }) => state)]).toEqual(['done', ['skipped']])
    expect(await syncCalls(source)).toEqual([])
    const again = await call('syncJobRetry', { params: { sync_job_id: String(job.id) }, body: {} })
    expect([again.status, again.body.code]).toEqual([409, 'sync_nothing'])
  })

  test('a job of ten thousand tags can be started and is stored whole', async () => {
    const tags = Array.from({ length: 10_000 }, (_, at) => `release-candidate-${at}`)
    const source = await organization([{ name: 'api', tags }], { secondsPerGigabyte: 60 })
    await organization([], { region: europe }, source)
    const job = await start(source, [{ name: 'api', tags }], [{ region: europe, organization: source }])
    expect(Object.values(job.counts).reduce((sum, count) => sum + count, 0)).toBe(10_000)
    await ok('syncJobCancel', { params: { sync_job_id: String(job.id) } })
  })

  test('what is sent again while the rest is looked for is sent at once', async () => {
    const { syncVerifyMinutes } = config()
    // Seconds are what a busy machine takes for a step.
    Reflect.set(config(), 'syncVerifyMinutes', 0.25)
    onTestFinished(() => void Reflect.set(config(), 'syncVerifyMinutes', syncVerifyMinutes))
    const source = await organization(
      [
        { name: 'api', tags: ['v1', 'fault-once-1', 'fault-never-1'] },
        { name: 'web', tags: ['fault-once-2'] },
      ],
      { mood: 'as-recorded', lies: 0 },
    )
    await organization([], { region: europe }, source)
    const job = await start(
      source,
      [
        { name: 'api', tags: ['v1', 'fault-never-1'] },
        { name: 'web', tags: ['fault-once-2'] },
      ],
      [{ region: europe, organization: source }],
    )
    const params = { sync_job_id: String(job.id) }
    await vi.waitFor(async () => expect((await show(job.id)).job.counts.failed).toBe(1), {
      timeout: 20_000,
      interval: 50,
    })
    const before = await syncCalls(source)
    await ok('syncJobRetry', { params, body: { states: ['failed'] } })
    await waitUntil(async () => expect((await syncCalls(source)).length).toBeGreaterThan(before.length))
    // The rest is still looked for.
    const { counts } = (await show(job.id)).job
    expect(counts.missing).toBe(0)
    expect(counts.reported).toBeGreaterThan(0)
    const { job: after } = await ended(job.id)
    expect(after.counts).toMatchObject({ verified: 2, missing: 1, failed: 0 })
  })

  test('each act on a job is in the audit log as one on that job of that connection', async () => {
    const source = await organization([{ name: 'api', tags: ['v1'] }])
    await organization([], { region: europe }, source)
    const job = await start(source, [{ name: 'api', tags: ['v1'] }], [{ region: europe, organization: source }])
    await ended(job.id)
    const entries = await console_.entries({ operation: 'syncJobStart', objectId: String(job.id) })
    expect(entries).toMatchObject([{ kind: 'sync_job', connection: 'default', outcome: 'done', reason: 'release 2.4' }])
  })

  test('the history finds a job by who, where, what and how it ended', async () => {
    const source = await organization([{ name: 'api', tags: ['v1_x'] }])
    await organization([], { region: europe }, source)
    const job = await start(source, [{ name: 'api', tags: ['v1_x'] }], [{ region: europe, organization: source }])
    await ended(job.id)
    const found = async (query: object) => (await ok('syncJobList', { query })).jobs.map(({ id }) => id)
    for (const query of [
      { search: source },
      { search: 'v1_x' },
      { person: operator.email.slice(0, 6), limit: '100' },
      { region: europe, limit: '100' },
      { state: 'done', limit: '100' },
    ])
      expect(await found(query)).toContain(job.id)
    for (const query of [{ search: 'v1yx' }, { person: 'nobody%' }, { region: 'cn-east-2' }, { state: 'paused' }])
      expect(await found(query)).not.toContain(job.id)
    // Of another connection it is nobody's.
    const other = await console_.own(operator, 'syncJobShow', {
      params: { connection: 'europe', sync_job_id: String(job.id) },
    })
    expect(other.status).toBe(404)
  })

  test('pasted lines are found, unknown, ambiguous or unreadable, each where it stands', async () => {
    const source = await organization([
      {
        name: 'api',
        tags: [
          { name: 'v1', digest: digest('a') },
          { name: 'stable', digest: digest('a') },
          { name: 'v2', digest: digest('b') },
        ],
      },
      { name: uniqueName('only'), tags: ['v1'] },
    ])
    const twin = await organization([{ name: 'api', tags: ['v1'] }])
    const lines = [
      `\ufeff${source}/api:v1`,
      '',
      `${source}/API:v1`,
      `${source}/api:v9`,
      `${source}/nothing:v1`,
      `${source}/api@${digest('b')}`,
      `${source}/api@${digest('a')}`,
      `${source}/api:v1@${digest('b')}`,
      'api:v1',
      `${twin}/api`,
      `${source}/api:${'v'.repeat(5_000)}`,
    ]
    const { lines: told } = await ok('syncReferenceRead', { body: { lines } })
    expect(told.map(({ line, state, reason }) => [line, state, reason])).toEqual([
      [0, 'found', null],
      [2, 'repeated', null],
      [3, 'unknown', 'tag_missing'],
      [4, 'unknown', 'repository_missing'],
      [5, 'found', null],
      [6, 'ambiguous', 'several_tags'],
      [7, 'unknown', 'digest_differs'],
      [8, 'ambiguous', 'several_organizations'],
      [9, 'unreadable', 'no_tag'],
      [10, 'unreadable', 'too_long'],
    ])
  })

  const search = (repository: string, tag: string, after?: string) =>
    ok('syncTagSearch', { body: { repository, tag, ...(after !== undefined && { after }) } })

  test('all that match a pattern are found, and counted', async () => {
    const source = await organization([
      { name: 'api', tags: ['v1', 'v2', 'latest'] },
      { name: 'team/worker', tags: ['v3', 'dev'] },
    ])
    expect(
      (await search(`${source}/**`, 'v*')).images.map(({ repository, tag }) => `${repository}:${tag}`).toSorted(),
    ).toEqual([`${source}/api:v1`, `${source}/api:v2`, `${source}/team/worker:v3`].toSorted())
    expect(await search(`${source}/api`, '')).toMatchObject({ total: 3, complete: true, repositories: 1 })
    const refused = await call('syncTagSearch', { body: { repository: `${source}/{api`, tag: '' } })
    expect([refused.status, refused.body.fields]).toEqual([422, { 'body.repository': 'pattern_brace' }])
  })

  test('of ten thousand tags all are found; of more, as many as a job takes', async () => {
    const source = await organization([
      { name: 'a', tags: Array.from({ length: 9_999 }, (_, at) => `v${at}`) },
      { name: 'b', tags: ['v1', 'v2', 'v3'] },
    ])
    const found = await search(`${source}/**`, 'v*')
    expect([found.images.length, found.total, found.complete, found.next]).toEqual([10_000, 10_002, true, null])
  })

  test('more repositories than one question looks through are found by the next ones, each once', async () => {
    const names = Array.from({ length: 450 }, (_, at) => `service-${at}`)
    const source = await organization(names.map((name) => ({ name, tags: ['1.0', 'dev'] })))
    const images: string[] = []
    const seen: number[] = []
    let after: string | undefined
    do {
      const page = await search(`${source}/**`, '1.*', after)
      images.push(...page.images.map(({ repository, tag }) => `${repository}:${tag}`))
      expect([page.matching.all, page.complete]).toEqual([450, true])
      seen.push(page.matching.seen)
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(images.toSorted()).toEqual(names.map((name) => `${source}/${name}:1.0`).toSorted())
    expect(seen).toEqual([200, 400, 450])
  })
})
