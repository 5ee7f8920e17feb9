import 'server-only'
import { setTimeout } from 'node:timers/promises'
import { inTurns } from '../../concurrency'
import type { Actor } from '../../contract/actor'
import { type Problem, type ProblemCode, problemOf } from '../../contract/problem'
import { type RepositoryTags, repositoryTags } from './lists'

/** Lists of one connection that are read at once. */
const usualParallel = 8
/** Failures that may be over in a moment. What has timed out is none: it has been waited for already. */
const passing: readonly ProblemCode[] = [
  'too_many_requests',
  'connection_busy',
  'swr_throttled',
  'swr_busy',
  'swr_broke_off',
  'swr_failed',
]
/** Seconds that are waited before a list is asked for once more, where nobody says how long. */
const pauseSeconds = 1
const longestPauseSeconds = 5

const secondsUntil = ({ retryAfter = pauseSeconds }: Problem) => retryAfter
/** Whether the same question may well be answered in a moment. */
export const isPassing = (problem: Problem): boolean =>
  passing.includes(problem.code) && secondsUntil(problem) <= longestPauseSeconds

export interface TagLists {
  /** Repository → its tags; null when the list could not be read. */
  readonly tags: ReadonlyMap<string, RepositoryTags | null>
  readonly ages: readonly { readonly at: Date }[]
  /** Repository → why its list could not be read; of a connection that is refused altogether, those that were not asked for as well. */
  readonly problems: ReadonlyMap<string, Problem>
}

interface Reading {
  /** Milliseconds that a list may be old; 0 reads it anew. */
  readonly maxAgeMs?: number
  readonly parallel?: number
}

/**
 * Reads the tags of some repositories, and once more what failed in passing. What refuses is null; a connection that is refused
 * altogether is not asked on.
 */
export async function tagLists(
  actor: Actor,
  connection: string,
  repositories: Iterable<string>,
  { maxAgeMs, parallel = usualParallel }: Reading = {},
): Promise<TagLists> {
  const tags = new Map<string, RepositoryTags | null>()
  const ages: { at: Date }[] = []
  const problems = new Map<string, Problem>()
  const read = (paths: readonly string[]) =>
    inTurns(paths, parallel, async (path) => {
      try {
        const { value, at } = await repositoryTags(actor, connection, path, maxAgeMs)
        tags.set(path, value)
        problems.delete(path)
        ages.push({ at })
        return true
      } catch (error) {
        const problem = problemOf(error)
        tags.set(path, null)
        problems.set(path, problem)
        return problem.key === undefined
      }
    })
  const left = await read([...new Set(repositories)])
  const refused = [...problems.values()].find(({ key }) => key !== undefined)
  if (refused) for (const path of left) problems.set(path, refused)
  const again = refused ? [] : Array.from(problems).filter(([, problem]) => isPassing(problem))
  if (again.length > 0) {
    await setTimeout(1000 * Math.max(...again.map(([, problem]) => secondsUntil(problem))))
    await read(again.map(([path]) => path))
  }
  return { tags, ages, problems }
}
