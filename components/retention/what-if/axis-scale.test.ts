import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endOf, placeOf, stepped, valueAt } from './axis-scale'

const places = (count: number) => Array.from({ length: count }, (_, at) => ({ from: at, to: at + 1, images: 3 }))

describe('the axis of tags', () => {
  test.each([
    [0, 0],
    [5, 0.5],
    [10, 1],
    [99, 1],
  ])('%i of ten stands at %d', (value, place) => {
    expect(placeOf(places(10), value)).toBe(place)
  })

  test('a wide bin is as wide as the others', () => {
    const bins = [...places(3), { from: 3, to: 103, images: 9 }]
    expect(placeOf(bins, 53)).toBe(0.875)
    expect(valueAt(bins, 0.875)).toBe(53)
    expect(endOf(bins)).toBe(103)
  })

  test('no number below one can be dragged to', () => {
    expect(valueAt(places(10), -1)).toBe(1)
    expect(valueAt([], 0.5)).toBe(1)
  })

  test('what is dragged to is where it was dropped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), (count, value) => {
        fc.pre(value <= count)
        expect(valueAt(places(count), placeOf(places(count), value))).toBe(value)
      }),
    )
  })

  test.each([
    ['ArrowRight', 6],
    ['ArrowLeft', 4],
    ['PageUp', 15],
    ['PageDown', 1],
    ['Home', 1],
    ['End', 20],
    ['a', null],
  ])('%s', (key, expected) => {
    expect(stepped(key, 5, 20, 32_766)).toBe(expected)
  })

  test('a number beyond what is there stays where it is', () => {
    expect(stepped('ArrowRight', 500, 20, 32_766)).toBe(500)
    expect(stepped('ArrowLeft', 500, 20, 32_766)).toBe(499)
  })

  test('no key leads beyond what a rule may say', () => {
    expect(stepped('End', 5, 40_000, 32_766)).toBe(32_766)
    expect(stepped('PageUp', 32_760, 40_000, 32_766)).toBe(32_766)
  })
})
