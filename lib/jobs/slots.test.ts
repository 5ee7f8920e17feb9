import { setTimeout } from 'node:timers/promises'
import { and, eq, gt, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { smallJobCells } from '../contract/console/sync-vocabulary'
import { type Opened, openDb } from '../db/open'
import { type Db, leases } from '../db/schema'
import { databases, hasPostgres, newPostgres } from '../testing/database'
import { signal } from '../testing/signal'
import { waitUntil } from '../testing/wait-until'
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

  enter(db: Db, id: number, size: number, { name = `${id}`, until }: { name?: string; until?: Promise<void> } = {}) {
    const job = { id, size, holder: `h${id}` }
    const terms = { keyPrefix: this.keyPrefix, slots: this.slots, patienceSeconds: 30, permit: async () => {} }
    return inSlot(db, job, terms, async () => {
      this.most = Math.max(this.most, ++this.now)
      this.order.push(name)
      await (until ?? setTimeout(30))
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
    const { given: until, give: leave } = signal()
    const entered = Array.from({ length: 9 }, (_, index) => queue.enter(db, index, large, { until }))
    // All others have found them taken.
    await waitUntil(() => expect(queue.order).toHaveLength(3))
    await queued(db, 6)
    leave()
    await Promise.all(entered)
    expect([queue.most, queue.order.length]).toEqual([3, 9])
    expect(await db.select().from(leases)).toEqual([])
  })

  test('a small job overtakes large ones between two steps, and the older of two goes first', async () => {
    const queue = new Queue(1)
    // However slow the machine is: all wait before the place is free.
    const { given: until, give: leave } = signal()
    const holding = queue.enter(db, 2, large, { until })
    await waitUntil(() => expect(queue.order).toEqual(['2']))
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
    const { given: until, give: leave } = signal()
    const steps = async () => {
      for (let step = 0; step < 12; step += 1)
        await queue.enter(db, 1, large, { name: 'large', ...(step === 3 && { until }) })
    }
    const all = steps()
    await waitUntil(() => expect(queue.order).toHaveLength(4))
    const small = queue.enter(db, 2, 1, { name: 'small' })
    await queued(db, 1)
    leave()
    await Promise.all([all, small])
    expect(queue.order.indexOf('small')).toBe(4)
    expect(queue.order).toHaveLength(13)
  })

  test('other places are not waited for', async () => {
    const [one, other] = [new Queue(1, 'a'), new Queue(1, 'a/b')]
    const { given: until, give: leave } = signal()
    const holding = one.enter(db, 1, large, { until })
    await waitUntil(() => expect(one.order).toHaveLength(1))
    const waiting = one.enter(db, 2, 1)
    await queued(db, 1)
    await other.enter(db, 3, large)
    expect([one.order, other.order]).toEqual([['1'], ['3']])
    leave()
    await Promise.all([holding, waiting])
  })

  test('who waited in a console that died is in nobody’s way for long', async () => {
    await db.execute(sql`insert into leases values ('calls/queue/0/0000000000000001', 'dead', now() + interval '2 s')`)
    const terms = { keyPrefix: 'calls', slots: 1, patienceSeconds: 30, permit: async () => {} }
    const inItsWay = () =>
      db
        .select()
        .from(leases)
        .where(and(eq(leases.holder, 'dead'), gt(leases.until, sql`now()`)))
    expect(await inSlot(db, { id: 2, size: large, holder: 'h' }, terms, inItsWay)).toEqual([])
  })

  test('what forbids the next step ends the waiting, and so does patience', async () => {
    const queue = new Queue(1)
    const { given: until, give: leave } = signal()
    const holding = queue.enter(db, 1, large, { until })
    await waitUntil(() => expect(queue.order).toHaveLength(1))
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
    leave()
    await holding
    expect(await db.select().from(leases)).toEqual([])
  })
})

test.runIf(hasPostgres())('consoles on one PostgreSQL share places and queue', async () => {
  const url = await newPostgres()
  const [here, there] = await Promise.all([openDb(url), openDb(url)])
  const queue = new Queue(2)
  const { given: until, give: leave } = signal()
  const entered = Array.from({ length: 8 }, (_, index) =>
    queue.enter((index % 2 ? here : there).db, index + 1, large, { until }),
  )
  await waitUntil(() => expect(queue.order).toHaveLength(2))
  await queued(here.db, 6)
  leave()
  await Promise.all(entered)
  expect([queue.most, queue.order.length]).toEqual([2, 8])
  await Promise.all([here.close(), there.close()])
})
