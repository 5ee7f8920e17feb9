import 'server-only'
import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { callConsole } from '../api/console'
import type { Actor } from '../contract/actor'
import type { ConsoleInput } from '../contract/console/schemas'
import { type Problem, problemOf } from '../contract/problem'
import type { SwrInput } from '../contract/swr/schemas'
import { requestSwr } from '../swr/client'
import { type OwnReadName, ownKey, type ReadName, swrKey } from './key'

/**
 * Reads on the server under the key that the browser uses. Problems are returned, not thrown: a thrown error would reach
 * the error page without its message. They are cached as well, so that the first HTML shows them and nothing is asked twice.
 */
async function prefetched(cache: QueryClient, queryKey: QueryKey, read: () => Promise<unknown>) {
  // Asked for in this request already, by the title of the page.
  const known = cache.getQueryState(queryKey)
  if (known?.status === 'error') return problemOf(known.error)
  try {
    const queryFn = () =>
      read().catch((error: unknown) => {
        throw problemOf(error)
      })
    await cache.query({ queryKey, queryFn, retry: false })
    return null
  } catch (error) {
    return problemOf(error)
  }
}

/** Of SWR's. */
export const prefetch = <Name extends ReadName>(
  cache: QueryClient,
  actor: Actor,
  connection: string,
  name: Name,
  input: SwrInput<Name>,
): Promise<Problem | null> =>
  prefetched(cache, swrKey(connection, name, input), () => requestSwr(actor, connection, name, input))

/** Of the console's own. */
export const prefetchOwn = <Name extends OwnReadName>(
  cache: QueryClient,
  actor: Actor,
  name: Name,
  input: ConsoleInput<Name>,
): Promise<Problem | null> => prefetched(cache, ownKey(name, input), () => callConsole(actor, name, input))
