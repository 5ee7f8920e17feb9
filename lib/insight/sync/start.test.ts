import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { SyncTarget } from '../../contract/console/sync'
import { jobs } from '../../db/job-tables'
import type { TestMember } from '../../testing/console'
import { databases } from '../../testing/database'
import { pinned, type SyncConsole, startSyncConsole } from '../../testing/sync-console'

/* From a plan to the first call: what a start stores, and what becomes of it when the source is another by then. */

vi.setConfig({ testTimeout: 60_000 })

const europe = 'eu-west-101'
const digest = (letter: string) => `sha256:${letter.repeat(64)}`
const key = 'press-000000000000001'

/** Names of all databases: lists are kept by them. */
let made = 0

describe.each(databases())('the start of a sync on $name', ({ open }) => {
  let console_: SyncConsole
  let operator: TestMember
  let source = ''

  beforeAll(async () => {
    console_ = await startSyncConsole({ opening: open() })
    operator = await console_.member('operator')
  })
  afterAll(() => console_.close())
  beforeEach(() => {
    made += 1
    source = `start-${made}`
  })

  const api = (letter: string) => [{ name: 'api', tags: [{ name: 'v1', digest: digest(letter) }] }]
  async function twins(repositories: readonly { name: string; tags: readonly unknown[] }[]) {
    await console_.control('POST', '/organizations', { name: source, repositories })
    await console_.control('POST', '/organizations', { name: source, region: europe, repositories: [] })
  }
  const push = (letter: string) =>
    console_.control('POST', '/push', { organization: source, repositories: api(letter) })
  const planOf = (images: readonly (readonly [string, ...string[]])[], region = europe, organization = source) =>
    console_.ok(operator, 'syncPlanShow', {
      body: {
        images: images.map(([name, ...tags]) => ({ repository: `${source}/${name}`, tags })),
        targets: [{ region, organization }] satisfies SyncTarget[],
      },
    })
  const start = (body: object) => console_.ok(operator, 'syncJobStart', { body })
  const endedCells = async (id: number) =>
    (await console_.endedSync(operator, id)).cells.map(({ tag, state, reason, attempts }) => ({
      ...{ tag, state, reason, attempts },
    }))

  test('a tag that has moved since the plan is not sent, and says so; the others of its call are', async () => {
    await twins([{ name: 'api', tags: [...(api('a')[0]?.tags ?? []), 'v2', 'v3'] }])
    const plan = await planOf([['api', 'v1', 'v2']])
    await push('b')
    const { job } = await start(pinned(plan))
    expect(await endedCells(job.id)).toEqual([
      { tag: 'v1', state: 'failed', reason: 'source_moved', attempts: 0 },
      { tag: 'v2', state: 'verified', reason: null, attempts: 1 },
    ])
    expect(await console_.sentTags(source)).toEqual([expect.stringMatching(/:v2$/)])
    // Sent again it is sent as it is now.
    const params = { sync_job_id: String(job.id) }
    await console_.ok(operator, 'syncJobRetry', { params, body: { states: ['failed'] } })
    const { cells } = await console_.endedSync(operator, job.id)
    expect(cells[0]).toMatchObject({ state: 'verified', digest: digest('b') })
  })

  test('a tag that is gone by then, or is planned by whoever never saw it, is missing at the source', async () => {
    await twins(api('a'))
    const plan = await planOf([['api', 'v1']])
    const { targets, rows } = pinned(plan)
    const { job } = await start({ targets, rows: [...rows, ...rows.map((row) => ({ ...row, tag: 'v9' }))] })
    expect(await endedCells(job.id)).toMatchObject([
      { tag: 'v1', state: 'verified' },
      { tag: 'v9', state: 'failed', reason: 'source_missing' },
    ])
  })

  test('the same press makes one job, at once and after its answer was lost; another press or person another', async () => {
    await twins(api('a'))
    const body = { ...pinned(await planOf([['api', 'v1']])), key }
    const jobs = await Promise.all([start(body), start(body)])
    const ids = new Set(jobs.map(({ job }) => job.id))
    expect(ids.size).toBe(1)
    const [id = 0] = ids
    await console_.endedSync(operator, id)
    expect((await start(body)).job).toMatchObject({ id, state: 'done' })
    expect(await console_.sentTags(source)).toHaveLength(1)
    // What has arrived meanwhile is planned in another way.
    const later = { ...body, rows: body.rows.map((row) => ({ ...row, send: ['leave'], plans: ['same'] })) }
    expect((await start(later)).job.id).toBe(id)
    const member = await console_.member('operator')
    const others = [
      await start({ ...body, key: 'press-000000000000002' }),
      await start(pinned(await planOf([['api', 'v1']]))),
      await console_.ok(member, 'syncJobStart', { body }),
    ]
    expect(new Set([id, ...others.map(({ job }) => job.id)]).size).toBe(4)
  })

  test.each([
    ['just ended', 9, 1],
    ['ended long ago', 11, 2],
  ])('the same press once its job has %s', async (_, minutes, sent) => {
    await twins(api('a'))
    const body = { ...pinned(await planOf([['api', 'v1']])), key: `press-of-${source.padEnd(20, '0')}` }
    const { job } = await start(body)
    await console_.endedSync(operator, job.id)
    const endedAt = sql`now() - make_interval(mins => ${minutes})`
    await console_.db.update(jobs).set({ endedAt }).where(eq(jobs.id, job.id))
    const again = await Promise.all([start(body), start(body)])
    const ids = new Set([job.id, ...again.map((answer) => answer.job.id)])
    for (const id of ids) await console_.endedSync(operator, id)
    expect([ids.size, (await console_.sentTags(source)).length]).toEqual([sent, sent])
  })

  test('a repository that cannot be read concerns its own rows, with its reason', async () => {
    await twins([...api('a'), { name: 'fault-403', tags: ['v1'] }])
    const plan = await planOf([
      ['fault-403', 'v1'],
      ['api', 'v1'],
    ])
    expect(plan.rows.map(({ plans, reasons }) => [...plans, ...reasons])).toEqual([
      ['blocked', 'swr_forbidden'],
      ['new', null],
    ])
    const { job } = await start(pinned(plan))
    expect(await endedCells(job.id)).toMatchObject([
      { state: 'failed', reason: 'swr_forbidden', attempts: 0 },
      { state: 'verified' },
    ])
    // Where nothing can be read there is no plan.
    const none = await console_.call(operator, 'syncPlanShow', {
      body: {
        images: [{ repository: `${source}/fault-403`, tags: ['v1'] }],
        targets: [{ region: europe, organization: source }],
      },
    })
    expect([none.status, none.body.code]).toEqual([502, 'swr_forbidden'])
  })

  test('a repository that cannot be read any more when its turn comes has failed with SWR’s words', async () => {
    await twins([...api('a'), { name: 'fault-403', tags: ['v1'] }])
    const { targets, rows } = pinned(await planOf([['api', 'v1']]))
    const unread = rows.map((row) => ({ ...row, repository: `${source}/fault-403` }))
    const { job } = await start({ targets, rows: [...rows, ...unread] })
    const { cells } = await console_.endedSync(operator, job.id)
    expect(cells).toMatchObject([
      { state: 'verified' },
      { state: 'failed', reason: 'swr_forbidden', swr: { status: 403 }, attempts: 0 },
    ])
    expect(await console_.sentTags(source)).toHaveLength(1)
  })

  test('a target whose tags cannot be listed is planned unseen, and says why', async () => {
    await twins(api('a'))
    await console_.control('POST', '/organizations', { name: 'fault-500', region: europe, repositories: api('a') })
    const plan = await planOf([['api', 'v1']], europe, 'fault-500')
    expect(plan.rows).toMatchObject([{ plans: ['not_visible'], reasons: ['swr_failed'] }])
    // Once more, since it may have been over in a moment.
    const lists = (await console_.received()).filter(({ path }) => path.includes('/fault-500/'))
    expect(lists.map(({ status }) => status)).toEqual([500, 500])
  })

  test.each([
    [{ region: europe, connection: 'hongkong' }],
    [{ region: europe, connection: 'nobody' }],
    [{ region: 'cn-east-3', connection: 'europe' }],
  ])('what lists a target is believed only where it can: %j', async (place) => {
    await twins(api('a'))
    if (place.region !== europe)
      await console_.control('POST', '/organizations', { name: source, region: place.region, repositories: [] })
    const { targets, rows } = pinned(await planOf([['api', 'v1']]))
    const { job } = await start({ targets: targets.map((target) => ({ ...target, ...place })), rows })
    expect(job.targets).toMatchObject([{ connection: null }])
    expect(await endedCells(job.id)).toMatchObject([{ state: 'unverifiable' }])
  })

  test.each([
    ['body.rows.0.plans', { plans: [] }],
    ['body.rows.0.send', { send: ['send', 'send'] }],
    ['body.rows.0.digest', { digest: 'sha256:\0' }],
    ['body.rows.0.size', { size: 1e300 }],
  ])('%s that cannot be is refused', async (field, wrong) => {
    await twins(api('a'))
    const { targets, rows } = pinned(await planOf([['api', 'v1']]))
    const body = { targets, rows: rows.map((row) => ({ ...row, ...wrong })) }
    const answer = await console_.call(operator, 'syncJobStart', { body })
    expect([answer.status, Object.keys(answer.body.fields)]).toEqual([422, [field]])
  })

  test('nothing goes to the region of the source, whatever was planned', async () => {
    await twins(api('a'))
    const { targets, rows } = pinned(await planOf([['api', 'v1']]))
    const home = targets.map((target) => ({ ...target, region: 'cn-north-4' }))
    const answer = await console_.call(operator, 'syncJobStart', { body: { targets: home, rows } })
    expect([answer.status, answer.body.code]).toEqual([409, 'sync_nothing'])
  })
})

describe('the start of a sync that nobody carries out yet', () => {
  let console_: SyncConsole
  beforeAll(async () => {
    console_ = await startSyncConsole({ works: false })
  })
  afterAll(() => console_.close())

  test('asks SWR for nothing, however long ago the plan was read', async () => {
    const operator = await console_.member('operator')
    const repositories = Array.from({ length: 60 }, (_, at) => ({ name: `service-${at}`, tags: ['v1'] }))
    for (const place of [{}, { region: europe }])
      await console_.control('POST', '/organizations', { name: 'many', ...place, repositories })
    const images = repositories.map(({ name, tags }) => ({ repository: `many/${name}`, tags }))
    const body = { images, targets: [{ region: europe, organization: 'many' }] }
    const plan = await console_.ok(operator, 'syncPlanShow', { body })
    const asked = async () => (await console_.received()).length
    const before = await asked()
    for (const slot of ['kept', 'reading']) Reflect.deleteProperty(globalThis, Symbol.for(`console.${slot}`))
    const { job } = await console_.ok(operator, 'syncJobStart', { body: pinned(plan) })
    expect(job).toMatchObject({ state: 'running', tags: 60, counts: { waiting: 60 } })
    expect(await asked()).toBe(before)
  })
})

describe('a plan of many repositories', () => {
  let console_: SyncConsole
  beforeAll(async () => {
    console_ = await startSyncConsole({ works: false })
  })
  afterAll(() => console_.close())

  test('reads each list once, and no other while they are kept', async () => {
    const operator = await console_.member('operator')
    const repositories = Array.from({ length: 300 }, (_, at) => ({ name: `service-${at}`, tags: ['v1'] }))
    for (const place of [{}, { region: europe }])
      await console_.control('POST', '/organizations', { name: 'wide', ...place, repositories })
    const images = repositories.map(({ name, tags }) => ({ repository: `wide/${name}`, tags }))
    const targets = [europe, 'ap-southeast-1', 'cn-east-3', 'cn-north-1', 'cn-south-1', 'cn-southwest-2'].map(
      (region) => ({ region, organization: 'wide' }),
    )
    const plan = () => console_.ok(operator, 'syncPlanShow', { body: { images, targets } })
    const lists = async () => (await console_.received()).filter(({ path }) => path.includes('/wide/')).length
    const first = await plan()
    expect(first.rows).toHaveLength(300)
    const read = await lists()
    expect(read).toBeGreaterThanOrEqual(600)
    expect(read).toBeLessThan(620)
    // A change of the basket, or another press: not one list is read again.
    expect((await plan()).rows).toEqual(first.rows)
    expect(await lists()).toBe(read)
  })
})
