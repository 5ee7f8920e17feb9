import { expect, test } from 'vitest'
import { problemOf } from '../contract/problem'
import { withPasswordSlot } from './password-slots'

test('two at once, twenty wait in turn, the others are told to come back', async () => {
  let running = 0
  let peak = 0
  const order: number[] = []
  const ends: (() => void)[] = []
  const check = (number: number) =>
    withPasswordSlot(async () => {
      peak = Math.max(peak, ++running)
      order.push(number)
      await new Promise<void>((resolve) => ends.push(resolve))
      running--
      return number
    }).catch(problemOf)
  const all = [...Array(25).keys()].map(check)
  for (let ended = 0; ended < 22; ended++) {
    await new Promise(setImmediate)
    ends.shift()?.()
  }
  const answers = await Promise.all(all)
  expect(peak).toBe(2)
  expect(order).toEqual([...Array(22).keys()])
  expect(answers.slice(22)).toEqual(Array(3).fill({ status: 503, code: 'sign_in_busy', retryAfter: 5 }))
  expect(await withPasswordSlot(async () => 'free again')).toBe('free again')
})

test('a check that fails gives its place back', async () => {
  for (let each = 0; each < 30; each++)
    await expect(withPasswordSlot(() => Promise.reject(new Error('wrong')))).rejects.toThrow('wrong')
  expect(await withPasswordSlot(async () => 'free')).toBe('free')
})
