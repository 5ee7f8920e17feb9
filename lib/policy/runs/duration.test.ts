import { expect, test } from 'vitest'
import { hangsSince, usualOf } from './duration'

const now = Date.parse('2026-05-20T12:00:00Z')
const hour = 3_600_000
const at = (hours: number) => new Date(now - hours * hour).toISOString()
const run = (status: string, created: number, updated = created) => ({
  status,
  created_at: at(created),
  updated_at: at(updated),
})

test.each([
  ['one that began nine days ago, and a run takes a minute', run('InProgress', 216), 60, true],
  ['one that waits as long', run('Pending', 216), 60, true],
  ['one whose usual length nobody knows', run('InProgress', 25), null, true],
  ['one that moved an hour ago', run('InProgress', 216, 1), 60, false],
  ['one that began two hours ago', run('InProgress', 2), 60, false],
  ['one that takes half a day as usual', run('InProgress', 30), 12 * 3_600, false],
  ['the longest of all', run('InProgress', 200), 30 * 24 * 3_600, true],
  ['one that ended', run('Failed', 216), 60, false],
  ['one whose status nobody knows', run('Dreaming', 216), 60, false],
  ['one without times', { status: 'InProgress' }, 60, false],
])('%s', (_, given, usual, hangs) => {
  expect(hangsSince(given, usual, now) !== null).toBe(hangs)
})

test('it hangs since it last moved', () => {
  expect(hangsSince(run('InProgress', 216, 100), 60, now)).toBe(now - 100 * hour)
})

test('the usual length is that of the middle one of those that ended', () => {
  expect(usualOf([run('Succeed', 3, 2), run('Failed', 9, 4), run('Succeed', 10, 8), run('InProgress', 90, 1)])).toBe(
    7_200,
  )
  expect(usualOf([run('InProgress', 3)])).toBeNull()
})
