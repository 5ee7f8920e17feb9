import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { fill, projectPlaceholder } from '../contract/path'
import { type Problem, type ProblemError, problemOf } from '../contract/problem'
import { type SwrOperation, type SwrRoute, swrRoutes } from '../contract/swr/operations'
import type { SwrInput, SwrOutput, SwrResult } from '../contract/swr/schemas'
import { fetchApi, type HttpInput, isThrottledShortly, throwProblem } from './http'
import { ownKeyOfAll, type ReadName, swrKey, swrKeyOfAll, swrShowKey, type WriteName } from './key'

/** Asks our own door for an operation of SWR's. */
function askSwr(connection: string, name: SwrOperation, given: HttpInput, signal?: AbortSignal) {
  const { method, path }: SwrRoute = swrRoutes[name]
  const address = `/api/swr/${encodeURIComponent(connection)}${fill(path, given.params, projectPlaceholder)}`
  return fetchApi(address, method, given, signal)
}

/** Query of a read. The first answer usually comes from the server with the page, under the same key. */
export function swrQuery<Name extends ReadName>(connection: string, name: Name, input: SwrInput<Name>) {
  return queryOptions<SwrOutput<Name>, Problem>({
    queryKey: swrKey(connection, name, input),
    // The door has checked the answer by the contract.
    queryFn: ({ signal }) => askSwr(connection, name, input, signal).catch(throwProblem) as Promise<SwrOutput<Name>>,
    staleTime: 30_000,
    // Nothing else is asked twice: repeated bad signatures would lock the key (docs/swr-api.md section 1, rule 13).
    retry: (count, error) => isThrottledShortly(error) && count < 3,
    retryDelay: (count, { retryAfter }) => (retryAfter ?? 2 ** count) * 1000 + Math.random() * 500,
  })
}

/** The same for what a page asks again by itself, as long as `every` answers after how many milliseconds. */
export function swrPolling<Name extends ReadName>(
  connection: string,
  name: Name,
  input: SwrInput<Name>,
  every: (answer: SwrOutput<Name> | undefined) => number | false,
) {
  return queryOptions<SwrOutput<Name>, Problem>({
    ...swrQuery(connection, name, input),
    queryFn: ({ signal }) =>
      askSwr(connection, name, { ...input, background: true }, signal).catch(throwProblem) as Promise<SwrOutput<Name>>,
    refetchInterval: ({ state }) => every(state.data),
  })
}

/** What a write that was refused with `changed_meanwhile` found in place of what it was to change; null: it is gone. */
export const foundInstead = <Row>({ now }: Problem): Row | null => {
  // The door has read it by the contract, as it reads what `show` answers.
  return now === undefined ? null : (now as Row)
}

const shows: Partial<Record<SwrOperation, SwrOperation>> = {
  replicationUpdate: 'replicationShow',
  replicationDelete: 'replicationShow',
  retentionUpdate: 'retentionShow',
  registryUpdate: 'registryShow',
  registryDelete: 'registryShow',
}

interface Options {
  /** Reads whose answers a success makes stale. */
  readonly stale: readonly SwrOperation[]
}

/** Every write has an entry in the change log, may make a version and may change what the console has worked out. */
const written = (
  [
    ...(['auditList', 'revisionList', 'deletedList'] as const),
    ...(['replicationIndex', 'weekShow', 'registryUseList', 'copyPlanShow', 'checkList'] as const),
    ...(['runShow', 'runTagList', 'runTaskList', 'retryPlanShow'] as const),
  ] as const
).map(ownKeyOfAll)

/** What there is one more or one less of is counted by the instance. */
const isCounted = (name: SwrOperation) => /(Create|Delete)$/.test(name)

/** What a write made stale is read again where it is on screen. */
const refreshed = (cache: QueryClient, connection: string, stale: readonly SwrOperation[]) =>
  Promise.all(
    [...stale.map((read) => swrKeyOfAll(connection, read)), ...written].map((queryKey) =>
      cache.invalidateQueries({ queryKey }),
    ),
  )

const write = <Name extends WriteName>(connection: string, name: Name, input: SwrInput<Name>) =>
  askSwr(connection, name, input) as Promise<SwrResult<Name>>

/** A write. Pending until what it made stale has been read again where it is on screen. Never sent twice. */
export function useSwrMutation<Name extends WriteName>(connection: string, name: Name, options: Options) {
  const cache = useQueryClient()
  const stale = isCounted(name) ? [...options.stale, 'instanceStatistics' as const] : options.stale
  const refresh = () => refreshed(cache, connection, stale)
  return useMutation<SwrResult<Name>, ProblemError, SwrInput<Name>>({
    mutationFn: (input) => write(connection, name, input),
    retry: false,
    onSuccess: refresh,
    onError: ({ problem }, { params }) => {
      const show = shows[name]
      // What came with the refusal is as new as what another read would bring.
      const isShown = show !== undefined && problem.code === 'changed_meanwhile' && problem.now !== undefined
      if (isShown) cache.setQueryData(swrShowKey(connection, show, params), problem.now)
      // After a timeout nobody knows what happened: look again, but do not keep the failure waiting for it.
      void refreshed(
        cache,
        connection,
        stale.filter((read) => !isShown || read !== show),
      )
    },
  })
}

/** Writes of one act on many objects. Each is sent once; `refresh` when all are through, not after every one. */
export function useSwrWrites(connection: string, { stale }: Options) {
  const cache = useQueryClient()
  return {
    send: <Name extends WriteName>(name: Name, input: SwrInput<Name>) => write(connection, name, input),
    refresh: () => refreshed(cache, connection, stale),
  }
}

/** Reads past the cache: what is there now, or null when it is gone. */
export function useFreshRead(connection: string) {
  const cache = useQueryClient()
  return async <Name extends ReadName>(name: Name, input: SwrInput<Name>): Promise<SwrOutput<Name> | null> => {
    try {
      return await cache.query({ ...swrQuery(connection, name, input), staleTime: 0 })
    } catch (error) {
      if (problemOf(error).code === 'swr_not_found') return null
      throw error
    }
  }
}
