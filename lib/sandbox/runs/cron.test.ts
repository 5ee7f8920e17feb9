import { expect, test } from 'vitest'
import { cronComplaint, dueTimes } from './cron'

test.each(['0 0 2 * * *', '0 */15 0-6 ? * MON-FRI', '0 5,35 */6 1 JAN,JUL ?', '0 0 0 31 12 6'])(
  '%s is a schedule',
  (cron) => {
    expect(cronComplaint(cron, { everyMinute: false })).toBeNull()
  },
)

test.each([
  '',
  '0 0 2 * *',
  '0 0 2 * * * *',
  '0  0 2 * * *',
  '00 0 2 * * *',
  '5 0 2 * * *',
  '* 0 2 * * *',
  '0 * 2 * * *',
  '0 60 2 * * *',
  '0 0 24 * * *',
  '0 0 2 0 * *',
  '0 0 2 * 13 *',
  '0 0 2 * * 7',
  '0 0 5-2 * * *',
  '0 0 */0 * * *',
  '0 0 2, * * *',
  '0 ? 2 * * *',
  '0 0 2 * * FOO',
])('%j is none', (cron) => {
  expect(cronComplaint(cron, { everyMinute: false })).toEqual(expect.any(String))
})

test('retention may run every minute', () => {
  expect(cronComplaint('0 * * * * *', { everyMinute: true })).toBeNull()
})

/* 1 March 2026 is a Sunday. */
const due = (cron: string, since: string, until: string, most = 100) =>
  dueTimes(cron, Date.parse(since), Date.parse(until), most).map((time) =>
    new Date(time).toISOString().slice(5, 16).replace('T', ' '),
  )

test.each<[string, string[]]>([
  ['0 30 2 * * *', ['03-01 02:30', '03-02 02:30', '03-03 02:30', '03-04 02:30']],
  ['0 5 */12 2,4 * ?', ['03-02 00:05', '03-02 12:05', '03-04 00:05', '03-04 12:05']],
  ['0 50/5 9 ? * MON', ['03-02 09:50', '03-02 09:55']],
  ['0 0 0-6/3 ? MAR 3', ['03-04 00:00', '03-04 03:00', '03-04 06:00']],
  // Two fields of days: either is enough. A list with "any" in it is "any".
  ['0 0 1 2 * wed', ['03-02 01:00', '03-04 01:00']],
  ['0 0 1 3,* * 2', ['03-03 01:00']],
  ['0 0 1 */2 * 0,1', ['03-01 01:00', '03-02 01:00', '03-03 01:00']],
  ['0 0 2 * 4 *', []],
  ['0 0 2 31 2 *', []],
  ['every now and then', []],
  ['', []],
])('%s is due', (cron, expected) => {
  expect(due(cron, '2026-03-01T00:00:00Z', '2026-03-04T23:59:00Z')).toEqual(expected)
})

test('due after the one moment, until and with the other', () => {
  expect(due('0 0 2 * * *', '2026-03-01T02:00:00Z', '2026-03-02T02:00:00Z')).toEqual(['03-02 02:00'])
  expect(due('0 0 2 * * *', '2026-03-01T02:00:00.001Z', '2026-03-02T01:59:59.999Z')).toEqual([])
})

test('of too many the latest are told', () => {
  expect(due('0 */20 * * * *', '2025-03-01T00:00:00Z', '2026-03-01T00:30:00Z', 3)).toEqual([
    '02-28 23:40',
    '03-01 00:00',
    '03-01 00:20',
  ])
})
