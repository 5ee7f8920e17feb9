import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ProblemError } from '../../contract/problem'
import { demo, demoHongKong } from '../../sandbox/demo'
import { notePause } from '../../swr/pause'
import type { TestMember } from '../../testing/console'
import { atNext } from '../../testing/swr-hooks'
import { type SyncConsole, startSyncConsole } from '../../testing/sync-console'

vi.mock('../../swr/client', async (original) => (await import('../../testing/swr-hooks')).hooked(original))

/* What is sent again, what a target is believed, and what a job says while its key is refused. */

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const [europe, hongkong] = ['eu-west-101', 'ap-southeast-1']
const digest = (letter: string) => `sha256:${letter.repeat(64)}`
let console_: SyncConsole
let operator: TestMember

beforeAll(async () => {
  console_ = await startSyncConsole()
  operator = await console_.member('operator')
})
afterAll(() => console_.close())

const organization = (name: string, tags: readonly object[], more: object = {}) =>
  console_.control('POST', '/organizations', { name, repositories: [{ name: 'api', tags }], ...more })
const tag = (name: string, letter: string) => ({ name, digest: digest(letter) })
const start = (name: string, tags: readonly string[]) =>
  console_.startSync(operator, {
    images: [{ repository: `${name}/api`, tags }],
    targets: [{ region: europe, organization: name }],
  })
const retry = (id: number) =>
  console_.call(operator, 'syncJobRetry', { params: { sync_job_id: String(id) }, body: { states: ['missing'] } })

test('what has arrived by now is verified, and not sent once more', async () => {
  await organization('arrives', [tag('fault-never-1', 'a'), tag('fault-never-2', 'b')], { mood: 'as-recorded' })
  await organization('arrives', [], { region: europe })
  const job = await start('arrives', ['fault-never-1', 'fault-never-2'])
  expect((await console_.endedSync(operator, job.id)).job.counts).toMatchObject({ missing: 2 })
  await console_.control('POST', '/push', {
    organization: 'arrives',
    region: europe,
    repositories: [{ name: 'api', tags: [tag('fault-never-1', 'a'), tag('fault-never-2', 'b')] }],
  })
  const sent = await console_.sentTags('arrives')
  expect((await retry(job.id)).status).toBe(200)
  const { job: after, cells } = await console_.endedSync(operator, job.id)
  expect(after.counts).toMatchObject({ verified: 2, missing: 0 })
  expect(cells.map(({ attempts }) => attempts)).toEqual([1, 1])
  expect(await console_.sentTags('arrives')).toEqual(sent)
})

test('what has arrived by now is verified although its tag has moved at the source', async () => {
  await organization('moves', [tag('fault-never-1', 'a'), tag('fault-never-2', 'b')], { mood: 'as-recorded' })
  await organization('moves', [], { region: europe })
  const job = await start('moves', ['fault-never-1', 'fault-never-2'])
  expect((await console_.endedSync(operator, job.id)).job.counts).toMatchObject({ missing: 2 })
  const push = (tags: readonly object[], more: object = {}) =>
    console_.control('POST', '/push', { organization: 'moves', repositories: [{ name: 'api', tags }], ...more })
  await push([tag('fault-never-1', 'a')], { region: europe })
  await push([tag('fault-never-1', 'c')])
  const sent = await console_.sentTags('moves')
  const params = { sync_job_id: String(job.id) }
  expect((await console_.call(operator, 'syncJobRetry', { params, body: { cells: [0] } })).status).toBe(200)
  const { cells } = await console_.endedSync(operator, job.id)
  expect(cells).toMatchObject([
    { state: 'verified', reason: null, digest: digest('a'), attempts: 1 },
    { state: 'missing', attempts: 1 },
  ])
  expect(await console_.sentTags('moves')).toEqual(sent)
})

test('what may have arrived stays as it is while its target cannot be looked at', async () => {
  await organization('unseen', [tag('fault-never-1', 'a')], { mood: 'as-recorded' })
  await organization('unseen', [], { region: europe })
  const job = await start('unseen', ['fault-never-1'])
  const { cells } = await console_.endedSync(operator, job.id)
  expect(cells).toMatchObject([{ state: 'missing', attempts: 1 }])
  const sent = await console_.sentTags('unseen')
  const refuse = () => Promise.reject(new ProblemError({ status: 504, code: 'swr_timeout' }))
  // The list of the source is read first.
  atNext('basicTagList', (answer) => {
    atNext('basicTagList', refuse)
    return answer()
  })
  expect(await retry(job.id)).toMatchObject({ status: 409, body: { code: 'sync_nothing' } })
  atNext('organizationShow', refuse)
  expect(await retry(job.id)).toMatchObject({ status: 409, body: { code: 'sync_nothing' } })
  expect((await console_.showSync(operator, job.id)).cells).toEqual(cells)
  expect(await console_.sentTags('unseen')).toEqual(sent)
  // It is sent once somebody can look.
  expect((await retry(job.id)).status).toBe(200)
  expect((await console_.endedSync(operator, job.id)).cells).toMatchObject([{ attempts: 2 }])
})

test('what would overwrite another image is not sent again unless that was chosen', async () => {
  await organization('differs', [tag('v1', 'a')])
  await organization('differs', [tag('v1', 'f')], { region: europe })
  const job = await start('differs', ['v1'])
  const first = await console_.endedSync(operator, job.id)
  expect(first.cells).toMatchObject([{ state: 'missing', reason: 'other_digest' }])
  const sent = await console_.sentTags('differs')
  expect(await retry(job.id)).toMatchObject({ status: 409, body: { code: 'sync_nothing' } })
  expect(await console_.sentTags('differs')).toEqual(sent)
})

// That of the same account is (sync.test.ts).
test('that an organization is missing is not believed of another account', async () => {
  await console_.control('PUT', '/projects', { project: demoHongKong.project, account: 'somebody-else' })
  await organization('sends', [tag('v1', 'a')])
  const { rows, targets } = await console_.ok(operator, 'syncPlanShow', {
    body: {
      images: [{ repository: 'sends/api', tags: ['v1'] }],
      targets: [{ region: hongkong, organization: 'not-there' }],
    },
  })
  expect(targets).toMatchObject([{ connection: null }])
  expect(targets[0]?.checks.find(({ code }) => code === 'organization')?.state).toBe('unknown')
  expect(rows[0]?.plans).toEqual(['not_visible'])
})

// The last: the key of the connection is refused from then on.
test('a job says that its key is refused, and not that SWR is busy', async () => {
  await organization('refused', [tag('v1', 'a')])
  await organization('refused', [], { region: europe })
  await console_.control('PUT', '/throttle', { access: demo.access, syncCalls: 0, retryAfterSeconds: 2 })
  const { id } = await start('refused', ['v1'])
  const waits = (by: string | null) =>
    vi.waitFor(
      async () => {
        const { job } = await console_.showSync(operator, id)
        expect(job.throttledUntil).not.toBeNull()
        expect(job.throttledBy).toBe(by)
      },
      { timeout: 20_000 },
    )
  await waits(null)
  await console_.control('PUT', '/keys', { access: demo.access, secret: 'another-secret-of-this-key' })
  await waits('swr_wrong_secret')
  // A longer pause that any request of the connection has met says nothing of the key.
  await notePause('default', { retryAfter: 3600 })
  await waits(null)
})
