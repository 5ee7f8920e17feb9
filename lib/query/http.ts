import { backgroundHeader, basisHeader, dryRunHeader } from '../contract/headers'
import { isProblem, type Problem, ProblemError, problemOf } from '../contract/problem'
import type { SwrRoute } from '../contract/swr/route'

/** What an operation is asked with, whoever's it is. */
export interface HttpInput {
  readonly params: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly ifMatch?: string
  readonly reason?: string
  readonly basis?: string
  readonly dryRun?: string
  readonly background?: boolean
}

const headersOf = ({ ifMatch, reason, basis, dryRun, background }: HttpInput) => ({
  'content-type': 'application/json',
  ...(ifMatch && { 'if-match': `"${ifMatch}"` }),
  ...(background && { [backgroundHeader]: '1' }),
  ...(basis && { [basisHeader]: basis }),
  ...(dryRun && { [dryRunHeader]: dryRun }),
  // Headers carry no letters beyond Latin.
  ...(reason && { 'x-console-reason': encodeURIComponent(reason) }),
})

/** Answers what the API answers; throws a ProblemError for everything else. */
export async function fetchApi(
  path: string,
  method: SwrRoute['method'],
  input: HttpInput,
  signal?: AbortSignal,
): Promise<unknown> {
  const { query = {}, body } = input
  const pairs = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  const search = pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : ''
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  let answer: Response
  try {
    answer = await fetch(path + search, { method, headers: headersOf(input), signal, ...sent })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ProblemError({ status: 0, code: 'offline' })
  }
  const json: unknown = await answer.json().catch(() => undefined)
  if (answer.ok && json !== undefined) return json
  // Not the API's: something between it and the browser answered.
  throw new ProblemError(isProblem(json) ? json : { status: answer.status, code: 'unexpected' })
}

/** Queries fail with the plain problem: the cache goes from server to browser as JSON, failures included. */
export const throwProblem = (error: unknown): never => {
  throw problemOf(error)
}

/** Worth waiting for in silence; a longer wait is shown, and the screen counts it down. */
export const isThrottledShortly = ({ code, retryAfter = 0 }: Problem) => code === 'swr_throttled' && retryAfter <= 10
