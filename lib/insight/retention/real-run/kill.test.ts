import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { RetentionRun } from '../../../contract/console/retention-runs'
import { openDb } from '../../../db/open'
import { releaseJobs } from '../../../jobs/runner'
import type { TestMember } from '../../../testing/console'
import { hasPostgres, newPostgres } from '../../../testing/database'
import { dailyTags } from '../../../testing/held-retention'
import { type RetentionConsole, standstill, startRetentionConsole } from '../../../testing/retention-console'
import { signal } from '../../../testing/signal'
import { JobProcess, seeded } from '../../../testing/sync-kills'
import { startWire } from '../../../testing/wire'

/** More by hand: a process starts each time. */
const kills = Number(process.env.RETENTION_KILLS ?? 8)

vi.setConfig({ testTimeout: 60_000 + kills * 30_000, hookTimeout: 60_000 })

const repositories = Array.from({ length: 6 }, (_, at) => ({ name: `service-${at}`, tags: dailyTags(5) }))
const all = 6 * 5
const doomed = 6 * 3

// Two processes cannot have a PGlite: its console is the only one. What happens then is the same.
describe.runIf(hasPostgres())('a console that is killed during a real run', () => {
  let console_: RetentionConsole
  let url: string
  let worker: JobProcess
  let admin: TestMember

  beforeAll(async () => {
    url = await newPostgres()
    console_ = await startRetentionConsole({ opening: openDb(url), works: false, hangMinutes: 1 })
    worker = new JobProcess({ ...console_.environment, DATABASE_URL: url })
    admin = await console_.member('admin')
  })
  afterAll(async () => {
    await worker.kill()
    await console_.close()
  })

  /** A run that was asked for and that nobody works at yet. */
  async function begun(): Promise<RetentionRun> {
    await console_.make({ repositories })
    await console_.archive(admin)
    const { dryRun } = await console_.ok(admin, 'retentionDryRunStart')
    await worker.start()
    await console_.endedDryRun(admin, dryRun.id)
    await worker.kill()
    await console_.ok(admin, 'retentionDryRunSee', { params: { dry_run_id: String(dryRun.id) } })
    const run = await console_.started(admin, dryRun.id)
    await releaseJobs(console_.db)
    return run
  }

  test(`at ${kills} moments: nothing goes before each image has its copy, and SWR is told once at most`, async () => {
    const run = await begun()
    const random = seeded(20_261_127)
    for (let kill = 0; kill < kills; kill += 1) {
      const { version } = (await console_.showRun(admin, run.id)).run
      // The first comes while it copies, for certain; of the others each second one once the work has gone on.
      await console_.pace(kill === 0 ? standstill : 0.4)
      await worker.start()
      if (kill === 0) await console_.runWhen(admin, run.id, ({ state }) => state === 'copying')
      else if (kill % 2 === 0)
        await console_.runWhen(admin, run.id, (at) => at.version > version || at.endedAt !== null)
      if (kill > 0) await setTimeout(random() * 1_500)
      await worker.kill()
      const { run: now } = await console_.showRun(admin, run.id)
      if (kill === 0) expect(now.state).toBe('copying')
      const held = (await console_.held(console_.instanceId)).size
      const images = await console_.images(admin, run.id)
      const copied = images.filter(({ copy }) => copy === 'seen').length
      if (held < all) expect(copied).toBe(doomed)
      if (now.state === 'copying' || now.state === 'checking') expect(held).toBe(all)
      expect(await console_.deletions()).toBeLessThanOrEqual(1)
    }
    await worker.start()
    const ended = await console_.endedRun(admin, run.id)
    await worker.kill()
    // Killed between its mark and SWR's answer, it may not know; then it never tells SWR again.
    expect([
      ['done', 1],
      ['unknown', 1],
      ['unknown', 0],
    ]).toContainEqual([ended.state, await console_.deletions()])
    expect(ended.copies).toEqual({ done: doomed, failed: 0, total: doomed })
    expect((await console_.held(console_.archiveId)).size).toBe(doomed)
    const left = await console_.swr(admin, 'replicationList', { params: { instance_id: console_.instanceId } })
    expect((await left.json()).policies).toEqual([])
  })

  test('while SWR answers that it has begun: the run is found again, and not begun a second time', async () => {
    const run = await begun()
    const line = await startWire(console_.sandbox.url)
    onTestFinished(line.close)
    const [told, killed] = [signal(), signal()]
    // What says that it has begun never arrives.
    line.between = async ({ method, body }, carry) => {
      const answer = await carry()
      if (method !== 'POST' || body !== JSON.stringify({ dry_run: false })) return answer
      told.give()
      await killed.given
      return null
    }
    const onLine = new JobProcess({ ...console_.environment, SWR_ENDPOINT: line.url, DATABASE_URL: url })
    onTestFinished(() => onLine.kill())
    await onLine.start()
    await told.given
    await onLine.kill()
    killed.give()
    expect(await console_.deletions()).toBe(1)
    expect((await console_.showRun(admin, run.id)).run).toMatchObject({ state: 'deleting', execution: null })
    await worker.start()
    const ended = await console_.endedRun(admin, run.id)
    expect(ended).toMatchObject({ state: 'done', failure: null, deleted: { tags: doomed } })
    expect(await console_.deletions()).toBe(1)
    expect((await console_.held(console_.instanceId)).size).toBe(all - doomed)
  })
})
