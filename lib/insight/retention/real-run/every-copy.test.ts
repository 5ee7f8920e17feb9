import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { TestMember } from '../../../testing/console'
import { dailyTags, namespace } from '../../../testing/held-retention'
import { type RetentionConsole, startRetentionConsole } from '../../../testing/retention-console'

/* Whatever SWR deletes has a copy first, or somebody has agreed to go without. */

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

/** However busy the machine is. */
const long = { timeout: 25_000 }
const hex = (number: number) => number.toString(16).padStart(64, '0')
const tag = (name: string, { day, hour = 0 }: { readonly day: number; readonly hour?: number }, number: number) => ({
  name,
  digest: `sha256:${hex(number)}`,
  pushed: new Date(Date.UTC(2026, 0, day, hour)).toISOString(),
})
const dryImages = async (id: number) => {
  const asked = { params: { dry_run_id: String(id) }, query: { limit: '500' } }
  return (await console_.ok(operator, 'retentionDryRunImageList', asked)).rows
}

test('an attestation that cosign has pushed is copied like any image before it goes', async () => {
  const tags = Array.from({ length: 6 }, (_, at) => tag(`v${at + 1}`, { day: at + 1 }, at + 1))
  const attestation = `sha256-${hex(1)}.att`
  await console_.make({
    repositories: [{ name: 'api', tags: [...tags, tag(attestation, { day: 1, hour: 1 }, 1_000)] }],
  })
  await console_.archive(admin)
  const dry = await console_.arm(operator)
  expect(dry.totals).toMatchObject({ delete: { images: 5 }, keep: { images: 2 }, differences: 0 })
  const { id } = await console_.started(operator, dry.id)
  expect(await console_.endedRun(operator, id)).toMatchObject({
    state: 'done',
    planned: { images: 5 },
    copies: { done: 5, failed: 0, total: 5 },
    deleted: { images: 5 },
  })
  expect((await console_.held(console_.instanceId)).has(`payments/api:${attestation}`)).toBe(false)
  expect((await console_.held(console_.archiveId)).get(`archive/api:${attestation}`)).toBe(`sha256:${hex(1_000)}`)
})

test('attestations and SBOMs take places of what is kept, for the console as for SWR, and signatures do not', async () => {
  const tags = [1, 2, 3, 4].flatMap((day) => [
    tag(`v${day}`, { day }, day),
    tag(`sha256-${hex(day)}.${day % 2 ? 'att' : 'sbom'}`, { day, hour: 1 }, 1_000 + day),
    tag(`sha256-${hex(day)}.sig`, { day, hour: 2 }, 2_000 + day),
  ])
  await console_.make({ repositories: [{ name: 'api', tags }] })
  const dry = await console_.arm(operator)
  expect(dry.totals).toMatchObject({ delete: { images: 6 }, keep: { images: 2 }, differences: 0 })
  const kept = (await dryImages(dry.id)).filter(({ swr }) => swr === 'keep').flatMap((image) => image.tags)
  expect(kept.toSorted()).toEqual([`sha256-${hex(4)}.sbom`, 'v4'])
  const { id } = await console_.started(operator, dry.id, { withoutCopy: true })
  expect(await console_.endedRun(operator, id)).toMatchObject({ state: 'done', deleted: { images: 6 } })
})

/** A dry run that names an image which no listing holds. */
async function namedUnlisted(): Promise<number> {
  await console_.make({ repositories: [{ name: 'api', tags: dailyTags(4) }] })
  const held = await console_.held(console_.instanceId)
  const mood = (standstill: boolean) =>
    console_.control('PUT', '/retention', { instance: console_.instanceId, standstill })
  await console_.archive(admin)
  await mood(true)
  const { dryRun } = await console_.ok(operator, 'retentionDryRunStart')
  const { execution } = await vi.waitFor(async () => {
    const shown = await console_.ok(operator, 'retentionDryRunShow', { params: { dry_run_id: String(dryRun.id) } })
    expect(shown.dryRun.execution).not.toBeNull()
    return shown.dryRun
  }, long)
  const named = [...['v1', 'v2'].map((name) => [name, held.get(`payments/api:${name}`)]), ['ghost', `sha256:${hex(7)}`]]
  const row = { id: 900_001, execution_id: execution, repository: 'api', status: 'Succeed', total: 5, retained: 2 }
  const subtasks = named.map(([name, digest], at) => {
    return { id: at + 1, namespace, repository: 'api', tag: name, digest, action: 'DEL', status: 'Succeed' }
  })
  const rows = { retentionTasks: { [String(execution)]: [row] }, retentionSubtasks: { 900001: subtasks } }
  await console_.control('PUT', '/rows', { instance: console_.instanceId, ...rows })
  await mood(false)
  expect(await console_.endedDryRun(operator, dryRun.id)).toMatchObject({ state: 'done', failure: null })
  await console_.ok(operator, 'retentionDryRunSee', { params: { dry_run_id: String(dryRun.id) } })
  return dryRun.id
}

test('what SWR’s dry run names and no listing holds goes only if somebody agrees to have no copy of it', async () => {
  const dry = await namedUnlisted()
  const ghost = (await dryImages(dry)).find(({ tags }) => tags.includes('ghost'))
  expect(ghost).toMatchObject({ swr: 'delete', ours: 'unsure', because: 'not_listed' })
  expect(await console_.start(operator, dry)).toMatchObject({
    status: 422,
    body: { fields: { 'body.withoutCopy': 'without_copy' } },
  })
  expect(await console_.deletions()).toBe(0)
  const { id } = await console_.started(operator, dry, { withoutCopy: true })
  // Nothing is outdated by it: it was to go, and it goes still.
  expect(await console_.endedRun(operator, id)).toMatchObject({
    state: 'done',
    planned: { images: 3, tags: 3 },
    copies: { done: 2, total: 2 },
    deleted: { images: 2 },
    left: { kept: { images: 0 }, unknown: { images: 1 } },
  })
  const row = (await console_.images(operator, id)).find(({ tags }) => tags.includes('ghost'))
  expect(row).toMatchObject({ swr: 'unknown', copy: 'none', copyText: 'not_listed' })
})
