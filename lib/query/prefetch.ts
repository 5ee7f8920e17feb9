import 'server-only'
import type { QueryClient } from '@tanstack/react-query'
import { callConsole } from '../api/console'
import type { Actor } from '../contract/actor'
import { type Problem, problemOf } from '../contract/problem'
import { requestSwr } from '../swr/client'
import { type ApiInput, isSwrOperation, queryKey, type ReadOperation } from './operations'

/**
 * A read on the server under the key that the browser uses. Problems are returned, not thrown: a thrown error would reach
 * the error page without its message. They are cached as well, so that the first HTML shows them and nothing is asked twice.
 */
export async function prefetch<Name extends ReadOperation>(
  cache: QueryClient,
  actor: Actor,
  operation: Name,
  input: ApiInput<Name>,
): Promise<Problem | null> {
  const key = queryKey(operation, input)
  // Asked for in this request already, by the title of the page.
  const known = cache.getQueryState(key)
  if (known?.status === 'error') return problemOf(known.error)
  try {
    const queryFn = () =>
      read(actor, operation, input).catch((error: unknown) => {
        throw problemOf(error)
      })
    await cache.query({ queryKey: key, queryFn, retry: false })
    return null
  } catch (error) {
    return problemOf(error)
  }
}

function read<Name extends ReadOperation>(actor: Actor, operation: Name, input: ApiInput<Name>): Promise<unknown> {
  if (!isSwrOperation(operation)) return callConsole(actor, operation, input)
  const { connection = '', ...params }: Readonly<Record<string, string>> = input.params
  return requestSwr(actor, connection, operation, { ...input, params })
}
