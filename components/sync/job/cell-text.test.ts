import { expect, test } from 'vitest'
import { explanationOf } from './cell-text'

test.each([
  [null, 'missing'],
  ['swr_timeout', 'missing_unanswered'],
  ['interrupted', 'missing_unanswered'],
  // A call without an answer ends so as well.
  ['other_digest', 'missing_different'],
])('a missing cell whose reason is %s claims that SWR reported success only where it has: %s', (reason, key) => {
  expect(explanationOf({ state: 'missing', reason })).toBe(key)
})
