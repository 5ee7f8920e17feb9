import { expect, test } from 'vitest'
import { type ProblemCode, ProblemError } from '../../contract/problem'
import { swrSchemas } from '../../contract/swr/schemas'
import { Interrupted, Later } from '../../jobs/job'
import { type PartialRunContext, retryWhenThrottled, withRetry } from './retry'

const of = (check: () => void = () => {}): PartialRunContext => ({
  actor: { id: '1', email: 'lin@team.example', name: 'Lin', role: 'operator' },
  connection: 'default',
  instance: 'i',
  reason: '',
  token: '0123456789ab',
  parent: swrSchemas.replicationShow.response.parse({ id: 7 }),
  deadline: Number.POSITIVE_INFINITY,
  save: async () => {},
  check,
  permit: async () => {},
  inSlot: (work) => work(),
  inTurn: (work) => work(),
  room: { isFull: false },
})

/** Answers after failing so, without a pause. */
function failing(code: ProblemCode, times: number) {
  let asked = 0
  return {
    ask: async () => {
      asked += 1
      if (asked <= times) throw new ProblemError({ status: 500, code, retryAfter: 0 })
      return 'answer'
    },
    asked: () => asked,
  }
}

test('a read is asked again while SWR is down or slow, and put off when that lasts', async () => {
  for (const code of ['swr_throttled', 'swr_timeout', 'swr_failed', 'swr_unreachable'] as const)
    expect(await withRetry(of(), failing(code, 3).ask)).toBe('answer')
  await expect(withRetry(of(), failing('swr_unreachable', 99).ask)).rejects.toThrow(Later)
  await expect(withRetry(of(), failing('swr_forbidden', 1).ask)).rejects.toThrow(ProblemError)
})

test('a credential that SWR refuses says nothing about the run: it is put off, for long, and not tried again meanwhile', async () => {
  for (const code of ['swr_wrong_secret', 'swr_unknown_key', 'swr_token', 'swr_clock'] as const) {
    const { ask, asked } = failing(code, 99)
    await expect(withRetry(of(), ask)).rejects.toMatchObject({ seconds: 600 })
    expect(asked()).toBe(1)
  }
})

test('a write is sent again only when it was turned back before it was carried out', async () => {
  expect(await retryWhenThrottled(of(), failing('swr_throttled', 2).ask)).toBe('answer')
  for (const code of ['swr_timeout', 'swr_failed', 'swr_broke_off', 'swr_busy'] as const) {
    const once = failing(code, 1)
    await expect(retryWhenThrottled(of(), once.ask)).rejects.toThrow(ProblemError)
    expect(once.asked()).toBe(1)
  }
})

test('nothing is asked or sent for a run that somebody else carries out', async () => {
  const lost = () => {
    throw new Interrupted()
  }
  const never = failing('swr_failed', 0)
  await expect(withRetry(of(lost), never.ask)).rejects.toThrow(Interrupted)
  await expect(retryWhenThrottled(of(lost), never.ask)).rejects.toThrow(Interrupted)
  expect(never.asked()).toBe(0)
})
