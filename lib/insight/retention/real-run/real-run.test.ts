import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { TestMember } from '../../../testing/console'
import { databases } from '../../../testing/database'
import { dailyTags, namespace } from '../../../testing/held-retention'
import { type RetentionConsole, startRetentionConsole } from '../../../testing/retention-console'

// Each waits for runs of the sandbox, at the pace at which the console looks.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

const api = (tags = 6) => ({ name: 'api', tags: dailyTags(tags) })

describe.each(databases())('a real run on $name', ({ open }) => {
  let console_: RetentionConsole
  let admin: TestMember
  let second: TestMember
  let operator: TestMember
  let viewer: TestMember

  beforeAll(async () => {
    console_ = await startRetentionConsole({ opening: open() })
    admin = await console_.member('admin')
    second = await console_.member('admin')
    operator = await console_.member('operator')
    viewer = await console_.member('viewer')
  })
  afterAll(() => console_.close())

  test('is refused without, done with, a finished dry run that somebody has opened', async () => {
    await console_.make({ repositories: [api()] })
    expect(await console_.ok(viewer, 'retentionLockShow')).toMatchObject({ state: 'locked', because: 'no_dry_run' })
    const dry = await console_.dryRun(operator)
    expect(dry).toMatchObject({ state: 'done', totals: { delete: { tags: 4 }, keep: { tags: 2 }, differences: 0 } })
    expect(await console_.ok(viewer, 'retentionLockShow')).toMatchObject({
      because: 'not_seen',
      dryRun: { id: dry.id },
    })
    expect(await console_.start(operator, dry.id, { withoutCopy: true })).toMatchObject({
      status: 409,
      body: { code: 'retention_not_armed' },
    })
    const seen = await console_.ok(viewer, 'retentionDryRunSee', { params: { dry_run_id: String(dry.id) } })
    expect(seen.dryRun.seen?.name).toBe(viewer.email)
    const again = await console_.ok(admin, 'retentionDryRunSee', { params: { dry_run_id: String(dry.id) } })
    expect(again.dryRun.seen?.name).toBe(viewer.email)
    expect(await console_.ok(viewer, 'retentionLockShow')).toMatchObject({ state: 'armed', because: null })

    expect(await console_.call(viewer, 'retentionRunStart', { body: {} })).toMatchObject({ status: 403 })
    expect(await console_.start(operator, dry.id, { confirm: 'Payments', withoutCopy: true })).toMatchObject({
      status: 422,
      body: { fields: { 'body.confirm': 'not_the_name' } },
    })
    expect(await console_.start(operator, dry.id)).toMatchObject({
      status: 422,
      body: { fields: { 'body.withoutCopy': 'without_copy' } },
    })
    expect(await console_.deletions()).toBe(0)

    const run = await console_.started(operator, dry.id, { withoutCopy: true })
    expect(await console_.endedRun(operator, run.id)).toMatchObject({
      state: 'done',
      failure: null,
      planned: { tags: 4 },
      deleted: { images: 4, tags: 4 },
    })
    expect([...(await console_.held(console_.instanceId)).keys()].sort()).toEqual([
      'payments/api:v5',
      'payments/api:v6',
    ])
    expect(await console_.deletions()).toBe(1)
    const entries = await console_.entries({ instance: console_.instanceId })
    expect(entries.filter(({ outcome }) => outcome === 'done').map(({ operation }) => operation)).toEqual([
      'retentionDryRunStart',
      'retentionExecutionStart',
      'retentionDryRunSee',
      'retentionDryRunSee',
      'retentionRunStart',
      'retentionExecutionStart',
    ])
    expect(entries.every(({ kind }) => kind === 'retention')).toBe(true)
  })

  test('is refused when pushes have changed the outcome by more than the set share, and deletes nothing', async () => {
    await console_.make({ repositories: [api()] })
    const dry = await console_.arm(operator)
    await console_.push('api', ['v7', 'v8'])
    const run = await console_.started(operator, dry.id, { withoutCopy: true })
    expect(await console_.endedRun(operator, run.id)).toMatchObject({ state: 'refused', block: 'outdated' })
    expect((await console_.held(console_.instanceId)).size).toBe(8)
    expect(await console_.deletions()).toBe(0)
  })

  test('goes on when one tag more would go', async () => {
    await console_.make({ repositories: [api()] })
    const dry = await console_.arm(operator)
    await console_.push('api', ['v7'])
    const run = await console_.started(operator, dry.id, { withoutCopy: true })
    expect(await console_.endedRun(operator, run.id)).toMatchObject({ state: 'done', deleted: { tags: 5 } })
  })

  test('copies what it deletes, and brings it back with equal digests', async () => {
    await console_.make({ repositories: [api(), { name: 'team/worker', tags: dailyTags(3, 'w') }] })
    await console_.archive(admin)
    const before = await console_.held(console_.instanceId)
    const dry = await console_.arm(operator)
    const run = await console_.started(operator, dry.id)
    expect(await console_.endedRun(operator, run.id)).toMatchObject({
      state: 'done',
      deleted: { tags: 5 },
      copies: { done: 5, failed: 0, total: 5 },
    })
    const images = await console_.images(operator, run.id, { filter: 'delete' })
    expect(images.map(({ copy }) => copy)).toEqual(images.map(() => 'seen'))
    const wanted = images.filter(({ tags }) => ['v1', 'v2', 'w1'].includes(tags[0] ?? ''))
    const back = await console_.restored(
      operator,
      run.id,
      wanted.map(({ index }) => index),
    )
    expect(back.restores, JSON.stringify(await console_.images(operator, run.id))).toEqual({
      done: 3,
      failed: 0,
      waiting: 0,
    })
    const after = await console_.held(console_.instanceId)
    for (const name of ['payments/api:v1', 'payments/api:v2', 'payments/team/worker:w1'])
      expect(after.get(name)).toBe(before.get(name))
    expect(after.size).toBe(7)
    // Nothing that was made to copy is left.
    const left = await console_.swr(admin, 'replicationList', { params: { instance_id: console_.instanceId } })
    expect((await left.json()).policies).toEqual([])

    const params = { connection: 'default', instance_id: console_.instanceId }
    const list = await console_.ok(viewer, 'archiveCopyList', { params, query: {} })
    expect(list).toMatchObject({ total: 5, overdue: 0 })
    expect(list.copies.every(({ deletable }) => deletable)).toBe(true)
    const [first] = list.copies
    const gone = {
      copies: [
        { run: run.id, index: first?.index },
        { run: run.id, index: 400 },
      ],
    }
    const removed = await console_.ok(admin, 'archiveCopyDelete', { params, body: gone })
    expect(removed).toMatchObject({ deleted: 1, failed: [{ index: 400, code: 'job_unknown', text: '' }] })
    expect((await console_.ok(viewer, 'archiveCopyList', { params, query: {} })).total).toBe(4)
    expect((await console_.held(console_.archiveId)).size).toBe(4)
  })

  test('deletes nothing when the archive refuses one tag', async () => {
    await console_.make({ repositories: [{ name: 'api', tags: [...dailyTags(3), 'fault-denied', 'v8', 'v9'] }] })
    await console_.archive(admin)
    const dry = await console_.arm(operator)
    const run = await console_.started(operator, dry.id)
    const ended = await console_.endedRun(operator, run.id)
    expect(ended).toMatchObject({ state: 'refused', block: 'copy_failed' })
    expect(ended.copies.failed).toBe(1)
    expect((await console_.showRun(operator, run.id)).failures).toMatchObject([
      { act: 'copy', cause: 'credential', images: 1, repositories: ['payments/api'], repositoryCount: 1 },
    ])
    expect((await console_.held(console_.instanceId)).size).toBe(6)
    expect(await console_.deletions()).toBe(0)
  })

  test('never overwrites what the archive holds under the name of a copy', async () => {
    await console_.make({ repositories: [api()], archived: [{ name: 'api', tags: ['v1'] }] })
    await console_.archive(admin)
    const before = await console_.held(console_.archiveId)
    const dry = await console_.arm(operator)
    const run = await console_.started(operator, dry.id)
    expect(await console_.endedRun(operator, run.id)).toMatchObject({ state: 'refused', block: 'copy_failed' })
    const failed = await console_.images(operator, run.id, { filter: 'failed' })
    expect(failed.map(({ tags, copyText }) => [tags, copyText])).toEqual([[['v1'], 'archive_taken']])
    expect((await console_.showRun(operator, run.id)).failures).toMatchObject([{ act: 'copy', text: 'archive_taken' }])
    expect(await console_.held(console_.archiveId)).toEqual(before)
  })

  test('waits above the ceiling until another admin confirms', async () => {
    await console_.make({ repositories: [api()] })
    await console_.limit(admin, { ceilingTags: 3 })
    const dry = await console_.arm(operator)
    expect(await console_.ok(operator, 'retentionLockShow')).toMatchObject({ aboveCeiling: true, ceiling: { tags: 3 } })
    const run = await console_.started(admin, dry.id, { withoutCopy: true })
    expect(run).toMatchObject({ state: 'waiting', aboveCeiling: true })
    const params = { retention_run_id: String(run.id) }
    const body = { confirm: namespace }
    expect(await console_.call(admin, 'retentionRunConfirm', { params, body })).toMatchObject({
      status: 409,
      body: { code: 'retention_same_person' },
    })
    expect(await console_.call(operator, 'retentionRunConfirm', { params, body })).toMatchObject({ status: 403 })
    expect(await console_.start(second, dry.id, { withoutCopy: true })).toMatchObject({
      body: { code: 'retention_run_open' },
    })
    expect(await console_.deletions()).toBe(0)
    const confirmed = await console_.ok(second, 'retentionRunConfirm', { params, body })
    expect(confirmed.run.confirmed?.name).toBe(second.email)
    expect(await console_.endedRun(operator, run.id)).toMatchObject({ state: 'done', deleted: { tags: 4 } })
  })

  test('is canceled while it waits, and not once SWR was told', async () => {
    await console_.make({ repositories: [api()] })
    await console_.limit(admin, { ceilingShare: 0.5 })
    const dry = await console_.arm(operator)
    const run = await console_.started(operator, dry.id, { withoutCopy: true })
    const params = { retention_run_id: String(run.id) }
    await console_.ok(operator, 'retentionRunCancel', { params })
    expect(await console_.endedRun(operator, run.id)).toMatchObject({
      state: 'canceled',
      stopped: { reason: 'cancelled', name: operator.email },
    })
    expect(await console_.call(second, 'retentionRunConfirm', { params, body: { confirm: namespace } })).toMatchObject({
      body: { code: 'retention_not_waiting' },
    })
    expect(await console_.deletions()).toBe(0)
  })

  test('stays locked while a doomed image runs somewhere, unless an admin says why', async () => {
    await console_.make({ repositories: [api()] })
    const put = (text: string) =>
      console_.ok(operator, 'inUsePut', { params: { cluster: 'prod' }, body: { text, hours: 1 } })
    await put('registry.example.com/payments/api:v2\n')
    const dry = await console_.arm(operator)
    expect(await console_.ok(operator, 'retentionLockShow')).toMatchObject({
      inUse: { images: 1, examples: ['payments/api:v2'], clusters: ['prod'], old: [] },
    })
    const accept = { withoutCopy: true, acceptInUse: true }
    for (const tried of [
      await console_.start(operator, dry.id, { withoutCopy: true }),
      await console_.start(operator, dry.id, accept, 'because'),
      await console_.start(admin, dry.id, accept),
    ])
      expect(tried).toMatchObject({ status: 409, body: { code: 'retention_in_use' } })
    const { status, body } = await console_.start(admin, dry.id, accept, 'the pod is being removed')
    expect(status).toBe(200)
    expect(await console_.endedRun(admin, body.run.id)).toMatchObject({ state: 'done', deleted: { tags: 4 } })
    await console_.ok(operator, 'inUseDelete', { params: { cluster: 'prod' } })
  })

  test('untagged images, which no policy can copy, go only when that was accepted', async () => {
    await console_.make({
      repositories: [{ name: 'api', tags: dailyTags(4), untagged: [{ pushed: '2025-12-01T00:00:00Z' }] }],
    })
    await console_.archive(admin)
    const dry = await console_.arm(operator)
    expect(await console_.start(operator, dry.id)).toMatchObject({
      status: 422,
      body: { fields: { 'body.withoutCopy': 'without_copy' } },
    })
    const run = await console_.started(operator, dry.id, { withoutCopy: true })
    expect(await console_.endedRun(operator, run.id)).toMatchObject({
      state: 'done',
      deleted: { images: 3, tags: 2 },
      copies: { done: 2, total: 2 },
    })
  })

  test('a dry run that hangs, or is of a list that is cut, leaves the lock closed and says why', async () => {
    await console_.make({ repositories: [api(), { name: 'fault-hangs', tags: ['v1'] }] })
    expect(await console_.dryRun(operator)).toMatchObject({ state: 'failed', failure: 'hanging' })
    expect(await console_.ok(operator, 'retentionLockShow')).toMatchObject({
      state: 'locked',
      because: 'dry_run_failed',
    })
    await console_.make({ repositories: [api(), { name: 'fault-whole', tags: ['v1'] }] })
    expect(await console_.dryRun(operator)).toMatchObject({ state: 'failed', failure: 'swr_failed' })
  })

  test('a Basic Edition registry, or a namespace that is not there, is no archive', async () => {
    await console_.make({ repositories: [api()] })
    const { content_hash: ifMatch } = await console_.ok(admin, 'retentionSettingsShow')
    const archive = (registry: number, name: string) =>
      console_.call(admin, 'retentionSettingsUpdate', {
        ifMatch,
        body: {
          dryRunHours: 24,
          outdatedShare: 0.05,
          ceilingTags: null,
          ceilingShare: null,
          inUseHours: 24,
          archive: { registry, namespace: name, days: 30 },
        },
      })
    for (const [registry, name, field, code] of [
      [4, 'archive', 'registry', 'archive_registry'],
      [99, 'archive', 'registry', 'archive_registry'],
      [3, 'nowhere', 'namespace', 'archive_namespace'],
    ] as const)
      expect(await archive(registry, name)).toMatchObject({
        status: 422,
        body: { code: 'archive_unusable', fields: { [`body.archive.${field}`]: code } },
      })
    expect((await archive(3, 'archive')).status).toBe(200)
  })

  test('executions are told as SWR tells them, with the job beside them', async () => {
    await console_.make({ repositories: [api()] })
    const dry = await console_.arm(operator)
    const history = await console_.ok(viewer, 'retentionHistoryList')
    expect(history).toMatchObject({
      total: 1,
      rows: [{ dryRun: true, job: { kind: 'dry_run', id: dry.id, actorName: operator.email } }],
    })
    const params = { execution_id: String(history.rows[0]?.execution) }
    const shown = await console_.ok(viewer, 'retentionExecutionShow', { params })
    expect(shown).toMatchObject({ total: 6, retained: 2, repositories: { total: 1, rows: [{ name: 'payments/api' }] } })
    const task = { ...params, task_id: String(shown.repositories.rows[0]?.task) }
    const tags = await console_.ok(viewer, 'retentionExecutionImageList', { params: task })
    expect(tags.rows.map(({ tag, action }) => `${action} ${tag}`).sort()).toEqual([
      'DEL v1',
      'DEL v2',
      'DEL v3',
      'DEL v4',
    ])
    // Within the run that is told, and not before it.
    const [since, until] = [history.rows[0]?.start, history.rows[0]?.end].map((text) => Date.parse(text ?? ''))
    for (const { at } of tags.rows) {
      expect(Date.parse(at ?? '')).toBeGreaterThanOrEqual(since ?? Number.NaN)
      expect(Date.parse(at ?? '')).toBeLessThanOrEqual(until ?? Number.NaN)
    }
  })
})
