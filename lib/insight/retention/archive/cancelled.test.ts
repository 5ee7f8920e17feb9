import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ProblemError } from '../../../contract/problem'
import { users } from '../../../db/schema'
import { toRequest } from '../../../policy/retention/request'
import type { TestMember } from '../../../testing/console'
import { dailyTags } from '../../../testing/held-retention'
import { type RetentionConsole, startRetentionConsole } from '../../../testing/retention-console'

/* Copies of a run that ended before it had made all of them. */

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

const archive = vi.hoisted(() => ({ isDown: false }))
vi.mock('./side', async (importOriginal) => {
  const side = await importOriginal<typeof import('./side')>()
  const imagesAt: typeof side.imagesAt = (...asked) =>
    archive.isDown
      ? Promise.reject(new ProblemError({ status: 502, code: 'swr_unreachable' }))
      : side.imagesAt(...asked)
  return { ...side, imagesAt }
})

let console_: RetentionConsole
let admin: TestMember

beforeAll(async () => {
  console_ = await startRetentionConsole()
  admin = await console_.member('admin')
})
afterAll(() => console_.close())

const params = () => ({ connection: 'default', instance_id: console_.instanceId })
const pace = (secondsPerTask: number) =>
  console_.control('PUT', '/pace', { instance: console_.instanceId, secondsPerTask })
const archived = async () => new Set((await console_.held(console_.archiveId)).keys())

/** What the console says that it has in the archive, by its name there. */
async function copies() {
  const list = await console_.ok(admin, 'archiveCopyList', { params: params(), query: { limit: '100' } })
  expect(list.total).toBe(list.copies.length)
  return new Map(list.copies.map((copy) => [`${copy.place}:${copy.tags[0]}`, copy]))
}

const repositories = ['api', 'web', 'a', 'b'].map((name) => ({ name, tags: dailyTags(4) }))
const all = 4 * 2

/** A run of which some copies are in the archive, and others are not. */
async function halfCopied(who: TestMember): Promise<number> {
  await console_.make({ repositories })
  await console_.archive(admin)
  const dry = await console_.arm(admin)
  await pace(2)
  const { id } = await console_.started(who, dry.id)
  await vi.waitFor(async () => expect((await archived()).size).toBeGreaterThan(0), { timeout: 30_000, interval: 20 })
  return id
}

const removeAll = async (some: Awaited<ReturnType<typeof copies>>) => {
  const body = { copies: [...some.values()].map(({ run, index }) => ({ run, index })) }
  return await console_.ok(admin, 'archiveCopyDelete', { params: params(), body })
}

test('copies of a cancelled run are listed and counted, and can be deleted', async () => {
  const id = await halfCopied(admin)
  await console_.ok(admin, 'retentionRunCancel', { params: { retention_run_id: String(id) } })
  const ended = await console_.endedRun(admin, id)
  const there = await archived()
  expect(there.size).toBeGreaterThan(0)
  expect(ended).toMatchObject({ state: 'canceled', copies: { done: there.size, failed: 0, total: all } })
  const listed = await copies()
  expect(new Set(listed.keys())).toEqual(there)
  expect([...listed.values()].every(({ deletable }) => deletable)).toBe(true)
  expect(await removeAll(listed)).toEqual({ deleted: there.size, failed: [] })
  expect((await archived()).size).toBe(0)
  expect(await console_.deletions()).toBe(0)
})

test('the next run takes them for the console’s own: each of its copies can be deleted', async () => {
  const other = await console_.member('operator')
  const id = await halfCopied(other)
  await console_.db.update(users).set({ role: 'viewer' }).where(eq(users.id, other.id))
  expect(await console_.endedRun(admin, id)).toMatchObject({ state: 'canceled', stopped: { reason: 'right_lost' } })
  const there = await archived()
  expect(new Set((await copies()).keys())).toEqual(there)
  await pace(0)
  const dry = await console_.arm(admin)
  const next = await console_.started(admin, dry.id)
  expect(await console_.endedRun(admin, next.id)).toMatchObject({ state: 'done', copies: { done: all, total: all } })
  const listed = await copies()
  expect(listed.size).toBe(all)
  expect([...listed.values()].filter(({ deletable }) => !deletable)).toEqual([])
  expect((await removeAll(listed)).deleted).toBe(all)
  expect((await archived()).size).toBe(0)
})

test('an archive that is down locks nobody out after a cancelled run, whose copies are told of once it is up', async () => {
  const id = await halfCopied(admin)
  archive.isDown = true
  try {
    await console_.ok(admin, 'retentionRunCancel', { params: { retention_run_id: String(id) } })
    const canceled = await console_.runWhen(admin, id, ({ state }) => state === 'canceled')
    expect(canceled.endedAt).toBeNull()
    const lock = await console_.ok(admin, 'retentionLockShow')
    expect(lock).toMatchObject({ state: 'armed', run: null })
    const policy = await (await console_.swr(admin, 'retentionShow', { params: console_.place })).json()
    const body = { ...toRequest(policy), name: 'renamed' }
    const asked = { params: console_.place, body, ifMatch: policy.content_hash }
    expect((await console_.swr(admin, 'retentionUpdate', asked)).status).toBe(200)
    expect((await console_.start(admin, lock.dryRun?.id ?? 0)).status).toBe(200)
    expect((await console_.showRun(admin, id)).run.endedAt).toBeNull()
  } finally {
    archive.isDown = false
  }
  const { copies: done } = await console_.endedRun(admin, id)
  expect(done.done).toBeGreaterThan(0)
})
