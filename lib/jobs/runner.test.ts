import { setTimeout } from 'node:timers/promises'
import { and, eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { jobs } from '../db/job-tables'
import type { Opened } from '../db/open'
import { type Db, users } from '../db/schema'
import { log } from '../net/log'
import { databases } from '../testing/database'
import { abandonJob, type TestData, type TestKind, testJob, testKind, testPerson, testStore } from '../testing/jobs'
import { signal } from '../testing/signal'
import { waitUntil } from '../testing/wait-until'
import { registerActorRole } from './actor-role'
import { Interrupted, type JobContext, Later, Stopped, type WorkResult } from './job'
import { closeJobs, registerJobKind, startJob, startJobs, takeUpJobs, wake } from './runner'
import { nextVersion, pauseJob, reopenJob, resumeJob, showJob, stopJob, tellJob } from './store'

type Context = JobContext<TestData>

describe.each(databases())('carrying out jobs on $name', ({ open }) => {
  let opened: Opened
  let db: Db
  beforeAll(async () => {
    log.level = 'silent'
    opened = await open()
    db = opened.db
  })
  afterAll(() => opened.close())
  // A runner that was told to stop never begins again: each test has its own, as each process has.
  beforeEach(() => {
    for (const slot of ['job-runner', 'job-failures']) Reflect.deleteProperty(globalThis, Symbol.for(`console.${slot}`))
    void startJobs(testStore(db))
  })
  afterEach(() => closeJobs())

  function registered(work: (context: Context) => Promise<WorkResult>): TestKind {
    const kind = testKind(work)
    registerJobKind(kind)
    return kind
  }
  async function begin(kind: TestKind, more: object = {}) {
    const job = await testJob(db, kind, more)
    startJob(testStore(db), job)
    return job
  }
  const until = (kind: TestKind, id: number, expected: object) =>
    waitUntil(async () => expect(await showJob(db, kind, id)).toMatchObject(expected))
  const ended = (kind: TestKind, id: number) => until(kind, id, { endedAt: expect.any(Date), holder: '' })

  async function take({ job, permit, save }: Context, step: string) {
    await permit()
    job.data.steps.push(step)
    await save()
  }
  /** Takes a step each few milliseconds until it may not any more. */
  async function forever(context: Context): Promise<never> {
    for (;;) {
      await take(context, 'step')
      await context.sleep(0.02)
    }
  }
  const takesSteps = (kind: TestKind, id: number) =>
    waitUntil(async () => expect((await showJob(db, kind, id))?.data.steps.length).toBeGreaterThan(1))

  test('goes from step to step to its end; each that was saved is a version', async () => {
    const kind = registered(async (context) => {
      for (const step of ['a', 'b']) await take(context, step)
      return 'ended'
    })
    const { id } = await begin(kind)
    await ended(kind, id)
    expect(await showJob(db, kind, id)).toMatchObject({ version: 3, data: { steps: ['a', 'b'] }, stop: null })
  })

  test('what a console that died has left is taken up where it stood', async () => {
    const kind = registered(async (context) => {
      expect(context.idleSeconds).toBeGreaterThan(99)
      await take(context, 'b')
      return 'ended'
    })
    const { id } = await testJob(db, kind, { data: { steps: ['a'] } })
    await abandonJob(db, id, 100)
    wake()
    await ended(kind, id)
    expect((await showJob(db, kind, id))?.data.steps).toEqual(['a', 'b'])
  })

  test('is taken up again when it wants to be, and after a failure that nobody foresaw', async () => {
    const again: (() => Promise<WorkResult>)[] = [
      async () => ({ again: 0.2 }),
      () => Promise.reject(new Later(0.2)),
      () => Promise.reject(new Error('unforeseen')),
    ]
    let index = 0
    const kind = registered(
      async ({ job }) => (await again[index++]?.()) ?? (job.data.steps.length > 9 ? { again: 1 } : 'ended'),
    )
    const { id } = await begin(kind)
    await waitUntil(() => expect(index).toBe(3))
    await until(kind, id, { holder: '', endedAt: null })
    // Not at once: it would fail as often as it is begun.
    await takeUpJobs(testStore(db))
    expect(index).toBe(3)
    await abandonJob(db, id)
    wake()
    await ended(kind, id)
    expect(index).toBe(4)
  })

  test('pausing holds it after the step under way, resuming goes on', async () => {
    const kind = registered(forever)
    const { id } = await begin(kind)
    await takesSteps(kind, id)
    await pauseJob(db, kind, id)
    await until(kind, id, { holder: '', paused: true, endedAt: null })
    const steps = (await showJob(db, kind, id))?.data.steps.length ?? 0
    wake()
    await setTimeout(200)
    expect((await showJob(db, kind, id))?.data.steps.length).toBe(steps)
    await resumeJob(db, kind, id)
    wake()
    await waitUntil(async () => expect((await showJob(db, kind, id))?.data.steps.length).toBeGreaterThan(steps))
  })

  test('stopping ends it after the kind has tidied up, in the name of the system', async () => {
    const seen: unknown[] = []
    const kind = registered(async (context) => {
      seen.push(context.actor.role)
      return await forever(context).catch(async (error: unknown) => {
        if (!(error instanceof Stopped)) throw error
        seen.push(error.reason, context.actor.id)
        context.job.data.steps = ['tidied']
        await context.save()
        throw error
      })
    })
    const { id } = await begin(kind)
    await takesSteps(kind, id)
    await stopJob(db, kind, id, { reason: 'cancelled', name: 'kim' })
    await ended(kind, id)
    expect(seen.slice(0, 3)).toEqual(['operator', 'cancelled', 'system'])
    expect(await showJob(db, kind, id)).toMatchObject({ data: { steps: ['tidied'] }, stop: { name: 'kim' } })
  })

  test('a paused one that is stopped is taken up to be tidied', async () => {
    const kind = registered(forever)
    const { id } = await begin(kind)
    await pauseJob(db, kind, id)
    await until(kind, id, { holder: '' })
    await stopJob(db, kind, id, { reason: 'cancelled', name: 'kim' })
    wake()
    await ended(kind, id)
  })

  test('who loses the role, is disabled or gone may not go on', async () => {
    const losses = [
      (id: string) => db.update(users).set({ role: 'viewer' }).where(eq(users.id, id)),
      (id: string) => db.update(users).set({ banned: true }).where(eq(users.id, id)),
      (id: string) => db.delete(users).where(eq(users.id, id)),
    ]
    for (const lose of losses) {
      const kind = registered(forever)
      const person = await testPerson(db)
      const { id } = await begin(kind, person)
      await takesSteps(kind, id)
      await lose(person.actorId)
      await ended(kind, id)
      expect(await showJob(db, kind, id)).toMatchObject({ stop: { reason: 'right_lost', name: person.actorName } })
    }
  })

  test('acts in the present role of who started it', async () => {
    const roles: string[] = []
    const kind = registered(async (context) => {
      await context.permit()
      roles.push(context.actor.role, context.actor.email)
      return 'ended'
    })
    const admin = await testPerson(db, 'admin')
    await ended(kind, (await begin(kind, { ...admin, role: 'operator' })).id)
    expect(roles).toEqual(['admin', admin.actorName])
  })

  test('actors that are no users are asked of whoever knows them; unknown ones may nothing', async () => {
    const known = new Map<string, 'operator' | 'viewer'>([['ci at c', 'operator']])
    registerActorRole('token', (name, connection) => known.get(`${name} at ${connection}`) ?? null)
    const kind = registered(forever)
    const whose = (actorId: string) => ({ actorId, actorName: actorId, role: 'operator' as const })
    const { id } = await begin(kind, whose('token/ci'))
    await takesSteps(kind, id)
    known.delete('ci at c')
    await ended(kind, id)
    for (const actorId of ['token/other', 'robot/ci', 'nobody']) {
      const other = await begin(kind, whose(actorId))
      await ended(kind, other.id)
      expect(await showJob(db, kind, other.id)).toMatchObject({ stop: { reason: 'right_lost' }, data: { steps: [] } })
    }
  })

  test('what is added while it ends is done as well', async () => {
    let rounds = 0
    const kind = registered(async ({ job }) => {
      rounds += 1
      if (rounds === 1) await reopenJob(db, job.id)
      return 'ended'
    })
    const { id } = await begin(kind)
    await ended(kind, id)
    expect(rounds).toBe(2)
    await reopenJob(db, id)
    wake()
    await waitUntil(() => expect(rounds).toBe(3))
    await ended(kind, id)
  })

  test('who opens a job again that was stopped and still goes on is who it acts for from then on', async () => {
    const seen: string[] = []
    const kind = registered(async (context) => {
      for (;;) {
        await context.permit().catch((error: unknown) => {
          if (!(error instanceof Stopped)) throw error
        })
        seen.push(context.actor.id)
        await context.sleep(0.02)
      }
    })
    const [was, is] = [await testPerson(db), await testPerson(db)]
    const { id } = await begin(kind, was)
    const acts = (actor: string) => waitUntil(() => expect(seen.at(-1)).toBe(actor))
    await acts(was.actorId)
    await db.delete(users).where(eq(users.id, was.actorId))
    await acts('system')
    await reopenJob(db, id, is)
    await acts(is.actorId)
    expect(await showJob(db, kind, id)).toMatchObject({ stop: null, endedAt: null })
  })

  test('sleeping ends when somebody stops, pauses or changes the job', async () => {
    for (const act of [
      (kind: TestKind, id: number) => stopJob(db, kind, id, { reason: 'cancelled', name: 'kim' }),
      (kind: TestKind, id: number) => pauseJob(db, kind, id),
      async (_: TestKind, id: number) => {
        await nextVersion(db, id)
        tellJob(id)
      },
    ]) {
      let [isAsleep, isAwake] = [false, false]
      const kind = registered(async (context) => {
        await take(context, 'begun')
        const sleeping = context.sleep(3600)
        isAsleep = true
        await sleeping
        isAwake = true
        return { again: 3600 }
      })
      const { id } = await begin(kind)
      await waitUntil(() => expect(isAsleep).toBe(true))
      await act(kind, id)
      await waitUntil(() => expect(isAwake).toBe(true))
    }
  })

  test('who is overtaken writes nothing more', async () => {
    let told: unknown
    const kind = registered(async (context) => {
      if (context.job.data.steps.length > 0) return { again: 3600 }
      await take(context, 'first')
      await abandonJob(db, context.job.id)
      await takeUpJobs(testStore(db))
      await until(kind, context.job.id, { holder: '' })
      told = await take(context, 'late').catch((error: unknown) => error)
      throw told
    })
    const { id } = await begin(kind)
    await waitUntil(() => expect(told).toBeInstanceOf(Interrupted))
    expect((await showJob(db, kind, id))?.data.steps).toEqual(['first'])
  })

  test('a console that is told to stop ends what is under way, lets go, and takes nothing up', async () => {
    const seen: string[] = []
    const goesOn = signal()
    const kind = registered(async (context) => {
      await take(context, 'begun')
      seen.push('begun')
      await goesOn.given
      seen.push('under way to its end')
      await take(context, 'next')
      return 'ended'
    })
    const sleeper = registered(async (context) => {
      await take(context, 'begun')
      await context.sleep(3600)
      await context.permit()
      return 'ended'
    })
    const [{ id }, asleep] = [await begin(kind), await begin(sleeper)]
    await waitUntil(() => expect(seen).toEqual(['begun']))
    await until(sleeper, asleep.id, { version: 1 })
    const closing = closeJobs()
    goesOn.give()
    await closing
    expect(seen).toEqual(['begun', 'under way to its end'])
    for (const [of, one] of [
      [kind, id],
      [sleeper, asleep.id],
    ] as const)
      expect(await showJob(db, of, one)).toMatchObject({ holder: '', endedAt: null, data: { steps: ['begun'] } })
    wake()
    await setTimeout(100)
    expect(await showJob(db, kind, id)).toMatchObject({ holder: '' })
  })

  test('tidying up is left to the next console as well', async () => {
    const reasons: string[] = []
    const kind = registered(async (context) => {
      for (;;) {
        await take(context, 'step').catch((error: unknown) => {
          if (!(error instanceof Stopped)) throw error
          reasons.push(error.reason)
        })
        await context.sleep(0.02)
      }
    })
    const { id } = await begin(kind)
    await stopJob(db, kind, id, { reason: 'cancelled', name: 'kim' })
    await waitUntil(() => expect(reasons.length).toBeGreaterThan(1))
    await closeJobs()
    expect(await showJob(db, kind, id)).toMatchObject({ holder: '', endedAt: null, stop: { reason: 'cancelled' } })
  })

  const secondsLeft = async (id: number) => {
    const [row] = await db
      .select({ seconds: sql<number>`extract(epoch from ${jobs.until} - now())::float8` })
      .from(jobs)
      .where(and(eq(jobs.id, id), eq(jobs.holder, '')))
    // Some have passed by the time they are read.
    return row ? Math.ceil(row.seconds / 20) * 20 : null
  }
  const isLeftFor = (id: number, seconds: number) => waitUntil(async () => expect(await secondsLeft(id)).toBe(seconds))

  test('what fails again and again is tried less and less often, until it has worked once', async () => {
    let works = false
    const kind = registered(async () => {
      if (works) return { again: 100 }
      throw new Error('unforeseen')
    })
    const { id } = await begin(kind)
    for (const seconds of [60, 120, 240, 480, 600, 600]) {
      await isLeftFor(id, seconds)
      await abandonJob(db, id)
      wake()
    }
    await isLeftFor(id, 600)
    works = true
    await abandonJob(db, id)
    wake()
    await isLeftFor(id, 100)
    works = false
    await abandonJob(db, id)
    wake()
    await isLeftFor(id, 60)
  })

  test('what it cannot read is left alone for longer and longer, and hinders nothing else', async () => {
    const kind = registered(async () => 'ended')
    const [odd, good] = [await testJob(db, kind), await testJob(db, kind)]
    await db
      .update(jobs)
      .set({ data: { steps: 'odd' } })
      .where(eq(jobs.id, odd.id))
    await abandonJob(db, odd.id, 20)
    await abandonJob(db, good.id, 10)
    wake()
    await ended(kind, good.id)
    for (const seconds of [60, 120, 240]) {
      await isLeftFor(odd.id, seconds)
      await abandonJob(db, odd.id)
      wake()
    }
    const [row] = await db.select().from(jobs).where(eq(jobs.id, odd.id))
    expect(row?.endedAt).toBeNull()
  })
})
