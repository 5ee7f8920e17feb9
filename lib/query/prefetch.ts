import 'server-only'
import type { QueryClient } from '@tanstack/react-query'
import type { Actor } from '../auth/actor'
import type { In } from '../contract/swr'
import { call } from '../gateway/call'
import { type Problem, problemOf } from '../problem'
import { type ReadName, swrKey } from './key'

/**
 * Reads on the server under the key that the browser uses. Problems are returned, not thrown: a thrown error would reach
 * the error page without its message. They are cached as well, so that the first HTML shows them and nothing is asked twice.
 */
export async function prefetch<Name extends ReadName>(
  cache: QueryClient,
  actor: Actor,
  connection: string,
  name: Name,
  input: In<Name>,
): Promise<Problem | null> {
  try {
    await cache.query({
      queryKey: swrKey(connection, name, input),
      queryFn: () =>
        call(actor, connection, name, input).catch((error: unknown) => {
          throw problemOf(error)
        }),
      retry: false,
    })
    return null
  } catch (error) {
    return problemOf(error)
  }
}
