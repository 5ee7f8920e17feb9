import { and, eq, gt, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jobs } from '../db/job-tables'
import { type Opened, openDb } from '../db/open'
import type { Db } from '../db/schema'
import { log } from '../net/log'
import { databases, hasPostgres, newPostgres } from '../testing/database'
import { abandonJob, type TestData, testJob, testKind } from '../testing/jobs'
import { waitUntil } from '../testing/wait-until'
import { claimJob } from './claim'
import { Hold } from './hold'
import { Interrupted } from './job'
import { nextVersion, showJob, toJob } from './store'

const nothing = async () => {}

describe.each(databases())('holding a job on $name', ({ open }) => {
  let opened: Opened
  let db: Db
  beforeAll(async () => {
    log.level = 'silent'
    opened = await open()
    db = opened.db
  })
  afterAll(() => opened.close())

  /** Takes it from whoever holds it, if that one's time is over. */
  async function takeOver(kind: ReturnType<typeof testKind>) {
    const taken = await claimJob(db, [kind.kind])
    return taken && { ...taken, hold: new Hold(db, kind, toJob(kind, taken.row)) }
  }

  test('nobody takes what is held; what is left is taken by one, who is told for how long it was left', async () => {
    const kind = testKind()
    const { id } = await testJob(db, kind)
    expect(await takeOver(kind)).toBeUndefined()
    await abandonJob(db, id, 100)
    const taken = (await Promise.all([1, 2, 3, 4].map(() => takeOver(kind)))).filter((one) => one !== undefined)
    expect(taken).toHaveLength(1)
    expect(taken[0]?.idleSeconds).toBeGreaterThan(99)
    expect(taken[0]?.idleSeconds).toBeLessThan(160)
    taken[0]?.hold.release()
  })

  test('only kinds that are known are taken, the longest due first', async () => {
    const [kind, other] = [testKind(), testKind()]
    const ids: number[] = []
    for (const seconds of [5, 50]) {
      const { id } = await testJob(db, kind)
      await abandonJob(db, id, seconds)
      ids.unshift(id)
    }
    await abandonJob(db, (await testJob(db, other)).id)
    expect([await claimJob(db, [kind.kind]), await claimJob(db, [kind.kind])].map((one) => one?.row.id)).toEqual(ids)
    expect(await claimJob(db, [kind.kind])).toBeUndefined()
  })

  test('is renewed as long as the work goes on', async () => {
    const kind = testKind()
    const job = await testJob(db, kind)
    const hold = new Hold(db, kind, job, 4.5)
    await abandonJob(db, job.id)
    const held = and(eq(jobs.id, job.id), gt(jobs.until, sql`now()`))
    await waitUntil(async () => expect(await db.select({ id: jobs.id }).from(jobs).where(held)).toHaveLength(1))
    expect(await takeOver(kind)).toBeUndefined()
    hold.check()
    hold.release()
    const next = await waitUntil(async () => {
      const taken = await takeOver(kind)
      expect(taken).toBeDefined()
      return taken
    })
    next?.hold.release()
  })

  test('who was overtaken can neither save nor end nor let go, and is told before it goes on', async () => {
    const kind = testKind()
    const job = await testJob(db, kind)
    const acts = [
      (hold: Hold<TestData>) => hold.save(nothing),
      (hold: Hold<TestData>) => hold.end(),
      (hold: Hold<TestData>) => hold.letGo(0),
      (hold: Hold<TestData>) => hold.look(),
      (hold: Hold<TestData>) => hold.refresh(),
    ]
    for (const act of acts) {
      const hold = new Hold(db, kind, job)
      await abandonJob(db, job.id)
      const next = await takeOver(kind)
      expect(await hold.holds()).toBe(false)
      hold.job.data.steps.push('late')
      await expect(act(hold)).rejects.toThrow(Interrupted)
      expect(() => hold.check()).toThrow(Interrupted)
      hold.release()
      next?.hold.release()
      expect(await showJob(db, kind, job.id)).toMatchObject({
        holder: next?.row.holder,
        endedAt: null,
        data: { steps: [] },
      })
    }
  })

  test('rows of the kind’s own are written with the job or not at all', async () => {
    const kind = testKind()
    const job = await testJob(db, kind)
    const hold = new Hold(db, kind, job)
    const mark = (tx: Db, version: number) =>
      tx
        .update(jobs)
        .set({ reason: `v${version}` })
        .where(eq(jobs.id, job.id))
    await hold.save(mark)
    expect(await showJob(db, kind, job.id)).toMatchObject({ version: 1, reason: 'v1' })
    const failing = hold.save(async (tx, version) => {
      await mark(tx, version)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow(Interrupted)
    expect(await showJob(db, kind, job.id)).toMatchObject({ version: 1, reason: 'v1' })
    hold.release()
  })

  test('an older state never overtakes a newer one', async () => {
    const kind = testKind()
    const job = await testJob(db, kind)
    const hold = new Hold(db, kind, job)
    const steps = Array.from({ length: 20 }, (_, index) => String(index))
    await Promise.all(
      steps.map(async (step) => {
        job.data.steps.push(step)
        await hold.save(nothing)
      }),
    )
    expect(await showJob(db, kind, job.id)).toMatchObject({ version: 20, data: { steps } })
    hold.release()
  })

  test('does not end while somebody has more to do, whenever they said so', async () => {
    const kind = testKind()
    for (const savesAfter of [false, true]) {
      const job = await testJob(db, kind)
      const hold = new Hold(db, kind, job)
      await nextVersion(db, job.id)
      if (savesAfter) await hold.save(nothing)
      expect(await hold.end()).toBe(false)
      await hold.refresh()
      expect(await hold.end()).toBe(true)
      hold.release()
    }
  })

  test('is let go for a time, but not when something has happened meanwhile', async () => {
    const kind = testKind()
    for (const happens of [false, true]) {
      const job = await testJob(db, kind)
      const hold = new Hold(db, kind, job)
      if (happens) await nextVersion(db, job.id)
      await hold.letGo(3600)
      hold.release()
      expect((await takeOver(kind)) !== undefined).toBe(happens)
    }
  })

  test('whatever happens in whatever order, only one saves at a time and nothing that was saved is lost', async () => {
    const act = fc.record({
      who: fc.nat(2),
      does: fc.constantFrom('claim', 'save', 'save', 'renew', 'expire', 'letGo'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        const kind = testKind()
        const { id } = await testJob(db, kind)
        const workers: (Hold<TestData> | undefined)[] = []
        const saved: string[] = []
        let owner: number | undefined
        for (const [index, { who, does }] of acts.entries()) {
          const hold = workers[who]
          if (does === 'expire') await abandonJob(db, id)
          else if (does === 'claim') {
            const taken = await takeOver(kind)
            if (taken) {
              hold?.release()
              workers[who] = taken.hold
              owner = who
              // Whoever takes over begins with all that was saved before.
              expect(taken.hold.job.data.steps).toEqual(saved)
            }
          } else if (!hold) continue
          else if (does === 'renew') await hold.shorten(30)
          else if (does === 'letGo') {
            const went = await hold.letGo(0).then(
              () => true,
              () => false,
            )
            expect(went).toBe(owner === who)
            hold.release()
            workers[who] = undefined
            if (went) owner = undefined
          } else {
            hold.job.data.steps.push(String(index))
            const done = await hold.save(nothing).then(
              () => true,
              () => false,
            )
            expect(done).toBe(owner === who)
            if (done) saved.push(String(index))
          }
        }
        for (const hold of workers) hold?.release()
        expect((await showJob(db, kind, id))?.data.steps).toEqual(saved)
      }),
      { numRuns: 40 },
    )
  }, 60_000)
})

test.runIf(hasPostgres())('consoles on one PostgreSQL share the jobs, and no two have the same', async () => {
  const url = await newPostgres()
  const replicas = await Promise.all([openDb(url), openDb(url), openDb(url)])
  const [first] = replicas
  const kind = testKind()
  const ids: number[] = []
  for (let index = 0; index < 30; index += 1) ids.push((await testJob(first.db, kind)).id)
  await first.db.update(jobs).set({ until: sql`now()` })
  const claimed = await Promise.all(
    replicas.flatMap(({ db }) =>
      [1, 2, 3].map(async () => {
        const mine: number[] = []
        for (;;) {
          const taken = await claimJob(db, [kind.kind])
          if (!taken) return mine
          mine.push(taken.row.id)
        }
      }),
    ),
  )
  expect(claimed.flat().sort((a, b) => a - b)).toEqual(ids)
  await Promise.all(replicas.map(({ close }) => close()))
})

test.runIf(hasPostgres())('nobody takes a job over while a transaction of its worker goes on', async () => {
  const url = await newPostgres()
  const [here, there] = await Promise.all([openDb(url), openDb(url)])
  const kind = testKind()
  const job = await testJob(here.db, kind)
  const hold = new Hold(here.db, kind, job)
  await abandonJob(here.db, job.id)
  await here.db.transaction(async (tx) => {
    expect(await hold.holds(tx)).toBe(true)
    expect(await claimJob(there.db, [kind.kind])).toBeUndefined()
  })
  expect((await claimJob(there.db, [kind.kind]))?.row.id).toBe(job.id)
  hold.release()
  await Promise.all([here.close(), there.close()])
})
