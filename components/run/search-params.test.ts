import { expect, test } from 'vitest'
import { presetOf, type RunView, shownPhase } from './search-params'

const counts = { waiting: 0, running: 0, succeeded: 3, failed: 1, stopped: 0, unknown: 0 }
const view: RunView = { page: 1, size: 20, q: '', part: 'tags', phase: null, cause: null, repository: null }

test.each([
  ['Failed', 1, 'failed'],
  ['Succeed', 1, 'failed'],
  ['Stopped', 1, 'failed'],
  ['Failed', 0, null],
  ['InProgress', 1, null],
  ['Dreaming', 1, null],
])('a run that is %s with %i failed tags opens with %s', (status, failed, preset) => {
  expect(presetOf({ execution: { status }, tags: { ...counts, failed } })).toBe(preset)
})

test('what somebody has chosen goes before what is preselected', () => {
  expect(shownPhase(view, 'failed')).toBe('failed')
  expect(shownPhase({ ...view, phase: 'all' }, 'failed')).toBeNull()
  expect(shownPhase({ ...view, phase: 'succeeded' }, 'failed')).toBe('succeeded')
  expect(shownPhase({ ...view, repository: 'a/b' }, 'failed')).toBeNull()
  expect(shownPhase({ ...view, part: 'repositories' }, 'failed')).toBeNull()
})
