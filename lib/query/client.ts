import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { fill, ownProject } from '../contract/path'
import type { In, Out } from '../contract/swr'
import { type OperationName, type Wire, wire } from '../contract/wire'
import { isProblem, type Problem, ProblemError, problemOf } from '../problem'
import { type ReadName, swrKey, swrKeyOfAll, type WriteName } from './key'

interface Given {
  readonly params: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

/** Address of an operation behind our own door. */
function address(connection: string, { path }: Wire, { params, query = {} }: Given): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  const search = pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : ''
  return `/api/swr/${encodeURIComponent(connection)}${fill(path, params, ownProject)}${search}`
}

/** Answers what the door answers; throws a ProblemError for everything else. */
async function ask(connection: string, name: OperationName, given: Given, signal?: AbortSignal): Promise<unknown> {
  const operation: Wire = wire[name]
  const sent = given.body === undefined ? {} : { body: JSON.stringify(given.body) }
  let answer: Response
  try {
    answer = await fetch(address(connection, operation, given), {
      method: operation.method,
      headers: { 'content-type': 'application/json' },
      signal,
      ...sent,
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ProblemError({ status: 0, code: 'offline' })
  }
  const json: unknown = await answer.json().catch(() => undefined)
  if (answer.ok && json !== undefined) return json
  // Not the door's: something between it and the browser answered.
  throw new ProblemError(isProblem(json) ? json : { status: answer.status, code: 'unexpected' })
}

/** Queries fail with the plain problem: the cache goes from server to browser as JSON, failures included. */
const asProblem = (error: unknown): never => {
  throw problemOf(error)
}

/** Worth waiting for in silence; a longer wait is shown, and the screen counts it down. */
const isThrottledShortly = ({ code, retryAfter = 0 }: Problem) => code === 'swr_throttled' && retryAfter <= 10

/** Query of a read. The first answer usually comes from the server with the page, under the same key. */
export function swrQuery<Name extends ReadName>(connection: string, name: Name, input: In<Name>) {
  return queryOptions<Out<Name>, Problem>({
    queryKey: swrKey(connection, name, input),
    // The door has checked the answer by the contract.
    queryFn: ({ signal }) => ask(connection, name, input, signal).catch(asProblem) as Promise<Out<Name>>,
    staleTime: 30_000,
    // Nothing else is asked twice: repeated bad signatures would lock the key (NOTES section 1, rule 13).
    retry: (count, error) => isThrottledShortly(error) && count < 3,
    retryDelay: (count, { retryAfter }) => (retryAfter ?? 2 ** count) * 1000 + Math.random() * 500,
  })
}

interface Options {
  /** Reads whose answers a success makes stale. */
  readonly stale: readonly OperationName[]
}

/** A write. Pending until what it made stale has been read again where it is on screen. Never sent twice. */
export function useSwrMutation<Name extends WriteName>(connection: string, name: Name, { stale }: Options) {
  const cache = useQueryClient()
  const refresh = () =>
    Promise.all(stale.map((read) => cache.invalidateQueries({ queryKey: swrKeyOfAll(connection, read) })))
  return useMutation<Out<Name>, ProblemError, In<Name>>({
    mutationFn: (input) => ask(connection, name, input) as Promise<Out<Name>>,
    retry: false,
    onSuccess: refresh,
    // After a timeout nobody knows what happened: look again, but do not keep the failure waiting for it.
    onError: () => void refresh(),
  })
}
