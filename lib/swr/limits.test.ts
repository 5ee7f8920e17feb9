import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { maxTokens, takeToken, tokensPerSecond } from './person-limit'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const later = (ms: number) => vi.advanceTimersByTime(ms)

test('nobody uses up the quota of all: after a burst, requests go at a pace, and too many are refused', async () => {
  for (let at = 0; at < maxTokens; at += 1) await takeToken('ann')
  const more = await Promise.allSettled(Array.from({ length: 3 * tokensPerSecond }, () => takeToken('ann')))
  // Those for which two seconds are enough were waited for.
  expect(more.filter(({ status }) => status === 'rejected')).toHaveLength(tokensPerSecond)
  await expect(takeToken('ann')).rejects.toMatchObject({
    problem: { status: 429, code: 'too_many_requests', retryAfter: 3 },
  })
  await takeToken('bob')
  later(10_000)
  await takeToken('ann')
})
