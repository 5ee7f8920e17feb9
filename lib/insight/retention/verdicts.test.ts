import { expect, test } from 'vitest'
import { isWhole } from './verdicts'

const task = { id: 1, total: 3, retained: 1, status: 'Success' }
const two = [
  { id: 1, action: 'DEL' },
  { id: 2, action: 'DEL' },
]

test.each([
  ['as many deletions as are not retained', task, two, true],
  ['fewer deletions than are not retained', task, two.slice(1), false],
  ['no total', { ...task, total: undefined }, two, false],
  ['nothing on what is retained', { ...task, retained: undefined }, two, false],
  ['a task that was stopped', { ...task, status: 'Stopped' }, two, false],
])('%s: whole is what SWR counts', (_, given, subtasks, whole) => {
  expect(isWhole(given, subtasks)).toBe(whole)
})
