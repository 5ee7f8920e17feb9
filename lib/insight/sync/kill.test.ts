import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { SyncCell } from '../../contract/console/sync'
import { openDb } from '../../db/open'
import { releaseJobs } from '../../jobs/runner'
import { hasPostgres, newPostgres } from '../../testing/database'
import { type SyncConsole, startSyncConsole } from '../../testing/sync-console'
import { JobProcess, killAtRandom } from '../../testing/sync-kills'

const [europe, hongkong, unseen] = ['eu-west-101', 'ap-southeast-1', 'cn-east-3']
/** `npm run bench:sync` takes more. */
const kills = Number(process.env.SYNC_KILLS ?? 20)

// A process starts twenty times.
vi.setConfig({ testTimeout: kills * 30_000, hookTimeout: 60_000 })

// Two processes cannot have a PGlite: its console is the only one. What happens then is the same.
describe.runIf(hasPostgres())('a console that is killed while it sends', () => {
  let console_: SyncConsole
  let worker: JobProcess

  beforeAll(async () => {
    const url = await newPostgres()
    console_ = await startSyncConsole({ opening: openDb(url), works: false })
    worker = new JobProcess({ ...console_.environment, DATABASE_URL: url })
  })
  afterAll(async () => {
    await worker.kill()
    await console_.close()
  })

  test(`at ${kills} moments: nothing is sent twice, nothing is lost, and nothing is green that is not there`, async () => {
    const repositories = Array.from({ length: Math.ceil(kills * 1.5) }, (_, at) => ({
      name: `service-${at}`,
      tags: Array.from({ length: 4 }, (_tag, tag) => ({ name: `v${tag}`, size: 100_000_000 })),
    }))
    await console_.control('POST', '/organizations', { name: 'release', repositories, secondsPerGigabyte: 0.6 })
    // Some of what SWR says it has copied never arrives.
    const mood = { organization: 'release', mood: 'as-recorded', seed: 5, lateSeconds: 10_000 }
    await console_.control('PUT', '/mood', { ...mood, lies: 0.05 })
    for (const region of [europe, hongkong, unseen])
      await console_.control('POST', '/organizations', { name: 'release', region, repositories: [] })
    const operator = await console_.member('operator')
    const job = await console_.startSync(operator, {
      images: repositories.map(({ name, tags }) => ({
        repository: `release/${name}`,
        tags: tags.map((tag) => tag.name),
      })),
      targets: [europe, hongkong, unseen].map((region) => ({ region, organization: 'release' })),
    })
    await releaseJobs(console_.db)
    // Calls take so long that a kill finds some on their way, however fast the machine is.
    await console_.control('PUT', '/delay', { milliseconds: 400 })
    const working = async () => {
      const { length } = await console_.syncCalls('release')
      await vi.waitFor(
        async () => {
          const { job: now } = await console_.showSync(operator, job.id)
          const calls = await console_.syncCalls('release')
          expect(calls.length > length || now.state === 'done').toBe(true)
        },
        { timeout: 20_000, interval: 20 },
      )
    }
    await killAtRandom(worker, { kills, seed: 20_261_127, mostMs: 700, working })
    await console_.control('PUT', '/delay', { milliseconds: 0 })
    await worker.start()
    const first = await console_.endedSync(operator, job.id)

    const sent = await console_.sentTags('release')
    expect(new Set(sent).size).toBe(sent.length)
    const there = await console_.heldTags('release', [europe, hongkong])
    expect(first.cells).toHaveLength(repositories.length * 4 * 3)
    const wrong = first.cells.filter((cell) => !isTrue(cell, first.job.targets, there))
    expect(wrong).toEqual([])
    // The moments were such that it mattered.
    expect(first.cells.some(({ reason }) => reason === 'interrupted')).toBe(true)

    // What is not there is sent once more, and then it is: but what would overwrite another image, which nobody allowed.
    const others = first.cells.filter(({ reason }) => reason === 'other_digest').map(({ index }) => index)
    const missing = first.cells.filter(({ state }) => state === 'missing')
    expect(missing.length).toBeGreaterThan(others.length)
    await console_.control('PUT', '/mood', { ...mood, lies: 0 })
    await console_.ok(operator, 'syncJobRetry', {
      params: { connection: 'default', sync_job_id: String(job.id) },
      body: { states: ['missing'] },
    })
    const second = await console_.endedSync(operator, job.id)
    const visible = second.cells.filter(({ target }) => second.job.targets[target]?.connection !== null)
    expect(visible).toHaveLength(repositories.length * 4 * 2)
    expect(visible.filter(({ state }) => state !== 'verified').map(({ index }) => index)).toEqual(others)
  })
})

/** Whether the state of a cell says what the target holds. */
function isTrue(
  { repository, tag, target, digest, state }: SyncCell,
  targets: readonly { readonly region: string; readonly connection: string | null }[],
  there: ReadonlyMap<string, string>,
): boolean {
  const place = targets[target]
  if (place?.connection == null) return state === 'unverifiable' || state === 'unknown'
  const held = there.get(`${place.region} ${repository}:${tag}`)
  return held === digest ? state === 'verified' : state === 'missing'
}
