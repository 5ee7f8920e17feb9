import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jobs } from '../db/job-tables'
import { type Opened, openDb } from '../db/open'
import type { Db } from '../db/schema'
import { databases, hasPostgres, newPostgres } from '../testing/database'
import { type TestKind, testJob, testKind, testPerson } from '../testing/jobs'
import { waitUntil } from '../testing/wait-until'
import { claimJob, endJob } from './claim'
import { releaseJobs } from './runner'
import { listJobs, nextVersion, pauseJob, reopenJob, resumeJob, showJob, stopJob } from './store'

describe.each(databases())('jobs on $name', ({ open }) => {
  let opened: Opened
  let db: Db
  beforeAll(async () => {
    opened = await open()
    db = opened.db
  })
  afterAll(() => opened.close())

  /** True when one is due. */
  const isDue = async (kind: string) => (await claimJob(db, [kind])) !== undefined

  test('are shown as they were entered, under their kind only', async () => {
    const kind = testKind()
    const person = await testPerson(db)
    const entered = await testJob(db, kind, {
      ...person,
      instance: 'i',
      subject: '7',
      reason: 'why',
      size: 3,
      data: { steps: ['a'] },
    })
    expect(await showJob(db, kind, entered.id)).toEqual(entered)
    expect(entered).toMatchObject({
      ...person,
      kind: kind.kind,
      connection: 'c',
      instance: 'i',
      subject: '7',
      reason: 'why',
      size: 3,
      endedAt: null,
      paused: false,
      stop: null,
      version: 0,
      data: { steps: ['a'] },
    })
    expect(await showJob(db, testKind(), entered.id)).toBeNull()
  })

  test('are listed newest first, by place and more', async () => {
    const kind = testKind()
    for (const [instance, subject] of [
      ['i', '7'],
      ['i', '8'],
      ['j', '7'],
    ] as const)
      await testJob(db, kind, { instance, subject })
    const subjects = async (place: object) => {
      const found = await listJobs(db, kind, { connection: 'c', offset: 0, limit: 2, ...place })
      return [found.total, ...found.jobs.map((job) => `${job.instance}${job.subject}`)]
    }
    expect(await subjects({})).toEqual([3, 'j7', 'i8'])
    expect(await subjects({ offset: 2 })).toEqual([3, 'i7'])
    expect(await subjects({ instance: 'i' })).toEqual([2, 'i8', 'i7'])
    expect(await subjects({ subject: '7', where: sql`${jobs.instance} = 'j'` })).toEqual([1, 'j7'])
    expect(await subjects({ connection: 'other' })).toEqual([0])
  })

  test('the first reason to stop stays; what has ended is neither stopped nor paused', async () => {
    const kind = testKind()
    const job = await testJob(db, kind)
    await stopJob(db, kind, job.id, { reason: 'cancelled', name: 'kim' })
    expect(await stopJob(db, kind, job.id, { reason: 'right_lost', name: 'lee' })).toMatchObject({
      stop: { reason: 'cancelled', name: 'kim', at: expect.any(Date) },
      version: 1,
    })
    const over = await testJob(db, kind)
    expect(await endJob(db, over)).toBe(true)
    for (const change of [
      stopJob(db, kind, over.id, { reason: 'cancelled', name: 'kim' }),
      pauseJob(db, kind, over.id),
      resumeJob(db, kind, over.id),
    ])
      expect(await change).toMatchObject({ stop: null, paused: false, version: 1, endedAt: expect.any(Date) })
    expect(await pauseJob(db, testKind(), job.id)).toBeNull()
  })

  test('a paused one is not taken up until somebody lets it go on, or stops it', async () => {
    for (const release of [
      (kind: TestKind, id: number) => resumeJob(db, kind, id),
      (kind: TestKind, id: number) => stopJob(db, kind, id, { reason: 'cancelled', name: 'kim' }),
    ]) {
      const kind = testKind()
      const { id } = await testJob(db, kind)
      expect(await pauseJob(db, kind, id)).toMatchObject({ paused: true, version: 1 })
      await releaseJobs(db)
      expect(await isDue(kind.kind)).toBe(false)
      expect(await release(kind, id)).toMatchObject({ version: 2 })
      expect(await isDue(kind.kind)).toBe(true)
    }
  })

  test('the start of the only process makes everything due that it held, but what waits goes on waiting', async () => {
    const kind = testKind()
    const [held, waiting] = [await testJob(db, kind), await testJob(db, kind)]
    await db.execute(sql`update jobs set holder = '', until = now() + interval '1 hour' where id = ${waiting.id}`)
    expect(await isDue(kind.kind)).toBe(false)
    await releaseJobs(db)
    expect((await claimJob(db, [kind.kind]))?.row.id).toBe(held.id)
    expect(await isDue(kind.kind)).toBe(false)
  })

  test('what has ended can be opened again in another name, and is due', async () => {
    const kind = testKind()
    const job = await testJob(db, kind)
    await stopJob(db, kind, job.id, { reason: 'cancelled', name: 'kim' })
    await endJob(db, { ...job, version: 1 })
    const other = await testPerson(db)
    expect(await reopenJob(db, job.id, { ...other, size: 9 })).toBe(3)
    expect(await showJob(db, kind, job.id)).toMatchObject({ ...other, endedAt: null, stop: null, size: 9, version: 3 })
    expect(await isDue(kind.kind)).toBe(true)
    expect(await reopenJob(db, 999_999)).toBeNull()
  })

  test('what goes on is opened again as well: its stop is over, its worker stays', async () => {
    const kind = testKind()
    const job = await testJob(db, kind)
    await pauseJob(db, kind, job.id)
    expect(await reopenJob(db, job.id)).toBe(2)
    // Who has paused it lets it go on.
    expect(await showJob(db, kind, job.id)).toMatchObject({ paused: true })
    await stopJob(db, kind, job.id, { reason: 'right_lost', name: 'kim' })
    const other = await testPerson(db)
    expect(await reopenJob(db, job.id, other)).toBe(4)
    const opened = { ...other, holder: job.holder, stop: null, paused: false, endedAt: null, version: 4 }
    expect(await showJob(db, kind, job.id)).toMatchObject(opened)
    expect(await isDue(kind.kind)).toBe(false)
  })

  test('who has lost a right stops no job that is somebody else’s by now', async () => {
    const kind = testKind()
    const [was, is] = [await testPerson(db), await testPerson(db)]
    const { id } = await testJob(db, kind, is)
    const lost = (actorId: string) => stopJob(db, kind, id, { reason: 'right_lost', name: actorId, actorId })
    expect(await lost(was.actorId)).toMatchObject({ stop: null, version: 0 })
    expect(await lost(is.actorId)).toMatchObject({ stop: { name: is.actorId }, version: 1 })
  })

  test('a version is never given twice, and what nobody works at is due at once', async () => {
    const kind = testKind()
    const { id } = await testJob(db, kind)
    const given = await Promise.all(Array.from({ length: 20 }, () => nextVersion(db, id)))
    expect(given.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    expect(await isDue(kind.kind)).toBe(false)
    await db.execute(sql`update jobs set holder = '', until = now() + interval '1 hour' where id = ${id}`)
    await nextVersion(db, id)
    expect(await isDue(kind.kind)).toBe(true)
    await expect(nextVersion(db, 999_999)).rejects.toThrow()
  })
})

test.runIf(hasPostgres())('a job that ends while it is opened again is due again', async () => {
  const url = await newPostgres()
  const [worker, person] = await Promise.all([openDb(url), openDb(url)])
  const kind = testKind()
  const job = await testJob(worker.db, kind)
  let reopening: Promise<number | null> | undefined
  await worker.db.transaction(async (tx) => {
    expect(await endJob(tx, job)).toBe(true)
    reopening = reopenJob(person.db, job.id)
    // Committed only once the other connection waits for the row.
    await waitUntil(async () => {
      const waiting = await tx.execute(
        sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      expect(waiting).toMatchObject({ rows: [expect.anything()] })
    })
  })
  expect(await reopening).toBe(2)
  expect(await showJob(person.db, kind, job.id)).toMatchObject({ endedAt: null, holder: '', version: 2 })
  expect((await claimJob(person.db, [kind.kind]))?.row.id).toBe(job.id)
  await Promise.all([worker.close(), person.close()])
})
