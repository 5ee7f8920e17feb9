import { expect, test } from 'vitest'
import type { RunTag } from '../../contract/swr/runs'
import { rateOf } from './tags'

const now = Date.parse('2026-03-04T09:30:00Z')
const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString()
const tag = (start: number | null, end: number | null): RunTag => ({
  ...{ task: 1, repository: 'payments/api', tag: 'v1', digest: '', act: 'copy', status: '', text: '', cause: null },
  phase: end === null ? 'running' : 'succeeded',
  start: start === null ? null : ago(start),
  end: end === null ? null : ago(end),
})
const copied = (count: number, start: number, end: number) => Array.from({ length: count }, () => tag(start, end))

test.each<[string, RunTag[], number | null]>([
  ['what has not begun', [tag(null, null), tag(null, null)], null],
  ['less than three seconds', copied(9, 2.9, 1), null],
  ['three seconds', copied(9, 3, 1), 3],
  ['less than three tags', [...copied(2, 60, 1), tag(60, null)], null],
  ['a minute', [...copied(6, 60, 1), tag(60, null)], 0.1],
  ['what ended in the last five minutes only', [...copied(50, 900, 301), ...copied(3, 600, 300)], 0.01],
])('the rate of %s', (_, tags, rate) => {
  expect(rateOf(tags, now)).toBe(rate)
})
