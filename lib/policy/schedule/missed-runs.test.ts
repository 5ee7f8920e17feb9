import { describe, expect, test } from 'vitest'
import { missedTimes, missedToleranceMs, type SeenRun } from './missed-runs'
import { startsWithin } from './starts'

const at = (text: string) => new Date(`2026-03-${text}:00Z`)
const run = (start: string, end: string | null = start, trigger = 'scheduled'): SeenRun => ({
  at: at(start).getTime(),
  end: end === null ? null : at(end).getTime(),
  trigger,
})
const missedOf = (cron: string, since: Date, now: Date, runs: readonly SeenRun[]) =>
  missedTimes(
    { due: startsWithin(cron, since.getTime(), now.getTime()), toleranceMs: missedToleranceMs(cron, since) },
    since.getTime(),
    now.getTime(),
    runs,
  )
const nightly = '0 0 2 * * *'
const missed = (runs: readonly SeenRun[], now = '04T12:00', since = '01T12:00', cron = nightly) =>
  missedOf(cron, at(since), at(now), runs).map((time) => new Date(time).toISOString().slice(8, 16))

test('a schedule of every second, as the samples of the API have it, is not looked at second by second', () => {
  const [from, to] = [at('01T00:00'), at('08T00:00')]
  const times = missedOf('* * * * * *', from, to, [])
  expect(times.length).toBe(7 * 24 * 60 - 9)
  expect(times.slice(0, 2)).toEqual([at('01T00:00').getTime() + 1_000, at('01T00:01').getTime()])
})

describe('a nightly schedule', () => {
  test('is kept when every night has its run', () => {
    expect(missed([run('04T02:00'), run('03T02:01'), run('02T02:00')])).toEqual([])
  })

  test('was missed on the nights that have none', () => {
    expect(missed([run('03T02:00')])).toEqual(['02T02:00', '04T02:00'])
    expect(missed([])).toEqual(['02T02:00', '03T02:00', '04T02:00'])
  })

  test('is not accused before its time has passed for long', () => {
    const earlier = [run('03T02:00'), run('02T02:00')]
    expect(missed(earlier, '04T01:59')).toEqual([])
    expect(missed(earlier, '04T02:59')).toEqual([])
    expect(missed(earlier, '04T03:01')).toEqual(['04T02:00'])
  })

  test('is not accused for what nobody looked at', () => {
    expect(missed([], '04T12:00', '04T02:00')).toEqual([])
    expect(missed([], '04T12:00', '05T00:00')).toEqual([])
  })

  test('is kept by a run that begins a little late, or by a clock that is ahead', () => {
    expect(missed([run('04T02:40'), run('03T01:59'), run('02T02:00')])).toEqual([])
    expect(missed([run('04T03:10'), run('03T01:50'), run('02T02:00')])).toEqual(['03T02:00', '04T02:00'])
  })

  test('is not kept by hand nor by a push, but by whatever SWR does not name', () => {
    const others = [run('03T02:00'), run('02T02:00')]
    expect(missed([run('04T02:00', '04T02:05', 'manual'), ...others])).toEqual(['04T02:00'])
    expect(missed([run('04T02:00', '04T02:05', 'event_based'), ...others])).toEqual(['04T02:00'])
    expect(missed([run('04T02:00', '04T02:05', ''), ...others])).toEqual([])
    expect(missed([run('04T02:00', '04T02:05', 'timer'), ...others])).toEqual([])
  })

  test('is not accused while an earlier run went on, whoever started it', () => {
    expect(missed([run('04T01:00', '04T06:00', 'manual'), run('03T02:00'), run('02T02:00')])).toEqual([])
    expect(missed([run('03T02:00', null), run('02T02:00')])).toEqual([])
  })
})

test('an hourly schedule has less patience', () => {
  expect(missedToleranceMs('0 15 * * * *', at('01T00:00'))).toBe(15 * 60_000)
  expect(missedToleranceMs('0 */5 * * * *', at('01T00:00'))).toBe(10 * 60_000)
  expect(missedToleranceMs(nightly, at('01T00:00'))).toBe(60 * 60_000)
  expect(missed([run('01T12:15')], '01T14:20', '01T12:00', '0 15 * * * *')).toEqual(['01T13:15'])
})

test('a schedule that cannot be read has nothing to miss', () => {
  for (const cron of ['', 'nightly', '0 0 2 * *', '0 0 2 30 2 *'])
    expect(missed([], '04T12:00', '01T12:00', cron)).toEqual([])
})
