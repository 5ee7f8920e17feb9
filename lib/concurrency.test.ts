import { expect, test } from 'vitest'
import { inTurns } from './concurrency'

test('some at a time, each once and in order', async () => {
  const begun: number[] = []
  let [now, most] = [0, 0]
  const left = await inTurns([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    begun.push(item)
    now += 1
    most = Math.max(most, now)
    await Promise.resolve()
    now -= 1
    return true
  })
  expect([begun, most, left]).toEqual([[1, 2, 3, 4, 5, 6, 7], 3, []])
})

test('after a false answer nothing more is begun, and what was not begun is told', async () => {
  const begun: number[] = []
  const left = await inTurns([1, 2, 3, 4, 5], 2, async (item) => {
    begun.push(item)
    return item !== 2
  })
  expect(begun).toEqual([1, 2, 3])
  expect(left).toEqual([4, 5])
})
