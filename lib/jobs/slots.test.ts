import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { smallJobCells } from '../contract/console/sync-vocabulary'
import { type Opened, openDb } from '../db/open'
import { type Db, leases } from '../db/schema'
import { databases, hasPostgres, newPostgres } from '../testing/database'
import { inSlot } from './slots'

const large = smallJobCells + 1

/** Jobs that wait for the same places; who was in them, in order, and how many at once. */
class Queue {
  readonly order: string[] = []
  most = 0
  private now = 0

  constructor(
    private readonly slots: number,
    private readonly keyPrefix = 'calls',
  ) {}

  enter(
    db: Db,
    id: number,
    size: number,
    { ms = 30, name = `${id}`, until }: { ms?: number; name?: string; until?: Promise<void> } = {},
  ) {
    const job = { id, size, holder: `h${id}` }
    const terms = { keyPrefix: this.keyPrefix, slots: this.slots, patienceSeconds: 30, permit: async () => {} }
    return inSlot(db, job, terms, async () => {
      this.most = Math.max(this.most, ++this.now)
      this.order.push(name)
      await (until ?? setTimeout(ms))
      this.now -= 1
    })
  }
}

const queued = async (db: Db, count: number) => {
  for (;;) {
    const [row] = await db.select({ n: sql<number>`count(*)::int` }).from(leases).where(sql`key like '%/queue/%'`)
    if ((row?.n ?? 0) >= count) return
    await setTimeout(10)
  }
}

describe.each(databases())('places for jobs on $name', ({ open }) => {
  let opened: Opened
  let db: Db
  beforeAll(async () => {
    opened = await open()
    db = opened.db
  })
  beforeEach(() => db.delete(leases))
  afterAll(() => opened.close())

  test('as many at once as there are, and nothing is left behind', async () => {
    const queue = new Queue(3)
    await Promise.all(Array.from({ length: 9 }, (_, index) => queue.enter(db, index, large, { ms: 300 })))
    expect([queue.most, queue.order.length]).toEqual([3, 9])
    expect(await db.select().from(leases)).toEqual([])
  })

  test('a small job overtakes large ones between two steps, and the older of two goes first', async () => {
    const queue = new Queue(1)
    // However slow the machine is: all wait before the place is free.
    let leave = () => {}
    const until = new Promise<void>((resolve) => {
      leave = resolve
    })
    const holding = queue.enter(db, 2, large, { until })
    await vi.waitFor(() => expect(queue.order).toEqual(['2']))
    const later = queue.enter(db, 30, large)
    await queued(db, 1)
    const older = queue.enter(db, 4, large)
    await queued(db, 2)
    const small = queue.enter(db, 100, smallJobCells)
    await queued(db, 3)
    leave()
    await Promise.all([holding, later, older, small])
    expect(queue.order).toEqual(['2', '100', '4', '30'])
  })

  test('a large job with many steps lets a small one in after the step under way', async () => {
    const queue = new Queue(1)
    const steps = async () => {
      for (let step = 0; step < 12; step += 1) await queue.enter(db, 1, 1_000, { name: 'large' })
    }
    const large = steps()
    await setTimeout(100)
    const before = queue.order.length
    await queue.enter(db, 2, 1, { name: 'small' })
    await large
    // One step was under way, and one may have begun before the small job had said that it waits.
    expect(queue.order.indexOf('small') - before).toBeLessThanOrEqual(1)
    expect(queue.order).toHaveLength(13)
  })

  test('other places are not waited for', async () => {
    const [one, other] = [new Queue(1, 'a'), new Queue(1, 'a/b')]
    let leave = () => {}
    const until = new Promise<void>((resolve) => {
      leave = resolve
    })
    const holding = one.enter(db, 1, large, { until })
    await vi.waitFor(() => expect(one.order).toHaveLength(1))
    const waiting = one.enter(db, 2, 1)
    await queued(db, 1)
    await other.enter(db, 3, large)
    expect([one.order, other.order]).toEqual([['1'], ['3']])
    leave()
    await Promise.all([holding, waiting])
  })

  test('who waited in a console that died is in nobody’s way for long', async () => {
    await db.execute(
      sql`insert into leases values ('calls/queue/0/0000000000000001', 'dead', now() + interval '700 ms')`,
    )
    const begun = performance.now()
    await new Queue(1).enter(db, 2, large)
    expect(performance.now() - begun).toBeGreaterThan(500)
  })

  test('what forbids the next step ends the waiting, and so does patience', async () => {
    const queue = new Queue(1)
    const holding = queue.enter(db, 1, large, { ms: 1_500 })
    await setTimeout(50)
    const job = { id: 2, size: large, holder: 'h' }
    const terms = { keyPrefix: 'calls', slots: 1, patienceSeconds: 30, permit: async () => {} }
    let asked = 0
    const permit = async () => {
      asked += 1
      if (asked > 1) throw new Error('stopped')
    }
    await expect(inSlot(db, job, { ...terms, permit }, async () => 'in')).rejects.toThrow('stopped')
    await expect(inSlot(db, job, { ...terms, patienceSeconds: 0.1 }, async () => 'in')).rejects.toMatchObject({
      problem: { code: 'busy_here' },
    })
    await holding
    expect(await db.select().from(leases)).toEqual([])
  })
})

test.runIf(hasPostgres())('consoles on one PostgreSQL share places and queue', async () => {
  const url = await newPostgres()
  const [here, there] = await Promise.all([openDb(url), openDb(url)])
  const queue = new Queue(2)
  const entered = Array.from({ length: 8 }, (_, index) => queue.enter((index % 2 ? here : there).db, index + 1, large))
  await Promise.all(entered)
  expect([queue.most, queue.order.length]).toEqual([2, 8])
  await Promise.all([here.close(), there.close()])
})
