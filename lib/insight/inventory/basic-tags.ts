import 'server-only'
import { inTurns } from '../../concurrency'
import type { Actor } from '../../contract/actor'
import { type Problem, problemOf } from '../../contract/problem'
import { maxBasicPageSize } from '../../contract/swr/basic'
import { requestSwr } from '../../swr/client'

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

async function pages<Row>(ask: (query: { offset: number; limit: number }) => Promise<{ items: readonly Row[] }>) {
  const rows: Row[] = []
  for (let page = 0; page < maxPages; page++) {
    const { items } = await ask({ offset: page * maxBasicPageSize, limit: maxBasicPageSize })
    rows.push(...items)
    if (items.length < maxBasicPageSize) return { rows, complete: true }
  }
  return { rows, complete: false }
}

/** Names of the repositories that the connection's account has in the Basic Edition. */
export async function basicNames(actor: Actor, connection: string) {
  const { rows, complete } = await pages((query) =>
    requestSwr(actor, connection, 'basicRepositoryList', { params: {}, query }),
  )
  const names = rows.flatMap(({ namespace, name }) => (namespace && name ? [`${namespace}/${name}`] : []))
  return { names, complete }
}

async function tagsOf(actor: Actor, connection: string, name: string): Promise<Map<string, string>> {
  const slash = name.indexOf('/')
  const params = { namespace: name.slice(0, slash), repository: name.slice(slash + 1) }
  try {
    const { rows } = await pages((query) => requestSwr(actor, connection, 'basicTagList', { params, query }))
    return new Map(rows.flatMap(({ Tag, digest = '' }) => (Tag ? [[Tag, digest]] : [])))
  } catch (error) {
    if (problemOf(error).code === 'swr_not_found') return new Map()
    throw error
  }
}

/** Tags of repositories, some lists at once. What stops it half-way is said, and what was read is kept. */
export async function basicTags(actor: Actor, connection: string, names: readonly string[]): Promise<BasicTags> {
  const tags = new Map<string, ReadonlyMap<string, string>>()
  const wanted = names.slice(0, maxTagLists)
  let problem: Problem | null = null
  await inTurns(wanted, maxParallelReads, async (name) => {
    try {
      tags.set(name, await tagsOf(actor, connection, name))
    } catch (error) {
      problem = problemOf(error)
    }
    return problem === null
  })
  return { tags, complete: problem === null && wanted.length === names.length, problem }
}
