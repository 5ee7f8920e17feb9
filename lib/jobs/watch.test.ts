import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { jobs } from '../db/job-tables'
import { type Opened, openDb } from '../db/open'
import type { Db } from '../db/schema'
import { databases, hasPostgres, newPostgres } from '../testing/database'
import { testJob, testKind } from '../testing/jobs'
import { endJob } from './claim'
import { Hold } from './hold'
import { pauseJob } from './store'
import { waitForVersion } from './watch'

/** Milliseconds that something takes. */
async function msOf(work: Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work
  return performance.now() - begun
}

describe.each(databases())('waiting for a job on $name', ({ open }) => {
  let opened: Opened
  let db: Db
  beforeAll(async () => {
    opened = await open()
    db = opened.db
  })
  afterAll(() => opened.close())
  // A look that is due some time later never comes while time stands still.
  afterEach(() => {
    vi.useRealTimers()
  })

  test('ends at once where there is something new, nothing, or nothing to come', async () => {
    const kind = testKind()
    const job = await testJob(db, kind)
    await pauseJob(db, kind, job.id)
    expect(await waitForVersion(db, job.id, 0, 60)).toBe(1)
    expect(await waitForVersion(db, 999_999, 5, 60)).toBe(5)
    const over = await testJob(db, kind)
    await endJob(db, over)
    expect(await waitForVersion(db, over.id, 1, 60)).toBe(1)
  })

  test('ends when the worker saves or ends, or somebody changes the job here, without a look in between', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const kind = testKind()
    const job = await testJob(db, kind)
    const hold = new Hold(db, kind, job)
    const changes = [
      () => hold.save(async () => {}),
      () => pauseJob(db, kind, job.id),
      () => hold.refresh().then(() => hold.end()),
    ]
    for (const [since, change] of changes.entries()) {
      const waiting = waitForVersion(db, job.id, since, 60)
      // It has subscribed and looked.
      await db.select().from(jobs)
      await change()
      expect(await waiting).toBe(since + 1)
    }
    hold.release()
  })

  test('ends after its time with what is known, and when nobody waits any more', async () => {
    const job = await testJob(db, testKind())
    const waiting = waitForVersion(db, job.id, 0, 0.3)
    expect(await msOf(waiting)).toBeGreaterThanOrEqual(299)
    expect(await waiting).toBe(0)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const leaving = new AbortController()
    const left = waitForVersion(db, job.id, 0, 60, leaving.signal)
    leaving.abort()
    expect(await left).toBe(0)
  })
})

test.runIf(hasPostgres())('what another console changes is seen within about a second', async () => {
  const url = await newPostgres()
  const [here, there] = await Promise.all([openDb(url), openDb(url)])
  const job = await testJob(here.db, testKind())
  const waiting = waitForVersion(here.db, job.id, 0, 30)
  // Past all that tells who waits in this process.
  await there.db.update(jobs).set({ version: sql`version + 1` }).where(eq(jobs.id, job.id))
  expect(await msOf(waiting)).toBeLessThan(15_000)
  expect(await waiting).toBe(1)
  await Promise.all([here.close(), there.close()])
})
