import { expect, test } from 'vitest'
import { edgePull } from './edge-pull'

test('inside of its edges a grid stands still', () => {
  expect(edgePull(300, 100, 500)).toBe(0)
  expect(edgePull(116, 100, 500)).toBe(0)
  expect(edgePull(484, 100, 500)).toBe(0)
})

test('at an edge it follows the pointer, faster the further that is', () => {
  const speeds = [490, 500, 520, 600, 900].map((at) => edgePull(at, 100, 500))
  expect(speeds).toEqual(speeds.toSorted((a, b) => a - b))
  expect(new Set(speeds).size).toBe(speeds.length)
  expect(edgePull(5_000, 100, 500)).toBe(edgePull(9_000, 100, 500))
  for (const beyond of [1, 30, 400]) expect(edgePull(100 - beyond, 100, 500)).toBe(-edgePull(500 + beyond, 100, 500))
})

test('a grid lower than its two edges scrolls to the nearer side', () => {
  expect(edgePull(101, 100, 120)).toBeLessThan(0)
  expect(edgePull(119, 100, 120)).toBeGreaterThan(0)
})
