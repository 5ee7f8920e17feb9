import { expect, test } from 'vitest'
import { firstWords } from './failure-title'

test('a heading is one line, cut between two words', () => {
  expect(firstWords('worker 7 gave up: E77\nat line 3')).toBe('worker 7 gave up: E77')
  expect(firstWords(`${'word '.repeat(30)}`)).toBe(`${'word '.repeat(15)}word…`)
  expect(firstWords('x'.repeat(200))).toHaveLength(81)
  expect(firstWords('  ')).toBe('')
})
