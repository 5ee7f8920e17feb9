import 'server-only'
import { inTurns } from '../../concurrency'
import type { Actor } from '../../contract/actor'
import { type Problem, problemOf } from '../../contract/problem'
import { requestSwr } from '../../swr/client'
import { fetchBasicPages } from '../basic-pages'

/** Lists of tags that are asked for in a row; each is a call. */
export const maxTagLists = 300
const maxParallelReads = 4
const maxPages = 10

export interface BasicTags {
  /** Full name → tag → digest. A repository that does not exist has none. */
  readonly tags: ReadonlyMap<string, ReadonlyMap<string, string>>
  readonly complete: boolean
  readonly problem: Problem | null
}

/** Names of the repositories that the connection's account has in the Basic Edition. */
export async function basicNames(actor: Actor, connection: string) {
  const { rows, complete } = await fetchBasicPages(
    (query) => requestSwr(actor, connection, 'basicRepositoryList', { params: {}, query }),
    maxPages,
  )
  const names = rows.flatMap(({ namespace, name }) => (namespace && name ? [`${namespace}/${name}`] : []))
  return { names, complete }
}

interface RepositoryTags {
  readonly tags: ReadonlyMap<string, string>
  readonly complete: boolean
}

async function tagsOf(actor: Actor, connection: string, name: string): Promise<RepositoryTags> {
  const slash = name.indexOf('/')
  const params = { namespace: name.slice(0, slash), repository: name.slice(slash + 1) }
  try {
    const { rows, complete } = await fetchBasicPages(
      (query) => requestSwr(actor, connection, 'basicTagList', { params, query }),
      maxPages,
    )
    return { tags: new Map(rows.flatMap(({ Tag, digest = '' }) => (Tag ? [[Tag, digest]] : []))), complete }
  } catch (error) {
    if (problemOf(error).code === 'swr_not_found') return { tags: new Map(), complete: true }
    throw error
  }
}

/** Tags of repositories, some lists at once. What stops it half-way is said, and what was read is kept. */
export async function basicTags(actor: Actor, connection: string, names: readonly string[]): Promise<BasicTags> {
  const tags = new Map<string, ReadonlyMap<string, string>>()
  const wanted = names.slice(0, maxTagLists)
  let problem: Problem | null = null
  let complete = wanted.length === names.length
  await inTurns(wanted, maxParallelReads, async (name) => {
    try {
      const read = await tagsOf(actor, connection, name)
      tags.set(name, read.tags)
      complete &&= read.complete
    } catch (error) {
      problem = problemOf(error)
    }
    return problem === null
  })
  return { tags, complete: complete && problem === null, problem }
}
