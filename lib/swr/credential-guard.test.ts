import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ProblemError } from '../contract/problem'
import { guarded, quietTime } from './credential-guard'

const refusal = new ProblemError({ status: 502, code: 'swr_wrong_secret', requestId: 'r1' })
const missing = new ProblemError({ status: 404, code: 'swr_not_found' })
let sent: number
let open: number
let most: number

/** Takes a moment, as SWR does, and counts how many are under way together. */
const sending = (outcome: unknown) => async () => {
  sent += 1
  open += 1
  most = Math.max(most, open)
  await new Promise((resolve) => setTimeout(resolve, 5))
  open -= 1
  if (outcome instanceof Error) throw outcome
  return outcome
}

let count = 0
let connection: string
beforeEach(() => {
  ;[sent, open, most] = [0, 0, 0]
  count += 1
  connection = `guarded-${count}`
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const together = (outcome: unknown, times: number) =>
  Promise.allSettled(Array.from({ length: times }, () => guarded(connection, sending(outcome))))

test('a bad credential is tried once, however many ask', async () => {
  const answers = await together(refusal, 8)
  expect(sent).toBe(1)
  expect(answers.map((answer) => answer.status === 'rejected' && answer.reason.problem.requestId)).toEqual(
    Array.from({ length: 8 }, () => 'r1'),
  )
})

test('it is tried again once the quiet time is over, and only once', async () => {
  await together(refusal, 2)
  vi.advanceTimersByTime(quietTime - 1)
  await together(refusal, 2)
  expect(sent).toBe(1)
  vi.advanceTimersByTime(2)
  await together(refusal, 4)
  expect(sent).toBe(2)
})

test('a credential that was mended works from the next try on', async () => {
  await together(refusal, 2)
  vi.advanceTimersByTime(quietTime + 1)
  expect(await guarded(connection, sending('rows'))).toBe('rows')
  await together('rows', 4)
  expect(sent).toBe(6)
})

test('an accepted credential lets all go together; what is missing does not speak against it', async () => {
  await together(missing, 1)
  await together('rows', 4)
  expect(most).toBe(4)
})

test('connections do not wait for one another', async () => {
  await together(refusal, 1)
  expect(await guarded(`${connection}-other`, sending('rows'))).toBe('rows')
})
