import { beforeEach, describe, expect, test } from 'vitest'
import type { Scheduled } from '../../contract/console/week'
import { longestStall } from '../../testing/longest-stall'
import { weekShapeOf } from './week-shape'

const forget = () => void Reflect.deleteProperty(globalThis, Symbol.for('console.week-shapes'))
beforeEach(forget)

const now = new Date('2026-05-20T12:00:00Z')
const hour = 3_600_000
const scheduled = (id: number, cron: string, more: Partial<Scheduled> = {}): Scheduled => ({
  kind: 'replication',
  id,
  name: `p${id}`,
  namespace: null,
  registry: { id: 1 + (id % 3), name: '' },
  enabled: true,
  cron,
  usual: null,
  ...more,
})
const many = (count: number, cronOf: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => scheduled(index + 1, cronOf(index)))

describe('the shape of a week', () => {
  test('counts each schedule, draws those of a registry in one row, and leaves out who is off', async () => {
    const schedules = [
      ...many(4, () => '0 0 2 * * *'),
      scheduled(5, '0 5 2 * * 4', { kind: 'retention', registry: null }),
      scheduled(6, '0 5 2 * * *', { enabled: false }),
      scheduled(7, 'nobody can read this', { registry: null }),
    ]
    const { busiest, peaks, habits, lanes, bounds, complete } = await weekShapeOf('place', schedules, 'UTC', now)
    expect(bounds.map((bound) => (bound - Date.UTC(2026, 4, 20)) / hour)).toEqual([0, 24, 48, 72, 96, 120, 144, 168])
    // Thursday has one more.
    expect([...busiest].map(([at, { count }]) => [at, count])).toEqual(
      [2, 26, 50, 74, 98, 122, 146].map((at) => [at, at === 26 ? 5 : 4]),
    )
    expect(peaks).toHaveLength(7)
    expect(habits.map(({ time, count, at }) => [time, count, at.length])).toEqual([
      ['02:00', 5, 1],
      ['02:00', 4, 6],
    ])
    expect(lanes.map(({ kind, registry, starts, enabled }) => [kind, registry?.id, starts, enabled])).toEqual([
      ['replication', 2, 14, true],
      ['replication', 3, 7, true],
      ['replication', 1, 14, true],
      ['retention', undefined, 1, true],
      ['replication', undefined, 0, true],
    ])
    expect(lanes[2]?.marks).toEqual({
      replication: [8, 104, 200, 296, 392, 488, 584],
      retention: [],
      disabled: [8, 104, 200, 296, 392, 488, 584],
    })
    expect(complete).toBe(true)
  })

  test('is worked out once for a zone, and anew when the schedules are others', async () => {
    const schedules = many(5, () => '0 0 2 * * *')
    const first = await weekShapeOf('place', schedules, 'UTC', now)
    expect(await weekShapeOf('place', schedules, 'UTC', now)).toBe(first)
    const there = await weekShapeOf('place', schedules, 'Asia/Shanghai', now)
    expect(there.habits.map(({ time }) => time)).toEqual(['10:00'])
    expect((await weekShapeOf('place', schedules.slice(1), 'UTC', now)).peaks[0]?.count).toBe(4)
  })

  test.each([
    ['0 5 4 29 2 *', 0],
    ['0 30 3 1 1 *', 0],
    ['0 */10 * * * *', 10_000 * 1_008],
  ])('10,000 policies with the schedule %s are looked at at once', async (cron, starts) => {
    const before = process.cpuUsage()
    const { lanes, peaks } = await weekShapeOf(
      'place',
      many(10_000, () => cron),
      'Europe/Berlin',
      now,
    )
    const { user, system } = process.cpuUsage(before)
    expect(lanes.reduce((sum, lane) => sum + lane.starts, 0)).toBe(starts)
    expect(peaks[0]?.count).toBe(starts > 0 ? 10_000 : undefined)
    // It took seconds when each policy was searched by itself.
    expect((user + system) / 1000).toBeLessThan(1_200)
  })

  test('10,000 policies that each have a schedule of their own let others be served, and say what is left out', async () => {
    const schedules = many(10_000, (index) => `${index % 60} ${Math.floor(index / 60) % 60}/5 * * * *`)
    const maxStallMs = 250
    const stall = await longestStall(async () => {
      forget()
      const { complete, peaks } = await weekShapeOf('place', schedules, 'UTC', now)
      expect(complete).toBe(false)
      expect(peaks.length).toBeGreaterThan(0)
    }, maxStallMs)
    // Slices are 15 ms; the rest is for slow machines.
    expect(stall).toBeLessThan(maxStallMs)
  })
})
