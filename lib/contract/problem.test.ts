import { expect, test, vi } from 'vitest'
import { ProblemError, problemOf } from './problem'

test('a problem of another bundle is one: pages and handlers wait for the same answers', async () => {
  vi.resetModules()
  const other = await import('./problem')
  expect(other.ProblemError).not.toBe(ProblemError)
  const problem = { status: 502, code: 'swr_failed', retryAfter: 3 } as const
  expect(problemOf(new other.ProblemError(problem))).toBe(problem)
  expect(other.problemOf(new ProblemError(problem))).toBe(problem)
})

test('anything else is a mistake of the console, whatever it is called', () => {
  const named = Object.assign(new Error('text'), { name: 'ProblemError', problem: { status: 200, code: 'swr_failed' } })
  for (const error of [named, null, undefined, 'swr_failed'])
    expect(problemOf(error)).toEqual({ status: 500, code: 'unexpected' })
})
