import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { type ConsoleOperation, type ConsoleRoute, consoleRoutes } from '../contract/console/operations'
import type { ConsoleInput, ConsoleOutput } from '../contract/console/schemas'
import { fill, projectPlaceholder } from '../contract/path'
import type { Problem, ProblemError } from '../contract/problem'
import { fetchApi, type HttpInput, throwProblem } from './http'
import { type OwnReadName, type OwnWriteName, ownKey, ownKeyOfAll } from './key'

/** Asks the console's own door. */
function askOwn(name: ConsoleOperation, given: HttpInput, signal?: AbortSignal) {
  const { method, path }: ConsoleRoute = consoleRoutes[name]
  return fetchApi(`/api/console${fill(path, given.params, projectPlaceholder)}`, method, given, signal)
}

/** Query of what the console knows itself; its own server is asked again when somebody comes back to it. */
export function ownQuery<Name extends OwnReadName>(name: Name, input: ConsoleInput<Name>) {
  return queryOptions<ConsoleOutput<Name>, Problem>({
    queryKey: ownKey(name, input),
    // The door has checked the answer by the contract.
    queryFn: ({ signal }) => askOwn(name, input, signal).catch(throwProblem) as Promise<ConsoleOutput<Name>>,
    staleTime: 30_000,
    retry: false,
  })
}

/** The same for what a page asks again by itself: what is there already is not asked for by a person. */
export function ownPolling<Name extends OwnReadName>(name: Name, input: ConsoleInput<Name>) {
  return queryOptions<ConsoleOutput<Name>, Problem>({
    ...ownQuery(name, input),
    queryFn: ({ signal, client, queryKey }) => {
      const background = client.getQueryData(queryKey) !== undefined
      return askOwn(name, { ...input, background }, signal).catch(throwProblem) as Promise<ConsoleOutput<Name>>
    },
  })
}

interface Options {
  /** Reads whose answers a success makes stale; the change log always is. */
  readonly stale: readonly ConsoleOperation[]
}

/** A write. Pending until what it made stale has been read again where it is on screen. Never sent twice. */
export function useOwnMutation<Name extends OwnWriteName>(name: Name, { stale }: Options) {
  const cache = useQueryClient()
  const refresh = () =>
    Promise.all(
      [...stale, 'auditList' as const].map((read) => cache.invalidateQueries({ queryKey: ownKeyOfAll(read) })),
    )
  return useMutation<ConsoleOutput<Name>, ProblemError, ConsoleInput<Name>>({
    mutationFn: (input) => askOwn(name, input) as Promise<ConsoleOutput<Name>>,
    retry: false,
    onSuccess: refresh,
    onError: () => void refresh(),
  })
}
