import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maxBytesPerCall, maxTagsPerCall, nextLookMs, toCalls } from './calls'

const cell = fc.record({
  repository: fc.constantFrom('team/a', 'team/b'),
  target: fc.constantFrom(0, 1),
  overwrite: fc.boolean(),
  size: fc.oneof(fc.nat({ max: 1_000_000_000 }), fc.constant(maxBytesPerCall + 1)),
})

describe('calls', () => {
  test('hold each cell once, of one repository, target and mode, and no more than they may', () => {
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 200 }), (cells) => {
        const calls = toCalls(cells)
        expect(new Set(calls.flat()).size).toBe(cells.length)
        expect(calls.flat()).toHaveLength(cells.length)
        for (const call of calls) {
          const kinds = new Set(call.map(({ repository, target, overwrite }) => `${repository} ${target} ${overwrite}`))
          expect(kinds.size).toBe(1)
          expect(call.length).toBeLessThanOrEqual(maxTagsPerCall)
          const bytes = call.reduce((sum, { size }) => sum + size, 0)
          if (call.length > 1) expect(bytes).toBeLessThanOrEqual(maxBytesPerCall)
        }
      }),
    )
  })

  test('keep the order of the cells', () => {
    const cells = Array.from({ length: 45 }, (_, index) => ({
      index,
      repository: 'team/a',
      target: 0,
      overwrite: false,
      size: 1,
    }))
    expect(toCalls(cells).map((call) => call.map(({ index }) => index))).toEqual([
      cells.slice(0, 20).map(({ index }) => index),
      cells.slice(20, 40).map(({ index }) => index),
      cells.slice(40).map(({ index }) => index),
    ])
  })
})

test('a target is looked at often at first and ever more seldom', () => {
  expect([0, 3_000, 30_000, 300_000, 3_000_000].map(nextLookMs)).toEqual([2_000, 2_000, 10_000, 60_000, 60_000])
})
