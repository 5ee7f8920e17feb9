import { describe, expect, test } from 'vitest'
import { allCells, cellId, columnCells, moved, placeOf, rectangle, rowCells, toggled } from './selection'

/** Four rows of three columns, of which the second is left out by a filter. */
const shape = { rows: [0, 2, 3], columns: 3 }

describe('cells of a filtered grid', () => {
  test('keep their numbers', () => {
    expect(cellId(shape, { row: 1, column: 2 })).toBe(8)
    expect(placeOf(shape, 8)).toEqual({ row: 1, column: 2 })
    expect(placeOf(shape, 4)).toBeNull()
  })

  test('are chosen between two corners, whichever comes first', () => {
    const cells = [1, 2, 7, 8]
    expect(rectangle(shape, { row: 0, column: 1 }, { row: 1, column: 2 })).toEqual(cells)
    expect(rectangle(shape, { row: 1, column: 2 }, { row: 0, column: 1 })).toEqual(cells)
    expect(rectangle(shape, { row: 1, column: 1 }, { row: 0, column: 2 })).toEqual(cells)
  })

  test('are chosen by row, by column and altogether', () => {
    expect(rowCells(shape, 2)).toEqual([9, 10, 11])
    expect(columnCells(shape, 1)).toEqual([1, 7, 10])
    expect(allCells(shape)).toEqual([0, 1, 2, 6, 7, 8, 9, 10, 11])
    expect(columnCells({ rows: [], columns: 2 }, 1)).toEqual([])
  })
})

test('choosing again takes away only what is chosen altogether', () => {
  expect([...toggled(new Set([1, 2]), [2, 3])]).toEqual([1, 2, 3])
  expect([...toggled(new Set([1, 2, 3]), [2, 3])]).toEqual([1])
})

test.each([
  ['ArrowDown', false, { row: 1, column: 1 }],
  ['ArrowDown', true, { row: 2, column: 1 }],
  ['ArrowUp', false, { row: 0, column: 1 }],
  ['ArrowRight', false, { row: 0, column: 2 }],
  ['ArrowLeft', true, { row: 0, column: 0 }],
  ['PageDown', false, { row: 2, column: 1 }],
  ['Home', false, { row: 0, column: 0 }],
  ['End', true, { row: 2, column: 2 }],
] as const)('%s (with Ctrl: %s) leads to a cell and never out of the grid', (key, ctrl, expected) => {
  expect(moved(shape, { row: 0, column: 1 }, key, ctrl)).toEqual(expected)
})

test('other keys do not move', () => {
  expect(moved(shape, { row: 0, column: 0 }, 'a', false)).toBeNull()
})
