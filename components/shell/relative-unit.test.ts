import { expect, test } from 'vitest'
import { wholeUnit } from './relative-unit'

const day = 86_400_000

test.each([
  [59_400, undefined],
  [59_600, 'minute'],
  [60_000, undefined],
  [59.6 * 60_000, 'hour'],
  [23.4 * 3_600_000, undefined],
  [23.6 * 3_600_000, 'day'],
  [6.4 * day, undefined],
  [6.6 * day, 'week'],
  [7 * day, undefined],
  [40 * day, undefined],
])('%d milliseconds', (length, unit) => {
  expect(wholeUnit(length)).toBe(unit)
})
