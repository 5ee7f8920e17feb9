import { and, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { jobs } from '../../../db/job-tables'
import { retentionImages } from '../../../db/retention-tables'
import type { TestMember } from '../../../testing/console'
import { dailyTags } from '../../../testing/held-retention'
import { type RetentionConsole, startRetentionConsole } from '../../../testing/retention-console'

/* Whose an image in the archive is, and when it may go. */

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

let console_: RetentionConsole
let admin: TestMember

beforeAll(async () => {
  console_ = await startRetentionConsole()
  admin = await console_.member('admin')
})
afterAll(() => console_.close())

const digest = `sha256:${'a'.repeat(64)}`
const old = { name: 'v0', digest, pushed: '2025-12-01T00:00:00Z' }
const params = () => ({ connection: 'default', instance_id: console_.instanceId })

/** A run that has copied and deleted; its copies by tag. */
async function copied(archived: readonly object[] = []) {
  await console_.make({ repositories: [{ name: 'api', tags: [old, ...dailyTags(3)] }], archived })
  await console_.archive(admin)
  const dry = await console_.arm(admin)
  const run = await console_.started(admin, dry.id)
  expect(await console_.endedRun(admin, run.id)).toMatchObject({ state: 'done', copies: { done: 2 } })
  const { copies } = await console_.ok(admin, 'archiveCopyList', { params: params(), query: {} })
  return new Map(copies.map((copy) => [copy.tags[0], copy]))
}

type Copies = Awaited<ReturnType<typeof copied>>
async function remove(copies: Copies, tag: string) {
  const { run, index } = copies.get(tag) ?? {}
  const body = { copies: [{ run, index }] }
  const { deleted, failed } = await console_.ok(admin, 'archiveCopyDelete', { params: params(), body })
  return { deleted, why: failed.map(({ code }) => code) }
}

test('what stood in the archive before is never offered for deletion, nor deleted', async () => {
  const copies = await copied([{ name: 'api', tags: [old] }])
  expect([copies.get('v0')?.deletable, copies.get('v1')?.deletable]).toEqual([false, true])
  expect(await remove(copies, 'v0')).toEqual({ deleted: 0, why: ['archive_not_ours'] })
  expect(await remove(copies, 'v1')).toEqual({ deleted: 1, why: [] })
  expect([...(await console_.held(console_.archiveId)).keys()]).toEqual(['archive/api:v0'])
})

test('a copy that runs somewhere, or is being brought back, stays', async () => {
  const copies = await copied()
  await console_.ok(admin, 'inUsePut', { params: { cluster: 'prod' }, body: { text: 'x.example/archive/api:v0' } })
  expect(await remove(copies, 'v0')).toEqual({ deleted: 0, why: ['retention_in_use'] })
  await console_.ok(admin, 'inUseDelete', { params: { cluster: 'prod' } })
  const { run = 0, index = 0 } = copies.get('v0') ?? {}
  const row = and(eq(retentionImages.job, run), eq(retentionImages.index, index))
  await console_.db.update(retentionImages).set({ restore: 'copying' }).where(row)
  expect(await remove(copies, 'v0')).toEqual({ deleted: 0, why: ['busy_here'] })
  await console_.db.update(retentionImages).set({ restore: 'none' }).where(row)
  expect(await remove(copies, 'v0')).toEqual({ deleted: 1, why: [] })
})

test('a name that another instance’s copy has in the same archive is not used for another image', async () => {
  const { run = 0 } = (await copied()).get('v0') ?? {}
  const other = { ...old, digest: `sha256:${'b'.repeat(64)}` }
  await console_.make({ repositories: [{ name: 'api', tags: [other, ...dailyTags(3)] }] })
  await console_.archive(admin)
  // As if the first instance's registry led to this archive.
  const endpoint = JSON.stringify({ endpoint: `instance/default/${console_.archiveId}` })
  await console_.db
    .update(jobs)
    .set({ data: sql`${jobs.data} || ${endpoint}::jsonb` })
    .where(eq(jobs.id, run))
  const dry = await console_.arm(admin)
  const second = await console_.started(admin, dry.id)
  expect(await console_.endedRun(admin, second.id)).toMatchObject({ state: 'refused', block: 'copy_failed' })
  const failed = await console_.images(admin, second.id, { filter: 'failed' })
  expect(failed.map(({ tags, copyText }) => [tags, copyText])).toEqual([[['v0'], 'archive_collision']])
  expect(await console_.deletions()).toBe(0)
})
