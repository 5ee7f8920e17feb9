import 'server-only'
import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { callConsole } from '../api/console'
import type { Cached } from '../cache'
import type { Actor } from '../contract/actor'
import { type Problem, problemOf } from '../contract/problem'
import type { SwrOperation } from '../contract/swr/operations'
import { requestSwr } from '../swr/client'
import { type ApiInput, isSwrOperation, queryKey, type ReadOperation } from './operations'
import { freshOrRemembered, remembered } from './remembered'

/**
 * A read on the server under the key that the browser uses. Problems are returned, not thrown: a thrown error would reach
 * the error page without its message. They are cached as well, so that the first HTML shows them and nothing is asked twice.
 */
export const prefetch = <Name extends ReadOperation>(
  cache: QueryClient,
  actor: Actor,
  operation: Name,
  input: ApiInput<Name>,
): Promise<Problem | null> => put(cache, queryKey(operation, input), () => read(actor, operation, input))

/**
 * The same for what stands beside the matter of a page: nobody waits for SWR where the console knows it. What is older than half
 * a minute the browser asks for again, by the time that comes along.
 */
export const prefetchRemembered = <Name extends ReadOperation & SwrOperation>(
  cache: QueryClient,
  actor: Actor,
  operation: Name,
  input: ApiInput<Name>,
): Promise<Problem | null> => putWithAge(cache, queryKey(operation, input), () => remembered(actor, operation, input))

/** The same for the matter of a page: as SWR has it now, and only where SWR takes its time, as the console knows it. */
export const prefetchUnlessSlow = <Name extends ReadOperation & SwrOperation>(
  cache: QueryClient,
  actor: Actor,
  operation: Name,
  input: ApiInput<Name>,
): Promise<Problem | null> =>
  putWithAge(cache, queryKey(operation, input), () => freshOrRemembered(actor, operation, input))

async function putWithAge(
  cache: QueryClient,
  key: QueryKey,
  look: () => Promise<Cached<unknown>>,
): Promise<Problem | null> {
  let updatedAt: number | undefined
  const problem = await put(cache, key, async () => {
    const known = await look()
    updatedAt = known.at.getTime()
    return known.value
  })
  if (problem === null && updatedAt !== undefined) cache.setQueryData(key, cache.getQueryData(key), { updatedAt })
  return problem
}

async function put(cache: QueryClient, key: QueryKey, ask: () => Promise<unknown>): Promise<Problem | null> {
  // Asked for in this request already, by the title of the page.
  const known = cache.getQueryState(key)
  if (known?.status === 'error') return problemOf(known.error)
  try {
    const queryFn = () =>
      ask().catch((error: unknown) => {
        throw problemOf(error)
      })
    await cache.query({ queryKey: key, queryFn, retry: false })
    return null
  } catch (error) {
    return problemOf(error)
  }
}

function read<Name extends ReadOperation>(actor: Actor, operation: Name, input: ApiInput<Name>): Promise<unknown> {
  if (!isSwrOperation(operation)) return callConsole(actor, operation, input, { forPage: true })
  const { connection = '', ...params }: Readonly<Record<string, string>> = input.params
  return requestSwr(actor, connection, operation, { ...input, params })
}
