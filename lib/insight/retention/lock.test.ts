import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { TestMember } from '../../testing/console'
import { dailyTags } from '../../testing/held-retention'
import { type RetentionConsole, startRetentionConsole } from '../../testing/retention-console'

/* A real run uses its dry run up; one that deletes nothing does not. */

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

let console_: RetentionConsole
let operator: TestMember

beforeAll(async () => {
  console_ = await startRetentionConsole()
  operator = await console_.member('operator')
})
afterAll(() => console_.close())

const make = () => console_.make({ repositories: [{ name: 'api', tags: dailyTags(6) }] })
const lock = () => console_.ok(operator, 'retentionLockShow')

test('after a run has deleted, the same dry run opens nothing; a new one does', async () => {
  await make()
  const dry = await console_.arm(operator)
  const { terms: agreed } = await lock()
  const run = await console_.started(operator, dry.id, { withoutCopy: true })
  expect(await console_.endedRun(operator, run.id)).toMatchObject({ state: 'done', deleted: { tags: 4 } })

  expect(await lock()).toMatchObject({ state: 'locked', because: 'run_since', until: null, dryRun: { id: dry.id } })
  expect(await console_.start(operator, dry.id, { withoutCopy: true, agreed })).toMatchObject({
    status: 409,
    body: { code: 'retention_not_armed' },
  })
  expect(await console_.deletions()).toBe(1)

  const next = await console_.arm(operator)
  expect(await lock()).toMatchObject({ state: 'armed', dryRun: { id: next.id, totals: { delete: { tags: 0 } } } })
})

test('a run that was refused before SWR was told leaves the lock as it is', async () => {
  await make()
  const dry = await console_.arm(operator)
  await console_.push('api', ['v7', 'v8'])
  const run = await console_.started(operator, dry.id, { withoutCopy: true })
  expect(await console_.endedRun(operator, run.id)).toMatchObject({ state: 'refused', block: 'outdated' })
  expect(await lock()).toMatchObject({ state: 'armed', dryRun: { id: dry.id } })
})
