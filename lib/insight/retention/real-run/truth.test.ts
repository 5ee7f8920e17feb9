import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { jobs } from '../../../db/job-tables'
import { wake } from '../../../jobs/runner'
import { insertJob, showJob } from '../../../jobs/store'
import type { TestMember } from '../../../testing/console'
import { dailyTags, namespace } from '../../../testing/held-retention'
import { testJob, testKind } from '../../../testing/jobs'
import { type RetentionConsole, startRetentionConsole } from '../../../testing/retention-console'
import { waitUntil } from '../../../testing/wait-until'
import { runType, watchType } from '../job-types'

/* What a run is said to have kept, deleted or left unknown, whatever SWR lists, and whenever. */

// Each waits for runs of the sandbox, at the pace at which the console looks.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

let console_: RetentionConsole
let admin: TestMember
let operator: TestMember

beforeAll(async () => {
  console_ = await startRetentionConsole()
  admin = await console_.member('admin')
  operator = await console_.member('operator')
})
afterAll(() => console_.close())

/** Whether SWR's runs of retention hang. */
const standstill = (isOn: boolean) =>
  console_.control('PUT', '/retention', { instance: console_.instanceId, standstill: isOn })
const digest = (letter: string) => `sha256:${letter.repeat(64)}`
const tag = (name: string, letter: string, day: number) => ({
  name,
  digest: digest(letter),
  pushed: new Date(Date.UTC(2026, 0, day)).toISOString(),
})

/** A run of which SWR was told, and which does not move there: its execution. */
async function begun(more: object = {}): Promise<{ id: number; execution: number }> {
  const dry = await console_.arm(operator)
  await standstill(true)
  const { id } = await console_.started(operator, dry.id, more)
  const { execution } = await console_.runWhen(operator, id, (run) => run.execution !== null)
  if (execution === null) throw new Error('SWR was not told')
  return { id, execution }
}

/** Of each copy in the archive, whether it may be deleted there. */
async function deletable(): Promise<boolean[]> {
  const params = { connection: 'default', instance_id: console_.instanceId }
  return (await console_.ok(admin, 'archiveCopyList', { params })).copies.map((copy) => copy.deletable)
}

const said = async (id: number) =>
  Object.fromEntries((await console_.images(operator, id)).map(({ tags, swr, copy }) => [tags.join(), [swr, copy]]))

test('while SWR hangs nothing is said to be kept; when it has gone on, what it deleted is told and comes back', async () => {
  await console_.make({ repositories: [{ name: 'api', tags: dailyTags(6) }] })
  await console_.archive(admin)
  const before = await console_.held(console_.instanceId)
  const { id } = await begun()
  const hanging = await console_.endedRun(operator, id)
  expect(hanging).toMatchObject({
    state: 'failed',
    failure: 'retention_hanging',
    deleted: { images: 0 },
    left: { kept: { images: 0 }, failed: { images: 0 }, unknown: { images: 4 } },
  })
  const params = { retention_run_id: String(id) }
  const list = await console_.ok(operator, 'retentionRunImageList', { params, query: { filter: 'unknown' } })
  expect(list.restorable).toBe(4)
  // SWR may yet delete what they are copies of.
  expect(await deletable()).toEqual([false, false, false, false])
  const copies = list.rows.map(({ index }) => ({ run: id, index }))
  const asked = { params: { connection: 'default', instance_id: console_.instanceId }, body: { copies } }
  const { deleted, failed } = await console_.ok(admin, 'archiveCopyDelete', asked)
  expect([deleted, failed.map(({ code }) => code)]).toEqual([0, Array(4).fill('busy_here')])

  await standstill(false)
  const ended = await console_.runWhen(operator, id, ({ state }) => state === 'done')
  expect(ended).toMatchObject({
    failure: null,
    deleted: { images: 4, tags: 4 },
    left: { kept: { images: 0 }, unknown: { images: 0 } },
  })
  // SWR has ended it now: a dry run from before that opens nothing any more.
  expect(ended.endedAt && hanging.endedAt && ended.endedAt > hanging.endedAt).toBe(true)
  const back = await console_.restored(
    operator,
    id,
    list.rows.map(({ index }) => index),
  )
  expect(back.restores).toMatchObject({ done: 4, failed: 0 })
  expect(await console_.held(console_.instanceId)).toEqual(before)
  await waitUntil(async () => expect(await deletable()).toEqual([true, true, true, true]))
})

test('what was brought back while SWR hung, and went again, can be brought back again', async () => {
  await console_.make({ repositories: [{ name: 'api', tags: dailyTags(3) }] })
  await console_.archive(admin)
  const { id } = await begun()
  await console_.endedRun(operator, id)
  // It is still there, and so it counts as back.
  expect((await console_.restored(operator, id, [0])).restores).toMatchObject({ done: 1 })
  await standstill(false)
  await console_.runWhen(operator, id, ({ state }) => state === 'done')
  expect((await console_.held(console_.instanceId)).has('payments/api:v1')).toBe(false)
  expect((await console_.restored(operator, id, [0])).restores).toMatchObject({ done: 1, failed: 0 })
  expect((await console_.held(console_.instanceId)).has('payments/api:v1')).toBe(true)
})

test('a list that is cut says of no image that it was kept, however many tags another one has', async () => {
  const many = ['a1', 'a2', 'a3'].map((name) => tag(name, 'a', 1))
  await console_.make({
    repositories: [{ name: 'api', tags: [...many, tag('b1', 'b', 2), tag('v3', 'c', 3), tag('v4', 'd', 4)] }],
  })
  const { id, execution } = await begun({ withoutCopy: true })
  const row = { id: 900_001, execution_id: execution, repository: 'api', status: 'Succeed', total: 4, retained: 2 }
  const named = many.map(({ name }, at) => {
    return {
      id: at + 1,
      namespace,
      repository: 'api',
      tag: name,
      digest: digest('a'),
      action: 'DEL',
      status: 'Succeed',
    }
  })
  const rows = { retentionTasks: { [execution]: [row] }, retentionSubtasks: { 900001: named } }
  await console_.control('PUT', '/rows', { instance: console_.instanceId, ...rows })
  await standstill(false)
  expect(await console_.runWhen(operator, id, ({ state }) => state === 'done')).toMatchObject({
    failure: 'retention_cut',
    deleted: { images: 1, tags: 3 },
    left: { kept: { images: 0 }, unknown: { images: 1 } },
  })
  expect((await console_.held(console_.instanceId)).has('payments/api:b1')).toBe(false)
  expect(await said(id)).toMatchObject({ b1: ['unknown', 'none'] })
})

test('what SWR counts as kept and does not stand there afterwards is not said to be', async () => {
  await console_.make({ repositories: [{ name: 'api', tags: dailyTags(4) }] })
  const { id, execution } = await begun({ withoutCopy: true })
  // Whole, as far as anybody can count.
  const row = { id: 900_001, execution_id: execution, repository: 'api', status: 'Succeed', total: 4, retained: 4 }
  const rows = { retentionTasks: { [execution]: [row] }, retentionSubtasks: { 900001: [] } }
  await console_.control('PUT', '/rows', { instance: console_.instanceId, ...rows })
  await standstill(false)
  await console_.runWhen(operator, id, ({ state }) => state === 'done')
  expect(await said(id)).toEqual({ v1: ['unknown', 'none'], v2: ['unknown', 'none'] })
})

test("words of SWR's that no database takes end a run that hung all the same", async () => {
  await console_.make({ repositories: [{ name: 'api', tags: dailyTags(3) }] })
  const { id, execution } = await begun({ withoutCopy: true })
  expect(await console_.endedRun(operator, id)).toMatchObject({ failure: 'retention_hanging' })
  const row = { id: 900_001, execution_id: execution, repository: 'api', status: 'Succeed', total: 3, retained: 2 }
  const named = {
    id: 1,
    namespace,
    repository: 'api',
    tag: 'v1',
    digest: digest('a'),
    action: 'DEL',
    status: 'Failed',
    status_text: 'half \ud800, none \0',
  }
  const rows = { retentionTasks: { [execution]: [row] }, retentionSubtasks: { 900001: [named] } }
  await console_.control('PUT', '/rows', { instance: console_.instanceId, ...rows })
  await standstill(false)
  const ended = await console_.runWhen(operator, id, ({ state }) => state === 'done')
  expect(ended.text).toBe('half \ufffd, none \ufffd')
})

test('nobody looks for ever at a run that cannot be read', async () => {
  const { db } = console_
  const run = await testJob(db, { ...testKind(), kind: runType.kind })
  const { connection, actorId, actorName, role } = run
  const watch = await insertJob(db, watchType, {
    connection,
    actorId,
    actorName,
    role,
    size: 1,
    data: { run: run.id },
  })
  await db
    .update(jobs)
    .set({ at: sql`now() - interval '8 days'`, until: sql`now() - interval '1 second'` })
    .where(eq(jobs.id, watch.id))
  wake()
  await waitUntil(async () => expect((await showJob(db, watchType, watch.id))?.endedAt).toBeInstanceOf(Date))
})

test('an execution that SWR shows late is waited for', async () => {
  const patient = await startRetentionConsole({ hangMinutes: 1 })
  try {
    const member = await patient.member('admin')
    await patient.make({ repositories: [{ name: 'api', tags: dailyTags(3) }] })
    const dry = await patient.arm(member)
    await patient.control('PUT', '/retention', { instance: patient.instanceId, listedAfter: 4 })
    const { id } = await patient.started(member, dry.id, { withoutCopy: true })
    expect(await patient.endedRun(member, id)).toMatchObject({ state: 'done', failure: null, deleted: { images: 1 } })
  } finally {
    await patient.close()
  }
})
