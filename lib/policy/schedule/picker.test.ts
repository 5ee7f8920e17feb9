import { describe, expect, test } from 'vitest'
import { cronFlaw } from '../../contract/cron'
import { frequencyOf } from './frequency'
import { asKind, cronOf, hourSteps, minuteSteps, type PickedSchedule, readTime, timeText } from './picker'
import { nextRuns, readSchedule } from './schedule'
import { clockChanges, dayShift, instantOfLocal, offsetAt } from './zone'

const picks: PickedSchedule[] = [
  ...minuteSteps.map((minutes): PickedSchedule => ({ kind: 'everyMinutes', minutes })),
  ...hourSteps.map((hours): PickedSchedule => ({ kind: 'everyHours', hours, minute: 10 })),
  { kind: 'hourly', minute: 0 },
  { kind: 'hourly', minute: 59 },
  { kind: 'daily', hour: 0, minute: 0 },
  { kind: 'daily', hour: 23, minute: 5 },
  { kind: 'weekly', days: [0, 6], hour: 3, minute: 30 },
  { kind: 'weekly', days: [1], hour: 3, minute: 30 },
  { kind: 'monthly', day: 31, hour: 0, minute: 0 },
]

describe('picker', () => {
  test.each(picks)('$kind is read again as it was picked: %o', (picked) => {
    expect(readSchedule(cronOf(picked))).toEqual(picked)
    expect(cronFlaw(cronOf(picked), 'retention')).toBeNull()
  })

  test('every kind can be turned into every other, and keeps its time where both have one', () => {
    for (const from of picks)
      for (const { kind } of picks) expect(readSchedule(cronOf(asKind(kind, from)))).toMatchObject({ kind })
    expect(cronOf(asKind('weekly', readSchedule('0 45 21 * * *')))).toBe('0 45 21 * * 1')
    expect(cronOf(asKind('monthly', readSchedule('nonsense')))).toBe('0 0 2 1 * *')
  })

  test('nothing that can be picked is refused for replication but every minute', () => {
    const refused = picks.filter((picked) => cronFlaw(cronOf(picked), 'replication') !== null)
    expect(refused).toEqual([{ kind: 'everyMinutes', minutes: 1 }])
  })

  test.each([
    ['02:05', { hour: 2, minute: 5 }],
    ['23:59:00', { hour: 23, minute: 59 }],
    ['', undefined],
    ['24:00', undefined],
    ['2:05', undefined],
  ])('reads the time %s', (text, time) => {
    expect(readTime(text)).toEqual(time)
    if (time) expect(text.startsWith(timeText(time))).toBe(true)
  })
})

test.each([
  ['0 * * * * *', 1440, 'day'],
  ['0 */15 * * * *', 96, 'day'],
  ['0 0 * * * *', 24, 'day'],
  ['0 0,30 2 * * *', 2, 'day'],
  ['0 0 2 1-31 * 1', 1, 'day'],
  ['0 0 2 * * 1-5', 5, 'week'],
  ['0 0 2 1,15 * ?', 2, 'month'],
  ['0 0 2 31 * *', 7, 'year'],
  ['0 0 2 1 1 *', 1, 'year'],
  ['0 0 2 29 2 *', 0, 'year'],
  ['0 0 */6 * 1-6 1', 104, 'year'],
])('%s runs %d times a %s', (cron, times, per) => {
  expect(frequencyOf(cron)).toEqual({ times, per })
})

test('what is no schedule has no frequency', () => {
  expect(frequencyOf('0 0 2 * *')).toBeNull()
})

describe('zones', () => {
  test.each([
    ['2026-01-15T12:00:00Z', 'UTC', 0],
    ['2026-01-15T12:00:30Z', 'Asia/Shanghai', 480],
    ['2026-01-15T12:00:00Z', 'Europe/Berlin', 60],
    ['2026-07-15T12:00:00Z', 'Europe/Berlin', 120],
    ['2026-01-15T12:00:00Z', 'America/St_Johns', -210],
    ['2026-01-15T12:00:00Z', 'Asia/Kathmandu', 345],
  ])('at %s %s is ahead by %d minutes', (instant, zone, minutes) => {
    expect(offsetAt(new Date(instant), zone)).toBe(minutes)
  })

  test.each([
    ['2026-03-28T02:30', 'Europe/Berlin', '2026-03-28T01:30'],
    // Skipped: clocks go from 02:00 to 03:00.
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30'],
    ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30'],
    // Comes twice: the first time.
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30'],
    // Half an hour only.
    ['2026-10-04T02:10', 'Australia/Lord_Howe', '2026-10-03T15:40'],
    ['2026-01-01T00:00', 'Pacific/Kiritimati', '2025-12-31T10:00'],
    ['2026-01-01T00:00', 'Pacific/Pago_Pago', '2026-01-01T11:00'],
  ])('clocks show %s in %s at %s UTC', (local, zone, instant) => {
    expect(instantOfLocal(Date.parse(`${local}Z`), zone)).toBe(Date.parse(`${instant}Z`))
  })

  test('a change of the clocks is noted at the first run behind it', () => {
    // Berlin: back on 25 October 2026 at 01:00 UTC, forward on 28 March 2027.
    const autumn = new Date('2026-10-23T12:00:00Z')
    const nightly = nextRuns('0 0 2 * * *', autumn, 5)
    expect(clockChanges(autumn, nightly, 'Europe/Berlin')).toEqual([{ run: new Date('2026-10-25T02:00:00Z'), by: -60 }])
    expect(clockChanges(autumn, nightly, 'Asia/Shanghai')).toEqual([])
    expect(clockChanges(autumn, nextRuns('0 0 0 1 1,7 *', autumn, 2), 'Europe/Berlin')).toEqual([
      { run: new Date('2027-01-01T00:00:00Z'), by: -60 },
      { run: new Date('2027-07-01T00:00:00Z'), by: 60 },
    ])
  })

  test.each([
    ['2026-01-15T17:00:00Z', 'Asia/Shanghai', 1],
    ['2026-01-15T02:00:00Z', 'Asia/Shanghai', 0],
    ['2026-01-15T02:00:00Z', 'America/New_York', -1],
  ])('the day of %s in %s differs by %d', (instant, zone, days) => {
    expect(dayShift(new Date(instant), zone)).toBe(days)
  })
})
