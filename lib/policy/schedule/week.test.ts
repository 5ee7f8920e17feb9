import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { startsWithin } from './starts'
import * as week from './week'
import { daysFrom, type PeakTime, type Start } from './week'

const monday = Date.UTC(2026, 2, 2)
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const starts = (...list: [key: string, minutes: number][]): Start[] =>
  list.map(([key, minutes]) => ({ key, at: monday + minutes * minute }))

function result<Result>(steps: Generator<unknown, Result, void>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
const busiestByHour = (all: readonly Start[], origin: number, weightOf?: (key: string) => number) =>
  result(week.busiestByHour(all, origin, weightOf))
const peakTimesOf = (all: readonly Start[], origin: number) => week.peakTimesOf(busiestByHour(all, origin))
const habitsOf = (peaks: readonly PeakTime[], timeOfDay: (timeMs: number) => string) =>
  result(week.habitsOf(peaks, timeOfDay))

describe('times of a schedule', () => {
  const within = (cron: string, from = monday, to = monday + 7 * day) =>
    startsWithin(cron, from, to).map((time) => (time - monday) / hour)

  test('are those after the beginning, up to the end', () => {
    expect(within('0 0 2 * * *')).toEqual([2, 26, 50, 74, 98, 122, 146])
    expect(within('0 0 0 * * *')).toEqual([24, 48, 72, 96, 120, 144, 168])
    expect(within('0 30 4 * * 1,3')).toEqual([4.5, 52.5])
    expect(within('0 0 2 1 1 *')).toEqual([])
    expect(within('nonsense')).toEqual([])
  })

  test('are many where it says so', () => {
    expect(within('0 */15 * * * *')).toHaveLength(7 * 24 * 4)
    expect(within('0 * * * * *')).toHaveLength(7 * 24 * 60)
  })
})

describe('crowds', () => {
  test('are counted within fifteen minutes, wherever these begin', () => {
    const hours = busiestByHour(starts(['a', 50], ['b', 58], ['c', 64], ['d', 65], ['e', 90]), monday)
    expect(hours.get(0)).toEqual({ at: monday + 50 * minute, keys: ['a', 'b', 'c'], count: 3 })
    expect(hours.get(1)).toEqual({ at: monday + 64 * minute, keys: ['c', 'd'], count: 2 })
    expect(hours.get(2)).toBeUndefined()
  })

  test('count a schedule once, however often it starts', () => {
    const hours = busiestByHour(starts(['a', 0], ['a', 5], ['a', 10], ['b', 12]), monday)
    expect(hours.get(0)?.keys).toEqual(['a', 'b'])
  })

  test('count schedules that always start together under one key as many', () => {
    const weights: Readonly<Record<string, number>> = { a: 300, b: 7 }
    const weightOf = (key: string) => weights[key] ?? 1
    const hours = busiestByHour(starts(['a', 0], ['a', 5], ['b', 14], ['c', 15]), monday, weightOf)
    expect(hours.get(0)).toEqual({ at: monday + 5 * minute, keys: ['a', 'b', 'c'], count: 308 })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(600)), { maxLength: 60 }), (list) => {
        const grouped = starts(...list.map(([key, at]): [string, number] => [`k${key}`, at]))
        // Each key stands for as many as its own number and one.
        const each = grouped.flatMap(({ key, at }) =>
          Array.from({ length: Number(key.slice(1)) + 1 }, (_, index) => ({ key: `${key} ${index}`, at })),
        )
        const counts = (peaks: Map<number, PeakTime>) => [...peaks].map(([at, { count }]) => [at, count])
        expect(counts(busiestByHour(grouped, monday, (key) => Number(key.slice(1)) + 1))).toEqual(
          counts(busiestByHour(each, monday)),
        )
      }),
    )
  })

  test('are four or more, and said once where they overlap', () => {
    const early = starts(['a', 0], ['b', 5], ['c', 5], ['d', 14])
    expect(peakTimesOf(early.slice(0, 3), monday)).toEqual([])
    expect(peakTimesOf(early, monday)).toEqual([{ at: monday, keys: ['a', 'b', 'c', 'd'], count: 4 }])
    const over = starts(['a', 55], ['b', 56], ['c', 57], ['d', 58], ['e', 61], ['f', 61], ['g', 62], ['h', 63])
    expect(peakTimesOf(over, monday).map(({ at, keys }) => [(at - monday) / minute, keys.length])).toEqual([[55, 8]])
    const growing = starts(
      ['a', 50],
      ['b', 51],
      ['c', 52],
      ['d', 60],
      ['e', 61],
      ['f', 66],
      ['g', 67],
      ['h', 68],
      ['i', 69],
    )
    expect(peakTimesOf(growing, monday).map(({ at, keys }) => [(at - monday) / minute, keys.length])).toEqual([[60, 6]])
  })

  test('that come back every day are one habit', () => {
    const daily = [0, 1, 2].flatMap((each) =>
      starts(['a', 120], ['b', 121], ['c', 122], ['d', 123]).map((start) => ({ ...start, at: start.at + each * day })),
    )
    const once = starts(['a', 600], ['b', 600], ['c', 600], ['d', 600], ['e', 600])
    const timeOfDay = (timeMs: number) => new Date(timeMs).toISOString().slice(11, 16)
    const habits = habitsOf(peakTimesOf([...daily, ...once], monday), timeOfDay)
    expect(habits.map(({ time, keys, at }) => [time, keys.length, at.length])).toEqual([
      ['10:00', 5, 1],
      ['02:00', 4, 3],
    ])
  })
})

describe('days of a zone', () => {
  test('begin at its midnight', () => {
    const noon = monday + 12 * hour
    expect(daysFrom(noon, 'UTC', 2)).toEqual([monday, monday + day])
    // 20:00 in Shanghai, whose Monday began on Sunday at 16:00 UTC.
    expect(daysFrom(noon, 'Asia/Shanghai', 1)).toEqual([monday - 8 * hour])
    // There it is Tuesday already.
    expect(daysFrom(monday + 17 * hour, 'Asia/Shanghai', 1)).toEqual([monday + 16 * hour])
    expect(daysFrom(noon, 'Asia/Kathmandu', 1)).toEqual([monday - 5.75 * hour])
  })

  test('have 23 or 25 hours around a change of clocks', () => {
    const lengths = (from: number, zone: string) =>
      daysFrom(from, zone, 4).map((each, index, all) => ((all[index + 1] ?? each) - each) / hour)
    expect(lengths(Date.UTC(2026, 2, 28, 12), 'Europe/Berlin')).toEqual([24, 23, 24, 0])
    expect(lengths(Date.UTC(2026, 9, 24, 12), 'Europe/Berlin')).toEqual([24, 25, 24, 0])
  })

  test.each([
    ['America/Havana', '2026-03-08T05:00:00Z'],
    ['America/Santiago', '2026-09-06T04:00:00Z'],
    ['Atlantic/Azores', '2026-03-29T01:00:00Z'],
  ])('begin at 01:00 where %s skips midnight', (zone, firstInstant) => {
    const first = Date.parse(firstInstant)
    expect(daysFrom(first - 12 * hour, zone, 3)).toEqual([first - day, first, first + 23 * hour])
    expect(daysFrom(first, zone, 1)).toEqual([first])
  })
})
