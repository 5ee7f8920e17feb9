import { expect, test } from 'vitest'
import { cronComplaint } from './cron'
import { matcher } from './glob'

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

test.each([
  ['', 'anything', true],
  ['**', 'a/b/c', true],
  ['library/**', 'library/nginx', true],
  ['library/**', 'library', false],
  ['*', 'a/b', false],
  ['a**z', 'a/z', false],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/x/y/b', true],
  ['v?.0', 'v1.0', true],
  ['{a,b/{c,d}}', 'b/d', true],
  ['{a, b}', 'b', false],
  ['a,b', 'a,b', true],
  ['{a', 'a', false],
  ['v1.0', 'v1x0', false],
  ['\\*', '*', true],
])('pattern %j, name %j: %s', (pattern, name, expected) => {
  expect(matcher(pattern)(name)).toBe(expected)
})
