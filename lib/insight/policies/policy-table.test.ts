import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Replication } from '../../contract/swr/replication'
import { longestStall } from '../../testing/longest-stall'
import { tableOf } from './policy-table'

const forget = () => void Reflect.deleteProperty(globalThis, Symbol.for('console.policy-tables'))
beforeEach(forget)

const policy = (id: number, more: Partial<Replication> = {}): Replication => ({
  id,
  name: `policy-${id}`,
  src_registry: { id: 0 },
  dest_registry: { id: 1 + (id % 3) },
  filters: [],
  trigger: { type: 'scheduled', trigger_settings: { cron: `0 ${id % 60} ${id % 24} * * *` } },
  enabled: id % 10 !== 0,
  created_at: new Date(Date.UTC(2026, 0, 1) + ((id * 7919) % 50_000) * 60_000).toISOString(),
  updated_at: new Date(Date.UTC(2026, 2, 1) + ((id * 104_729) % 50_000) * 60_000).toISOString(),
  content_hash: String(id),
  ...more,
})
const many = (count: number) => Array.from({ length: count }, (_, index) => policy(index + 1))
const first = { offset: 0, limit: 20, sort: 'created_at', order: 'desc' } as const

describe('a table of 10,000 policies', () => {
  test('is sorted and filtered while others are served, and answers again at once', async () => {
    const policies = many(10_000)
    const sorts = ['created_at', 'updated_at', 'name', 'next', 'last'] as const
    const maxStallMs = 250
    const stall = await longestStall(async () => {
      forget()
      const table = await tableOf('place', policies, null)
      for (const sort of sorts) expect(await table.find({ ...first, sort })).toHaveLength(10_000)
      expect(await table.find({ ...first, q: 'POLICY-99', enabled: true })).toHaveLength(9 + 90 + 1)
    }, maxStallMs)
    // Slices are 15 ms; the rest is for slow machines.
    expect(stall).toBeLessThan(maxStallMs)
    const before = process.cpuUsage()
    for (let time = 0; time < 100; time++) {
      const table = await tableOf('place', policies, null)
      expect((await table.find({ ...first, sort: 'name' }))[0]?.policy.name).toBe('policy-10000')
    }
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1000 / 100).toBeLessThan(5)
  })

  test('one more and one changed leave the rows of the others', async () => {
    const policies = many(2_000)
    const before = await tableOf('place', policies, null)
    const sorted = await before.find({ ...first, sort: 'name', order: 'asc' })
    const changed = policies.with(99, policy(100, { name: 'a-new-name' }))
    const after = await tableOf('place', [...changed, policy(2_001)], null)
    const now = await after.find({ ...first, sort: 'name', order: 'asc' })
    expect(now.map(({ policy: { name } }) => name)).toEqual([
      'a-new-name',
      ...sorted.flatMap(({ policy: { id, name } }) => (id === 100 ? [] : [name])),
      'policy-2001',
    ])
    expect(now.filter((row) => sorted.includes(row)).length).toBe(1_999)
  })

  test('is in order, from whatever order it comes', async () => {
    const moment = fc.option(
      fc.integer({ min: 1, max: 5 }).map((day) => new Date(Date.UTC(2026, 0, day)).toISOString()),
      { nil: undefined },
    )
    const rows = fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: 1, max: 99 }),
        name: fc.option(fc.string({ maxLength: 3 }), { nil: undefined }),
        updated_at: moment,
      }),
      { selector: ({ id }) => id, maxLength: 40 },
    )
    await fc.assert(
      fc.asyncProperty(rows, rows, async (one, other) => {
        for (const list of [one, other]) {
          const table = await tableOf(
            'place',
            list.map(({ id, ...more }) => policy(id, more)),
            null,
          )
          for (const order of ['asc', 'desc'] as const) {
            const found = (await table.find({ ...first, sort: 'updated_at', order })).map(({ policy: each }) => each)
            expect(found).toHaveLength(list.length)
            const turn = order === 'asc' ? 1 : -1
            for (const [index, each] of found.slice(1).entries()) {
              const [a, b] = [found[index], each]
              if (a?.updated_at === undefined) expect(b.updated_at).toBeUndefined()
              else if (b.updated_at !== undefined)
                expect(turn * (Date.parse(b.updated_at) - Date.parse(a.updated_at))).toBeGreaterThanOrEqual(0)
              if (a?.updated_at === b.updated_at) expect(turn * ((b.id ?? 0) - (a?.id ?? 0))).toBeGreaterThan(0)
            }
          }
        }
      }),
    )
  })
})
