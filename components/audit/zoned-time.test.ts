import { expect, test } from 'vitest'
import { instantOf, localOf } from './zoned-time'

test.each([
  ['Asia/Shanghai', '2026-03-01T10:00', '2026-03-01T02:00:00.000Z'],
  ['UTC', '2026-03-01T00:00', '2026-03-01T00:00:00.000Z'],
  ['Europe/Berlin', '2026-03-29T01:30', '2026-03-29T00:30:00.000Z'],
  ['Europe/Berlin', '2026-03-29T03:30', '2026-03-29T01:30:00.000Z'],
  ['Europe/Berlin', '2026-10-25T12:00', '2026-10-25T11:00:00.000Z'],
  ['Asia/Kolkata', '2026-12-31T23:59', '2026-12-31T18:29:00.000Z'],
])('%s %s', (zone, local, instant) => {
  expect(instantOf(local, zone)).toBe(instant)
  expect(localOf(instant, zone)).toBe(local)
})

test.each([
  ['of a time that comes twice, the first', 'Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
  ['of a time that is skipped, the clock before', 'Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
])('%s', (_, zone, local, instant) => {
  expect(instantOf(local, zone)).toBe(instant)
})

test('what is no time is nothing', () => {
  expect(instantOf('', 'UTC')).toBeNull()
  expect(localOf('yesterday', 'UTC')).toBe('')
})
