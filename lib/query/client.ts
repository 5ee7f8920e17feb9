import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { type Problem, type ProblemError, problemOf } from '../contract/problem'
import type { SwrOperation } from '../contract/swr/operations'
import { fetchApi, type HttpInput, isThrottledShortly, throwProblem } from './http'
import {
  type ApiInput,
  type ApiOperation,
  type ApiOutput,
  type ApiResult,
  endpointOf,
  isSwrOperation,
  queryKey,
  queryKeyOfAll,
  type ReadOperation,
  showKey,
  type WriteOperation,
} from './operations'

function request(operation: ApiOperation, input: HttpInput, signal?: AbortSignal): Promise<unknown> {
  const { method, path } = endpointOf(operation, input.params)
  return fetchApi(path, method, input, signal)
}

/** The handler has checked the answer by the contract. */
const read = <Name extends ReadOperation>(operation: Name, input: HttpInput, signal: AbortSignal) =>
  request(operation, input, signal).catch(throwProblem) as Promise<ApiOutput<Name>>

/** Query of a read. The first answer usually comes from the server with the page, under the same key. */
export function apiQuery<Name extends ReadOperation>(operation: Name, input: ApiInput<Name>) {
  return queryOptions<ApiOutput<Name>, Problem>({
    queryKey: queryKey(operation, input),
    queryFn: ({ signal }) => read(operation, input, signal),
    staleTime: 30_000,
    // Nothing else is asked twice: repeated bad signatures would lock the key (docs/swr-api.md section 1, rule 13).
    retry: (count, error) => isSwrOperation(operation) && isThrottledShortly(error) && count < 3,
    retryDelay: (count, { retryAfter }) => (retryAfter ?? 2 ** count) * 1000 + Math.random() * 500,
  })
}

/**
 * The same for what a page asks again by itself, as long as `intervalMs` answers a number. What is asked for when an answer is
 * there already is not asked for by a person, and keeps no session alive.
 */
export function apiPolling<Name extends ReadOperation>(
  operation: Name,
  input: ApiInput<Name>,
  intervalMs: (answer: ApiOutput<Name> | undefined) => number | false = () => false,
) {
  return queryOptions<ApiOutput<Name>, Problem>({
    ...apiQuery(operation, input),
    queryFn: ({ signal, client, queryKey: key }) =>
      read(operation, { ...input, background: client.getQueryData(key) !== undefined }, signal),
    refetchInterval: ({ state }) => intervalMs(state.data),
  })
}

/**
 * The same for what grows: asked for as a whole once, and then for what has changed since (`further`), which `merge` puts in its place.
 * What stayed as it was keeps its identity, so that a screen draws only what is new.
 */
export function apiFollowing<Name extends ReadOperation>(
  operation: Name,
  input: ApiInput<Name>,
  {
    further,
    merge,
    intervalMs,
  }: {
    further: (answer: ApiOutput<Name>) => ApiInput<Name>
    merge: (before: ApiOutput<Name>, changes: ApiOutput<Name>) => ApiOutput<Name>
    intervalMs: (answer: ApiOutput<Name> | undefined, error: unknown) => number | false
  },
) {
  const question = apiQuery(operation, input)
  return queryOptions<ApiOutput<Name>, Problem>({
    ...question,
    queryFn: async ({ signal, client }) => {
      const known = client.getQueryData(question.queryKey)
      if (known === undefined) return read(operation, input, signal)
      return merge(known, await read(operation, { ...further(known), background: true }, signal))
    },
    structuralSharing: false,
    refetchInterval: ({ state }) => intervalMs(state.data, state.error),
  })
}

/** What a write that was refused with `changed_meanwhile` found in place of what it was to change; null: it is gone. */
export const foundInstead = <Row>({ now }: Problem): Row | null => {
  // The handler has read it by the contract, as it reads what `show` answers.
  return now === undefined ? null : (now as Row)
}

const shows: Partial<Record<ApiOperation, SwrOperation>> = {
  replicationUpdate: 'replicationShow',
  replicationDelete: 'replicationShow',
  retentionUpdate: 'retentionShow',
  retentionDelete: 'retentionShow',
  registryUpdate: 'registryShow',
  registryDelete: 'registryShow',
}

interface Options {
  /** Reads whose answers a success makes stale. */
  readonly stale: readonly ApiOperation[]
}

/** Every write of SWR has an entry in the audit log, may make a version and may change what the console has worked out. */
const derived: readonly ApiOperation[] = [
  ...(['auditList', 'revisionList', 'deletedList'] as const),
  ...(['replicationIndex', 'weekShow', 'weekScheduleList', 'registryUseList', 'copyPlanShow', 'checkList'] as const),
  'retentionIndex',
  ...(['runShow', 'runTagList', 'runTaskList', 'retryPlanShow'] as const),
]

/** What there is one more or one less of is counted by the instance. */
const isCounted = (operation: SwrOperation) => /(Create|Delete)$/.test(operation)

/** Reads that a write makes stale, beside those that its caller names. */
const affectedBy = (operation: ApiOperation): readonly ApiOperation[] =>
  !isSwrOperation(operation) ? ['auditList'] : isCounted(operation) ? [...derived, 'instanceStatistics'] : derived

/** What a write made stale is read again where it is on screen. */
const refreshed = (cache: QueryClient, operations: readonly ApiOperation[]) =>
  Promise.all(operations.map((operation) => cache.invalidateQueries({ queryKey: queryKeyOfAll(operation) })))

const write = <Name extends WriteOperation>(operation: Name, input: ApiInput<Name>) =>
  request(operation, input) as Promise<ApiResult<Name>>

/** A write. Pending until what it made stale has been read again where it is on screen. Never sent twice. */
export function useApiWrite<Name extends WriteOperation>(operation: Name, options: Options) {
  const cache = useQueryClient()
  const stale = [...options.stale, ...affectedBy(operation)]
  return useMutation<ApiResult<Name>, ProblemError, ApiInput<Name>>({
    mutationFn: (input) => write(operation, input),
    retry: false,
    onSuccess: () => refreshed(cache, stale),
    onError: ({ problem }, { params }) => {
      const show = shows[operation]
      // What came with the refusal is as new as what another read would bring.
      const isShown = show !== undefined && problem.code === 'changed_meanwhile' && problem.now !== undefined
      if (isShown) cache.setQueryData(showKey(show, params), problem.now)
      // After a timeout nobody knows what happened: look again, but do not keep the failure waiting for it.
      void refreshed(
        cache,
        stale.filter((each) => !isShown || each !== show),
      )
    },
  })
}

/** Writes of SWR as one act on many objects. Each is sent once; `refresh` when all are through, not after every one. */
export function useApiWrites({ stale }: Options) {
  const cache = useQueryClient()
  const send: <Name extends WriteOperation & SwrOperation>(
    operation: Name,
    input: ApiInput<Name>,
  ) => Promise<ApiResult<Name>> = write
  return { send, refresh: () => refreshed(cache, [...stale, ...derived]) }
}

/** Reads past the cache: what is there now, or null when it is gone. */
export function useFreshRead() {
  const cache = useQueryClient()
  return async <Name extends ReadOperation>(
    operation: Name,
    input: ApiInput<Name>,
  ): Promise<ApiOutput<Name> | null> => {
    try {
      return await cache.query({ ...apiQuery(operation, input), staleTime: 0 })
    } catch (error) {
      if (problemOf(error).code === 'swr_not_found') return null
      throw error
    }
  }
}
