import { setTimeout } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databases, hasPostgres, newPostgres } from '../testing/database'
import { signal } from '../testing/signal'
import { releaseLeases, withLease } from './lease'
import { type Opened, openDb } from './open'
import { type Db, leases } from './schema'

/** Runs all at once; answers the most that were inside at a time. */
async function most(works: ((inside: () => Promise<void>) => Promise<void>)[]): Promise<number> {
  let [now, peak] = [0, 0]
  const inside = async () => {
    peak = Math.max(peak, ++now)
    await setTimeout(30)
    now--
  }
  await Promise.all(works.map((work) => work(inside)))
  return peak
}

describe.each(databases())('a lease on $name', ({ open }) => {
  let opened: Opened
  let db: Db
  beforeAll(async () => {
    opened = await open()
    db = opened.db
  })
  afterAll(() => opened.close())

  test('lets one in at a time, and different objects at once', async () => {
    const one = (inside: () => Promise<void>) => withLease(db, 'a', 30, inside)
    expect(await most([one, one, one])).toBe(1)
    // Each leaves only when the other is in as well.
    const [a, b] = [signal(), signal()]
    const enter = (key: string, [here, there]: ReturnType<typeof signal>[]) =>
      withLease(db, key, 30, async () => {
        here?.give()
        await there?.given
      })
    await Promise.all([enter('a', [a, b]), enter('b', [b, a])])
    expect(await db.select().from(leases)).toEqual([])
  })

  test('is let go when the work fails', async () => {
    const failing = withLease(db, 'a', 30, () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect(await withLease(db, 'a', 30, async () => 'in', 0)).toBe('in')
  })

  test('who waits too long is told', async () => {
    await withLease(db, 'a', 30, async () => {
      await expect(withLease(db, 'a', 30, async () => 'in', 0.2)).rejects.toMatchObject({
        problem: { status: 409, code: 'busy_here' },
      })
    })
  })

  test('what a dead console held ends with its time', async () => {
    await db.execute(sql`insert into leases values ('dead', 'nobody', now() + interval '1 hour')`)
    await expect(withLease(db, 'dead', 30, async () => 'in', 0)).rejects.toMatchObject({
      problem: { code: 'busy_here' },
    })
    await db.execute(sql`update leases set until = now() + interval '300 ms' where key = 'dead'`)
    expect(await withLease(db, 'dead', 30, async () => 'in')).toBe('in')
  })

  test('is renewed while the work goes on', async () => {
    const until = async () => (await db.select().from(leases).where(eq(leases.key, 'long')))[0]?.until.getTime()
    await withLease(db, 'long', 6, async (hold) => {
      const first = (await until()) ?? Number.POSITIVE_INFINITY
      await expect.poll(until).toBeGreaterThan(first)
      await expect(withLease(db, 'long', 30, async () => 'in', 0)).rejects.toMatchObject({
        problem: { code: 'busy_here' },
      })
      await hold()
    })
    expect(await withLease(db, 'long', 30, async () => 'in', 0)).toBe('in')
  })

  test('who was overtaken is told before it goes on, and does not let go of what another holds', async () => {
    const sent: string[] = []
    const work = withLease(db, 'late', 30, async (hold) => {
      await hold()
      sent.push('first')
      await db.update(leases).set({ holder: 'another' }).where(eq(leases.key, 'late'))
      await hold()
      sent.push('second')
    })
    await expect(work).rejects.toMatchObject({ problem: { status: 409, code: 'busy_here' } })
    expect(sent).toEqual(['first'])
    expect(await db.select({ holder: leases.holder }).from(leases).where(eq(leases.key, 'late'))).toEqual([
      { holder: 'another' },
    ])
  })

  test('is not taken up again once it was lost', async () => {
    await withLease(db, 'gone', 0.3, async (hold) => {
      await db.update(leases).set({ holder: 'another' }).where(eq(leases.key, 'gone'))
      await expect.poll(() => hold().then(String, ({ problem }) => problem.code)).toBe('busy_here')
      await db.delete(leases).where(eq(leases.key, 'gone'))
      await expect(hold()).rejects.toMatchObject({ problem: { code: 'busy_here' } })
      await setTimeout(300)
    })
    expect(await db.select().from(leases).where(eq(leases.key, 'gone'))).toEqual([])
  })

  test('of a console that died is gone when the next one starts on its directory', async () => {
    await db.execute(sql`insert into leases values ('left', 'nobody', now() + interval '1 hour')`)
    await releaseLeases(db)
    expect(await withLease(db, 'left', 30, async () => 'in', 0)).toBe('in')
  })
})

test.runIf(hasPostgres())('consoles on one PostgreSQL take turns', async () => {
  const url = await newPostgres()
  const replicas = await Promise.all([openDb(url), openDb(url)])
  const work = replicas.flatMap(({ db }) =>
    [1, 2].map(() => (inside: () => Promise<void>) => withLease(db, 'policy', 30, inside)),
  )
  expect(await most(work)).toBe(1)
  await Promise.all(replicas.map(({ close }) => close()))
})
