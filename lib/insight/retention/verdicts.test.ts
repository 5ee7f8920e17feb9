import { expect, test } from 'vitest'
import { isWhole } from './verdicts'

const task = { id: 1, total: 3, retained: 1, status: 'Success' }
const row = (digest: string, more: object = {}) => ({ id: 1, action: 'DEL', digest, ...more })
const two = [row('a'), row('b')]

test.each([
  ['as many deletions as are not retained', task, two, true],
  ['fewer deletions than are not retained', task, two.slice(1), false],
  [
    'the tags of one image, and another image left out',
    task,
    [row('a', { tag: 'a1' }), row('a', { tag: 'a2' })],
    false,
  ],
  ['a deletion that failed, which counts as retained', task, [row('a'), row('b', { status: 'Failed' })], false],
  ['rows that say no digest', task, [{ action: 'DEL' }, { action: 'DEL' }], false],
  ['no total', { ...task, total: undefined }, two, false],
  ['nothing on what is retained', { ...task, retained: undefined }, two, false],
  ['a task that was stopped', { ...task, status: 'Stopped' }, two, false],
  ['a task that failed', { ...task, status: 'Failed' }, two, false],
  [
    'a task under way, whose counters are those before its end',
    { ...task, total: 0, retained: 0, status: 'InProgress' },
    [],
    false,
  ],
  ['a task whose status nobody can read', { ...task, status: 'Sleeping' }, two, false],
  ['nothing to delete', { ...task, retained: 3 }, [], true],
])('%s: whole is what has ended well and names each image', (_, given, subtasks, whole) => {
  expect(isWhole(given, subtasks)).toBe(whole)
})
