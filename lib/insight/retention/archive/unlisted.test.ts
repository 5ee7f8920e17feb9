import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { demoEurope } from '../../../sandbox/demo'
import { field, textField } from '../../../sandbox/json-fields'
import type { TestMember } from '../../../testing/console'
import { dailyTags, registryId } from '../../../testing/held-retention'
import { type RetentionConsole, startRetentionConsole } from '../../../testing/retention-console'

/* An archive that no connection of the console can list: what SWR says of the copies is all that there is to go by. */

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

let console_: RetentionConsole
let admin: TestMember

beforeAll(async () => {
  console_ = await startRetentionConsole()
  admin = await console_.member('admin')
})
afterAll(() => console_.close())

const healthy = { id: registryId, name: 'archive', status: 'healthy' }

/** An instance of a project that no connection covers, and a registry that leads there. */
async function elsewhere(repositories: readonly object[] = []) {
  const { region, project } = demoEurope
  const content = { namespaces: [{ name: 'archive', repositories }] }
  const { id } = await console_.control<{ id: string }>('POST', '/instances', { project, content })
  const type = 'swr-pro-internal'
  return { id, registry: { ...healthy, type, project_id: project, region_id: region, instance_id: id } }
}

/** A run of a policy that keeps two images, after its copies were made in the archive behind a registry. */
async function runWith(registry: object, tags: readonly unknown[] = dailyTags(5)) {
  await console_.make({ repositories: [{ name: 'api', tags }], content: { registries: [registry] } })
  await console_.archive(admin)
  const before = await console_.held(console_.instanceId)
  const dry = await console_.arm(admin)
  const { id } = await console_.started(admin, dry.id)
  const run = await console_.endedRun(admin, id)
  const images = await console_.images(admin, id)
  return { id, run, before, images, gone: images.filter(({ ours }) => ours === 'delete') }
}

const restore = ({ id, gone }: Awaited<ReturnType<typeof runWith>>) =>
  console_.restored(
    admin,
    id,
    gone.map(({ index }) => index),
  )

test('the run starts when SWR has copied each image, and marks the copies as not seen', async () => {
  const { id: archive, registry } = await elsewhere()
  const { id, run, gone } = await runWith(registry)
  expect(run).toMatchObject({ state: 'done', copies: { done: 3, failed: 0, total: 3 }, deleted: { tags: 3 } })
  expect(gone.map(({ tags, copy }) => [tags, copy])).toEqual(['v3', 'v2', 'v1'].map((tag) => [[tag], 'unseen']))
  expect([...(await console_.held(archive)).keys()].toSorted()).toEqual(
    ['v1', 'v2', 'v3'].map((tag) => `archive/api:${tag}`),
  )
  // Nobody can see what stands there, so nothing of it is overwritten.
  const made = (await console_.received(console_.instanceId)).filter(
    ({ operation }) => operation === 'replicationCreate',
  )
  expect(made.map(({ body }) => field(body, 'override'))).toEqual([false])

  const params = { connection: 'default', instance_id: console_.instanceId }
  const { copies } = await console_.ok(admin, 'archiveCopyList', { params, query: {} })
  expect(copies.map(({ deletable }) => deletable)).toEqual([false, false, false])
  const { deleted, failed } = await console_.ok(admin, 'archiveCopyDelete', {
    params,
    body: { copies: [{ run: id, index: copies[0]?.index }] },
  })
  expect([deleted, failed.map(({ code }) => code)]).toEqual([0, ['job_unknown']])
  expect((await console_.held(archive)).size).toBe(3)
})

test('what comes back from there is verified here, by digest', async () => {
  const { registry } = await elsewhere()
  const done = await runWith(registry)
  expect((await restore(done)).restores).toEqual({ done: 3, failed: 0, waiting: 0 })
  expect(await console_.held(console_.instanceId)).toEqual(done.before)
  const images = await console_.images(admin, done.id, { filter: 'delete' })
  expect(images.map((image) => image.restore)).toEqual(['restored', 'restored', 'restored'])
})

describe('a registry of which nobody knows what it does', () => {
  const registry = { ...healthy, type: 'swr-pro', url: 'https://harbor.elsewhere.example.com' }

  test('gives nothing back, and the restore says so in SWR’s words', async () => {
    const done = await runWith(registry)
    expect(done.run).toMatchObject({ state: 'done', copies: { done: 3, total: 3 } })
    expect(done.gone.map(({ copy }) => copy)).toEqual(['unseen', 'unseen', 'unseen'])
    expect((await restore(done)).restores).toEqual({ done: 0, failed: 3, waiting: 0 })
    const images = await console_.images(admin, done.id, { filter: 'delete' })
    expect(images.map((image) => [image.restore, image.restoreText])).toEqual(
      images.map(() => ['failed', 'no resources need to be replicated']),
    )
    expect((await console_.held(console_.instanceId)).size).toBe(2)
  })

  test('refuses one tag: nothing is deleted', async () => {
    const { run, images } = await runWith(registry, [...dailyTags(3), 'fault-denied-1', 'v8', 'v9'].map(dated))
    expect(run).toMatchObject({ state: 'refused', block: 'copy_failed', copies: { failed: 1 } })
    const failed = images.filter(({ copy }) => copy === 'failed')
    expect(failed.map(({ tags, copyText }) => [tags, copyText])).toEqual([
      [['fault-denied-1'], expect.stringContaining('401 unauthorized')],
    ])
    expect((await console_.held(console_.instanceId)).size).toBe(6)
    expect(await console_.deletions()).toBe(0)
  })
})

test('another image that had the name there stays, and is not taken for the deleted one when it comes back', async () => {
  const other = { name: 'v1', digest: `sha256:${'f'.repeat(64)}` }
  const { id: archive, registry } = await elsewhere([{ name: 'api', tags: [other] }])
  const done = await runWith(registry)
  expect(done.gone.map(({ copy }) => copy)).toEqual(['unseen', 'unseen', 'unseen'])
  expect((await console_.held(archive)).get('archive/api:v1')).toBe(other.digest)
  expect((await restore(done)).restores).toEqual({ done: 2, failed: 1, waiting: 0 })
  const images = await console_.images(admin, done.id, { filter: 'delete' })
  expect(images.map(({ tags, restore: state, restoreText }) => [tags[0], state, restoreText])).toEqual([
    ['v3', 'restored', ''],
    ['v2', 'restored', ''],
    ['v1', 'failed', 'restore_other'],
  ])
})

const dated = (tag: unknown, at: number) => ({
  name: typeof tag === 'string' ? tag : textField(tag, 'name'),
  pushed: new Date(Date.UTC(2026, 0, 1 + at)).toISOString(),
})
