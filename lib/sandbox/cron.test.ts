import { expect, test } from 'vitest'
import { cronComplaint } from './cron'

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
