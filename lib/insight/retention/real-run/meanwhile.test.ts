import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { jobs } from '../../../db/job-tables'
import { retentionImages } from '../../../db/retention-tables'
import { users } from '../../../db/schema'
import { nextVersion, tellJob } from '../../../jobs/store'
import type { TestMember } from '../../../testing/console'
import { dailyTags, namespace, policyId, retentionRule } from '../../../testing/held-retention'
import { type RetentionConsole, standstill, startRetentionConsole } from '../../../testing/retention-console'
import { waitUntil } from '../../../testing/wait-until'

/* What happens between two steps of a real run. */

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

const api = { name: 'api', tags: dailyTags(6) }

/** A run that copies until it `goesOn`. */
async function copying(
  who = operator,
  { ceilingTags = null, confirmer }: { readonly ceilingTags?: number | null; readonly confirmer?: TestMember } = {},
): Promise<number> {
  await console_.make({ repositories: [api] })
  await console_.archive(admin, { ceilingTags })
  const dry = await console_.arm(operator)
  await console_.pace(standstill)
  const run = await console_.started(who, dry.id)
  if (confirmer) {
    const asked = { params: { retention_run_id: String(run.id) }, body: { confirm: namespace } }
    await console_.ok(confirmer, 'retentionRunConfirm', asked)
  }
  await console_.runWhen(operator, run.id, ({ state }) => state === 'copying')
  return run.id
}

/** The run as it ends, once its copies do. */
async function goesOn(run: number) {
  await console_.pace(0)
  return await console_.endedRun(operator, run)
}

async function untouched(): Promise<void> {
  expect(await console_.deletions()).toBe(0)
  const held = await console_.held(console_.instanceId)
  for (const { name } of api.tags) expect(held.has(`payments/api:${name}`)).toBe(true)
}

test('pushes during the copy that change too much refuse the run', async () => {
  const run = await copying()
  await console_.push('api', ['v7', 'v8'])
  expect(await goesOn(run)).toMatchObject({ state: 'refused', block: 'outdated' })
  await untouched()
})

test('what one push during the copy condemns is copied as well before it goes', async () => {
  const run = await copying()
  await console_.push('api', ['v7'])
  expect(await goesOn(run)).toMatchObject({
    state: 'done',
    copies: { done: 5, total: 5 },
    deleted: { tags: 5 },
  })
  const images = await console_.images(operator, run, { filter: 'delete' })
  expect(images.map(({ tags, copy }) => [tags, copy]).toSorted()).toEqual(
    ['v1', 'v2', 'v3', 'v4', 'v5'].map((tag) => [[tag], 'seen']),
  )
})

test('a doomed image that begins to run during the copy refuses the run', async () => {
  const run = await copying()
  await console_.ok(operator, 'inUsePut', { params: { cluster: 'prod' }, body: { text: 'x.example/payments/api:v3' } })
  expect(await goesOn(run)).toMatchObject({ state: 'refused', block: 'in_use' })
  await console_.ok(operator, 'inUseDelete', { params: { cluster: 'prod' } })
  await untouched()
})

test.each([
  ['an operator’s reason, where nothing ran', () => operator, ''],
  ['an admin’s consent, where nothing ran', () => admin, ''],
  ['an admin’s consent to another image', () => admin, 'x.example/payments/api:v2'],
])('%s does not cover an image that begins to run before the end', async (_, member, runs) => {
  await console_.make({ repositories: [api] })
  await console_.archive(admin)
  const put = (text: string) => console_.ok(operator, 'inUsePut', { params: { cluster: 'prod' }, body: { text } })
  if (runs) await put(runs)
  const dry = await console_.arm(operator)
  await console_.pace(standstill)
  const { status, body } = await console_.start(member(), dry.id, { acceptInUse: true }, 'it is being removed')
  expect(status, JSON.stringify(body)).toBe(200)
  await console_.runWhen(operator, body.run.id, ({ state }) => state === 'copying')
  await put(`${runs}\nx.example/payments/api:v3`)
  expect(await goesOn(body.run.id)).toMatchObject({ state: 'refused', block: 'in_use' })
  await console_.ok(operator, 'inUseDelete', { params: { cluster: 'prod' } })
  await untouched()
})

test('nobody changes or deletes a policy here while its run has not begun to delete', async () => {
  const run = await copying()
  const params = { instance_id: console_.instanceId, namespace_name: namespace, policy_id: String(policyId) }
  const { content_hash: ifMatch } = await (await console_.swr(admin, 'retentionShow', { params })).json()
  const body = {
    name: 'clean-up',
    algorithm: 'or',
    enabled: false,
    rules: [retentionRule(1)],
    trigger: { type: 'manual' },
  }
  for (const answer of [
    await console_.swr(admin, 'retentionUpdate', { params, body, ifMatch }),
    await console_.swr(admin, 'retentionDelete', { params, ifMatch }),
  ])
    expect([answer.status, (await answer.json()).code]).toEqual([409, 'retention_run_open'])
  expect(await goesOn(run)).toMatchObject({ state: 'done', deleted: { tags: 4 } })
  expect((await console_.swr(admin, 'retentionUpdate', { params, body, ifMatch })).status).toBe(200)
})

test('a run that was stopped saves no mark, and one that has begun is not stopped', async () => {
  const run = await copying()
  const params = { retention_run_id: String(run) }
  await console_.ok(operator, 'retentionRunCancel', { params })
  expect(await goesOn(run)).toMatchObject({ state: 'canceled' })
  const [row] = await console_.db.select({ data: jobs.data }).from(jobs).where(eq(jobs.id, run))
  expect(row?.data).toMatchObject({ mark: null, execution: null })
  await untouched()
})

test('whoever may no longer run policies has their run end where it stands, tidied up', async () => {
  const other = await console_.member('operator')
  const run = await copying(other)
  await console_.db.update(users).set({ role: 'viewer' }).where(eq(users.id, other.id))
  expect(await goesOn(run)).toMatchObject({
    state: 'canceled',
    stopped: { reason: 'right_lost', name: other.email },
  })
  await untouched()
  const left = await console_.swr(admin, 'replicationList', { params: { instance_id: console_.instanceId } })
  expect((await left.json()).policies).toEqual([])
})

test.each([
  ['is no admin any more', { role: 'operator' }],
  ['is disabled', { banned: true }],
])('a confirmer who %s stops the run before SWR is told', async (_, change) => {
  const second = await console_.member('admin')
  const run = await copying(operator, { ceilingTags: 1, confirmer: second })
  await console_.db.update(users).set(change).where(eq(users.id, second.id))
  expect(await goesOn(run)).toMatchObject({
    state: 'refused',
    block: 'above_ceiling',
    failure: 'retention_confirmer_gone',
    text: second.email,
  })
  await untouched()
})

test('a confirmer whose account is removed stops the run as well', async () => {
  const second = await console_.member('admin')
  const run = await copying(operator, { ceilingTags: 1, confirmer: second })
  await console_.db.delete(users).where(eq(users.id, second.id))
  expect(await goesOn(run)).toMatchObject({
    state: 'refused',
    failure: 'retention_confirmer_gone',
  })
  await untouched()
})

test('what an admin accepted is not accepted by who is none any more', async () => {
  const other = await console_.member('admin')
  await console_.make({ repositories: [api] })
  await console_.archive(admin)
  await console_.ok(operator, 'inUsePut', { params: { cluster: 'prod' }, body: { text: 'x.example/payments/api:v2' } })
  const dry = await console_.arm(operator)
  await console_.pace(standstill)
  const { body } = await console_.start(other, dry.id, { acceptInUse: true }, 'it is being removed')
  await console_.runWhen(operator, body.run.id, ({ state }) => state === 'copying')
  await console_.db.update(users).set({ role: 'operator' }).where(eq(users.id, other.id))
  expect(await goesOn(body.run.id)).toMatchObject({ state: 'refused', block: 'in_use' })
  await console_.ok(operator, 'inUseDelete', { params: { cluster: 'prod' } })
  await untouched()
})

test('killed between its mark and the request, a run ends as unknown and tells SWR nothing', async () => {
  await console_.make({ repositories: [api] })
  await console_.limit(admin, { ceilingTags: 1 })
  const dry = await console_.arm(operator)
  const { id } = await console_.started(operator, dry.id, { withoutCopy: true })
  await console_.runWhen(operator, id, ({ state }) => state === 'waiting')
  // As a console leaves it that dies right after it has saved the mark.
  const begun = JSON.stringify({ state: 'deleting', mark: { at: new Date().toISOString(), before: dry.execution } })
  await waitUntil(async () => {
    const [row] = await console_.db.select({ holder: jobs.holder }).from(jobs).where(eq(jobs.id, id))
    expect(row?.holder).toBe('')
  })
  await console_.db
    .update(jobs)
    .set({ data: sql`${jobs.data} || ${begun}::jsonb` })
    .where(eq(jobs.id, id))
  await nextVersion(console_.db, id)
  tellJob(id)
  expect(
    await console_.call(operator, 'retentionRunCancel', { params: { retention_run_id: String(id) } }),
  ).toMatchObject({ status: 409, body: { code: 'retention_run_begun' } })
  expect(await console_.endedRun(operator, id)).toMatchObject({ state: 'unknown', execution: null })
  await untouched()
})

test('a run of SWR that hangs is told as such, with what it has deleted so far', async () => {
  await console_.make({ repositories: [api] })
  const dry = await console_.arm(operator)
  await console_.pace(standstill)
  const run = await console_.started(operator, dry.id, { withoutCopy: true })
  expect(await console_.endedRun(operator, run.id)).toMatchObject({
    state: 'failed',
    failure: 'retention_hanging',
    deleted: { images: 0 },
  })
})

test('what SWR did not delete is told, where it names every image', async () => {
  await console_.make({
    repositories: [
      { name: 'api', tags: [...dailyTags(2), { name: 'fault-protected', pushed: '2025-12-01T00:00:00Z' }, 'v8', 'v9'] },
    ],
    content: {
      immutableRules: [
        {
          id: 1,
          namespace_id: 1,
          namespace_name: namespace,
          priority: 0,
          disabled: false,
          action: 'immutable',
          template: 'immutable_template',
          tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: 'v1' }],
          scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
        },
      ],
    },
  })
  await console_.control('PUT', '/retention', { instance: console_.instanceId, subtasks: 'all' })
  const dry = await console_.arm(operator)
  expect(dry.totals).toMatchObject({ delete: { tags: 2 }, keep: { tags: 3 }, differences: 0 })
  const run = await console_.started(operator, dry.id, { withoutCopy: true })
  expect(await console_.endedRun(operator, run.id)).toMatchObject({ state: 'done', planned: { tags: 2 } })
  const held = await console_.held(console_.instanceId)
  expect(['v1', 'v2', 'fault-protected'].map((tag) => held.has(`payments/api:${tag}`))).toEqual([true, false, true])
  const images = await console_.images(operator, run.id)
  expect(images.map(({ tags, swr }) => [...tags, swr]).toSorted()).toEqual([
    ['fault-protected', 'error'],
    ['v2', 'delete'],
  ])
})

test('what a run of unknown outcome may have deleted can be brought back, and nothing of one that never began', async () => {
  const run = await copying()
  await console_.ok(operator, 'retentionRunCancel', { params: { retention_run_id: String(run) } })
  await goesOn(run)
  const images = (await console_.images(operator, run)).map(({ index }) => index)
  const copied = { state: 'unknown', mark: { at: new Date().toISOString(), before: 0 } }
  await console_.db.update(retentionImages).set({ copy: 'seen' }).where(eq(retentionImages.job, run))
  const restore = () =>
    console_.call(operator, 'retentionRestoreStart', { params: { retention_run_id: String(run) }, body: { images } })
  expect(await restore()).toMatchObject({ status: 409, body: { code: 'restore_nothing' } })
  await console_.db
    .update(jobs)
    .set({ data: sql`${jobs.data} || ${JSON.stringify(copied)}::jsonb` })
    .where(eq(jobs.id, run))
  expect(await restore()).toMatchObject({ status: 200 })
  // SWR deleted nothing: each stands where it stood.
  const back = await console_.runWhen(operator, run, ({ restores }) => restores.waiting === 0)
  expect(back.restores).toMatchObject({ done: 4, failed: 0 })
})

test('a tag that somebody has pushed anew since is not overwritten by a restore', async () => {
  await console_.make({ repositories: [api] })
  await console_.archive(admin)
  const dry = await console_.arm(operator)
  const run = await console_.started(operator, dry.id)
  await console_.endedRun(operator, run.id)
  await console_.push('api', ['v1'])
  const pushed = (await console_.held(console_.instanceId)).get('payments/api:v1')
  const images = await console_.images(operator, run.id, { filter: 'delete' })
  const ended = await console_.restored(
    operator,
    run.id,
    images.map(({ index }) => index),
  )
  expect(ended.restores).toEqual({ done: 3, failed: 1, waiting: 0 })
  const failed = await console_.images(operator, run.id, { filter: 'failed' })
  expect(failed.map(({ tags, restoreText }) => [tags, restoreText])).toEqual([[['v1'], 'tag_taken']])
  expect((await console_.held(console_.instanceId)).get('payments/api:v1')).toBe(pushed)
})
