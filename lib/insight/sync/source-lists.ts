import 'server-only'
import { inTurns } from '../../concurrency'
import type { Actor } from '../../contract/actor'
import { type ProblemCode, ProblemError, problemOf } from '../../contract/problem'
import { findTag, usualAgeMs } from './lists'
import { type TagLists, tagLists } from './tag-lists'

/** Tags of lists that are too long to be read whole are asked for one by one. */
const maxSingleTags = 200
const maxParallelTags = 8

export interface Wanted {
  readonly repository: string
  readonly tag: string
}

export const keyOf = ({ repository, tag }: Wanted): string => `${repository}:${tag}`

export interface SourceLists extends TagLists {
  /** `repository:tag` → why a tag that was asked for alone could not be read. */
  readonly unread: ReadonlyMap<string, ProblemCode>
}

/** Throws what concerns all of the source: a key that is refused. */
function requireKey({ problems }: TagLists): void {
  const refused = [...problems.values()].find(({ key }) => key !== undefined)
  if (refused) throw new ProblemError(refused)
}

/** Throws when nothing of the source can be read. */
function requireSource({ tags, problems }: TagLists): void {
  const [first] = problems.values()
  if (first && ![...tags.values()].some((list) => list !== null)) throw new ProblemError(first)
}

/**
 * Tags of the source, of lists that are at most `maxAgeMs` old. A repository that cannot be read concerns its own rows only.
 * Throws what SWR answered where it concerns all of them.
 */
export async function sourceLists(
  actor: Actor,
  connection: string,
  wanted: readonly Wanted[],
  maxAgeMs: number,
): Promise<SourceLists> {
  const read = await tagLists(
    actor,
    connection,
    wanted.map(({ repository }) => repository),
    { maxAgeMs },
  )
  requireKey(read)
  requireSource(read)
  const lacks = (lists: TagLists['tags'], { repository, tag }: Wanted) => {
    const list = lists.get(repository)
    return list && !list.byName?.has(tag) ? list : null
  }
  // It may have been pushed since.
  const lacking = maxAgeMs > usualAgeMs ? wanted.filter((want) => lacks(read.tags, want)) : []
  const again = await tagLists(
    actor,
    connection,
    lacking.map(({ repository }) => repository),
  )
  requireKey(again)
  // Of a list that cannot be read once more only what it lacked is uncertain.
  const tags = new Map([...read.tags, ...Array.from(again.tags).filter(([, list]) => list !== null)])
  const cut = wanted.filter((want) => lacks(tags, want)?.complete === false)
  if (cut.length > maxSingleTags)
    throw new ProblemError({ status: 422, code: 'invalid_request', fields: { 'body.images': 'out_of_range' } })
  const unread = new Map<string, ProblemCode>()
  for (const want of lacking) {
    const problem = again.problems.get(want.repository)
    if (problem) unread.set(keyOf(want), problem.code)
  }
  await inTurns(cut, maxParallelTags, async (want) => {
    try {
      const image = await findTag(actor, connection, want.repository, want.tag)
      if (image) tags.get(want.repository)?.byName?.set(want.tag, image)
      unread.delete(keyOf(want))
    } catch (error) {
      const problem = problemOf(error)
      if (problem.key !== undefined) throw error
      unread.set(keyOf(want), problem.code)
    }
    return true
  })
  return { tags, unread, ages: [...read.ages, ...again.ages], problems: read.problems }
}
