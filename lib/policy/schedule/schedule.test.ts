import { Cron } from 'croner'
import fc from 'fast-check'
import { createTranslator } from 'next-intl'
import { describe, expect, test } from 'vitest'
import { cronFlaw, cronState } from '../../contract/cron'
import { messages } from '../../i18n/messages'
import { describeSchedule } from './describe'
import { nextRuns, readSchedule, type Schedule, scheduleArguments } from './schedule'

const from = new Date('2026-03-10T08:15:30.500Z')
const runs = (cron: string, count = 3) =>
  nextRuns(cron, from, count).map((run) => run.toISOString().replace('.000Z', 'Z'))

describe('cronFlaw', () => {
  test.each([
    ['', 'required'],
    ['0 0 2 * *', 'cron_fields'],
    ['0 0 2 * * * *', 'cron_fields'],
    ['@daily', 'cron_fields'],
    ['0 0 24 * * *', 'cron_syntax'],
    ['0 60 2 * * *', 'cron_syntax'],
    ['0 0 2 0 * *', 'cron_syntax'],
    ['0 0 2 * 13 *', 'cron_syntax'],
    ['0 0 2 * * 7', 'cron_syntax'],
    ['0 0 2 L * *', 'cron_syntax'],
    ['0 0 2 * * 1#2', 'cron_syntax'],
    ['0 0/0 2 * * *', 'cron_syntax'],
    ['0 5-1 2 * * *', 'cron_syntax'],
    ['0 1, 2 * * *', 'cron_syntax'],
    ['0 1/2/3 2 * * *', 'cron_syntax'],
    ['0 1-2-3 2 * * *', 'cron_syntax'],
    ['0 -1 2 * * *', 'cron_syntax'],
    ['* 0 2 * * *', 'cron_seconds'],
    ['00 0 2 * * *', 'cron_seconds'],
    ['30 0 2 * * *', 'cron_seconds'],
    ['* * * * * *', 'cron_seconds'],
    ['0 * 2 * * *', 'cron_minutes'],
    ['0 ? 2 * * *', 'cron_minutes'],
    ['0 */1 2 * * *', 'cron_minutes'],
    ['0 0 0 31 2 *', 'cron_never'],
    ['0 0 0 31 2,4,6,9,11 ?', 'cron_never'],
    ['0 0 2 * * *', null],
    ['  0  0 2 * * *  ', null],
    ['0 0 0 1 * ?', null],
    ['0 */15 * * * *', null],
    ['0 0 0 29 2 *', null],
    ['0 0 0 31 2 mon', null],
    ['0 30 6 ? JAN-jun MON,Wed', null],
  ])('%s → %s', (cron, code) => {
    expect(cronFlaw(cron, 'replication')).toBe(code)
  })

  test('retention may run every minute', () => {
    expect(cronFlaw('0 * 2 * * *', 'retention')).toBeNull()
    expect(cronFlaw('* * * * * *', 'retention')).toBe('cron_seconds')
  })
})

test.each([
  ['0 0 2 * * *', 'fine'],
  ['* * * * * *', 'fine'],
  ['0 0 0 31 2 mon', 'fine'],
  ['0 0 3 30 2 *', 'never'],
  ['0 0 3 31 4,6,9,11 *', 'never'],
  ['0 0 0 * * 7', 'unreadable'],
  ['0 0/15 * * *', 'unreadable'],
  ['@daily', 'unreadable'],
  ['0 2 * * WED *', 'unreadable'],
  ['', 'none'],
])('a schedule that was read as %j is %s', (cron, state) => {
  expect(cronState(cron)).toBe(state)
})

describe('nextRuns', () => {
  test('starts strictly after the given moment, in UTC', () => {
    expect(runs('0 15 8 * * *', 2)).toEqual(['2026-03-11T08:15:00Z', '2026-03-12T08:15:00Z'])
    expect(runs('31 15 8 * * *', 1)).toEqual(['2026-03-10T08:15:31Z'])
    expect(nextRuns('0 15 8 * * *', new Date('2026-03-10T08:15:00Z'), 1)).toEqual([new Date('2026-03-11T08:15:00Z')])
  })

  test('a question mark is an asterisk', () => {
    expect(runs('0 0 0 1 * ?')).toEqual(['2026-04-01T00:00:00Z', '2026-05-01T00:00:00Z', '2026-06-01T00:00:00Z'])
  })

  test('day of month and day of week, both restricted: either one', () => {
    // 10 March 2026 is a Tuesday.
    expect(runs('0 0 0 13 * 1')).toEqual(['2026-03-13T00:00:00Z', '2026-03-16T00:00:00Z', '2026-03-23T00:00:00Z'])
    // A step is a restriction in that engine, too: odd days or Mondays.
    expect(runs('0 0 0 */2 * 1', 4)).toEqual([
      '2026-03-11T00:00:00Z',
      '2026-03-13T00:00:00Z',
      '2026-03-15T00:00:00Z',
      '2026-03-16T00:00:00Z',
    ])
    // Every day written out is no "any": the other field does not narrow it.
    expect(runs('0 0 0 1-31 * 1', 2)).toEqual(['2026-03-11T00:00:00Z', '2026-03-12T00:00:00Z'])
    expect(runs('0 0 0 * * 1', 2)).toEqual(['2026-03-16T00:00:00Z', '2026-03-23T00:00:00Z'])
  })

  test('leap days are found however far they are', () => {
    expect(runs('0 0 0 29 2 *', 2)).toEqual(['2028-02-29T00:00:00Z', '2032-02-29T00:00:00Z'])
    expect(nextRuns('0 0 0 29 2 *', new Date('2096-03-01T00:00:00Z'), 1)).toEqual([new Date('2104-02-29T00:00:00Z')])
  })

  test('nothing for what cannot be read or never fits', () => {
    expect(runs('')).toEqual([])
    expect(runs('hello')).toEqual([])
    expect(runs('0 0 0 31 2 *')).toEqual([])
    expect(nextRuns('0 0 0 * * *', new Date(Number.NaN), 5)).toEqual([])
    expect(runs('0 0 0 * * *', 0)).toEqual([])
  })

  test('is found without walking to it, however far and rare it is', () => {
    const before = process.cpuUsage()
    for (let time = 0; time < 200; time++) {
      expect(runs('0 5 4 29 2 *', 1)).toEqual(['2028-02-29T04:05:00Z'])
      expect(runs('0 30 3 1 1 *', 1)).toEqual(['2027-01-01T03:30:00Z'])
      expect(runs('0 0 0 30 2 *', 1)).toEqual([])
    }
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1000).toBeLessThan(400)
  })

  test('agrees with an independent engine', () => {
    const number = (min: number, max: number) => fc.integer({ min, max }).map(String)
    const field = (min: number, max: number) =>
      fc.oneof(
        fc.constant('*'),
        number(min, max),
        fc
          .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
          .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
        fc.uniqueArray(number(min, max), { minLength: 1, maxLength: 3 }).map((list) => list.join()),
        fc.integer({ min: 2, max: Math.min(9, max) }).map((step) => `*/${step}`),
      )
    const cron = fc
      .tuple(field(0, 59), field(0, 23), field(1, 28), field(1, 12), field(0, 6))
      .map((parts) => ['0', ...parts].join(' '))
    const moment = fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(cron, moment, (text, start) => {
        const theirs = new Cron(text, { timezone: 'UTC', paused: true }).nextRuns(4, start)
        expect(nextRuns(text, start, 4)).toEqual(theirs)
      }),
      { numRuns: 400 },
    )
  })

  // Why that engine does not replace ours (docs/decisions/0018): robfig's rules are others.
  const croner = (cron: string) => {
    const engine = new Cron(cron, { timezone: 'UTC', paused: true, mode: '6-part' })
    return engine.nextRuns(2, from).map((run) => run.toISOString().slice(0, 10))
  }
  test.each([
    ['a list with "any" in it is "any"', '0 0 0 13,* * 1', ['2026-03-16', '2026-03-23'], ['2026-03-11', '2026-03-12']],
    ['every one by a step is "any"', '0 0 0 13 * */1', ['2026-03-13', '2026-04-13'], ['2026-03-11', '2026-03-12']],
    ['there is no day 7', '0 0 0 * * 7', [], ['2026-03-15', '2026-03-22']],
    ['there is no last day', '0 0 0 L * *', [], ['2026-03-31', '2026-04-30']],
    ['there is no second Monday', '0 0 0 * * 1#2', [], ['2026-04-13', '2026-05-11']],
    ['there is no nearest working day', '0 0 0 15W * *', [], ['2026-03-16', '2026-04-15']],
  ])('%s, unlike in the other engine: %s', (_rule, cron, ours, theirs) => {
    expect(runs(cron, 2).map((run) => run.slice(0, 10))).toEqual(ours)
    expect(croner(cron)).toEqual(theirs)
  })

  test.each([
    ['a step may follow a number', '0 0 8/8 * * *', ['2026-03-10T16:00:00Z', '2026-03-11T08:00:00Z']],
    ['a step may be longer than the field', '0 0 */30 * * *', ['2026-03-11T00:00:00Z', '2026-03-12T00:00:00Z']],
  ])('%s, which the other engine refuses: %s', (_rule, cron, ours) => {
    expect(runs(cron, 2)).toEqual(ours)
    expect(() => croner(cron)).toThrow(/Syntax error/)
  })
})

const readings: [string, Schedule][] = [
  ['0 * * * * *', { kind: 'everyMinutes', minutes: 1 }],
  ['0 */15 * * * *', { kind: 'everyMinutes', minutes: 15 }],
  ['0 0/20 * * * ?', { kind: 'everyMinutes', minutes: 20 }],
  ['0 0,30 * * * *', { kind: 'everyMinutes', minutes: 30 }],
  ['0 5 * * * *', { kind: 'hourly', minute: 5 }],
  ['0 0 * * * *', { kind: 'hourly', minute: 0 }],
  ['0 10 */6 * * *', { kind: 'everyHours', hours: 6, minute: 10 }],
  ['0 0 0,12 * * *', { kind: 'everyHours', hours: 12, minute: 0 }],
  ['0 30 2 * * *', { kind: 'daily', hour: 2, minute: 30 }],
  ['0 30 0 ? * *', { kind: 'daily', hour: 0, minute: 30 }],
  ['0 30 2 1-31 * mon', { kind: 'daily', hour: 2, minute: 30 }],
  ['0 0 0 1 * 0-6', { kind: 'daily', hour: 0, minute: 0 }],
  ['0 0 3 * * MON-FRI', { kind: 'weekly', days: [1, 2, 3, 4, 5], hour: 3, minute: 0 }],
  ['0 0 3 ? * 6,0', { kind: 'weekly', days: [0, 6], hour: 3, minute: 0 }],
  ['0 0 0 1 * ?', { kind: 'monthly', day: 1, hour: 0, minute: 0 }],
  ['0 0 0 31 1-12 *', { kind: 'monthly', day: 31, hour: 0, minute: 0 }],
  ...[
    '',
    'nonsense',
    '* * * * * *',
    '30 0 2 * * *',
    '0 */7 * * * *',
    '0 5/15 * * * *',
    '0 0 */5 * * *',
    '0 0 1/6 * * *',
    '0 0,30 2 * * *',
    '0 */15 2 * * *',
    '0 0 2 1,15 * *',
    '0 0 2 1 1 *',
    '0 0 2 13 * 5',
    '0 0 */6 * * 1',
    '0 5 * * * 1',
  ].map((cron): [string, Schedule] => [cron, { kind: 'other' }]),
]

test.each(readings)('reads %s as %o', (cron, schedule) => {
  expect(readSchedule(cron)).toEqual(schedule)
})

test('any text is read without an error', () => {
  const text = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom(...'0159*?/-, LW#'), { maxLength: 24 }).map((list) => list.join('')),
  )
  fc.assert(
    fc.property(text, (cron) => {
      const { kind } = readSchedule(cron)
      // Whatever has words would also run.
      if (kind !== 'other') expect(nextRuns(cron, from, 1)).toHaveLength(1)
      if (cronFlaw(cron, 'retention') === null) expect(nextRuns(cron, from, 1)).toHaveLength(1)
    }),
  )
})

describe('words', () => {
  const say = (cron: string, locale: 'en' | 'zh-CN') => {
    const t = createTranslator({ locale, messages: { words: messages[locale].schedule.words } })
    return t('words', scheduleArguments(readSchedule(cron), locale))
  }

  test.each([
    ['0 * * * * *', 'Every minute', '每分钟'],
    ['0 */15 * * * *', 'Every 15 minutes', '每 15 分钟'],
    ['0 0 * * * *', 'Every hour, on the hour', '每小时整点'],
    ['0 5 * * * *', 'Every hour, 5 min past', '每小时的第 5 分钟'],
    ['0 10 */6 * * *', 'Every 6 hours from 00:00 UTC, 10 min past', '从 00:00（UTC）起每 6 小时的第 10 分钟'],
    ['0 5 2 * * *', 'Every day at 02:05 UTC', '每天 02:05（UTC）'],
    ['0 0 3 * * 0,1,3', 'Every Mon, Wed, Sun at 03:00 UTC', '每周一、周三、周日 03:00（UTC）'],
    ['0 0 0 1 * ?', 'Every month on day 1 at 00:00 UTC', '每月 1 日 00:00（UTC）'],
    [
      '0 0 0 31 * ?',
      'On day 31 of every month that has one, at 00:00 UTC',
      '每月 31 日 00:00（UTC，跳过无 31 日的月份）',
    ],
    ['0 0 2 13 * 5', 'Custom schedule', '自定义计划'],
  ])('%s', (cron, english, chinese) => {
    expect(say(cron, 'en')).toBe(english)
    expect(say(cron, 'zh-CN')).toBe(chinese)
  })

  test('a custom schedule is spelled out in both languages', async () => {
    expect(await describeSchedule('0 */15 2 * * 1', 'en')).toBe(
      'Every 15 minutes, between 02:00 and 02:59, only on Monday',
    )
    expect(await describeSchedule('0 */15 2 * * 1', 'zh-CN')).toMatch(/15 ?分钟.*星期一/)
    expect(await describeSchedule('nonsense', 'en')).toBe('')
  })
})
