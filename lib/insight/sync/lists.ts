import 'server-only'
import { type Cached, cached, invalidate } from '../../cache'
import type { Actor } from '../../contract/actor'
import type { SyncImage } from '../../contract/console/sync-search'
import { problemOf } from '../../contract/problem'
import type { SwrOutput } from '../../contract/swr/schemas'
import { splitPath } from '../../policy/sync/reference'
import { requestSwr } from '../../swr/client'
import { type BasicPages, fetchBasicPages } from '../basic-pages'

/*
 * Lists of the Basic Edition, as a connection sees them: read whole, because SWR can neither compare nor find by digest, and
 * shared for a short time by the plan, the pasted lines and the search.
 */

/** Pages of one list: beyond them a list is called incomplete. */
const maxPages = 200
/** A list may be so old where nobody has asked for a new one. Milliseconds. */
export const usualAgeMs = 60_000
export const keepMs = 10 * 60_000
const keeping = { freshMs: usualAgeMs / 2, keepMs }

export interface RepositoryTags {
  /** Null: there is no such repository. */
  readonly byName: Map<string, SyncImage> | null
  readonly complete: boolean
}

const ageOf = (fresh: boolean) => (fresh ? { ...keeping, freshMs: 0, giveMs: 0 } : { ...keeping, giveMs: usualAgeMs })

/** Names of all repositories that the connection's account has, as `organization/repository`. Throws what SWR answered. */
export const repositoryNames = (actor: Actor, connection: string, fresh = false): Promise<Cached<BasicPages<string>>> =>
  cached(
    `basic/${connection}/repositories`,
    { ...ageOf(fresh), rows: ({ rows }: BasicPages<string>) => Math.ceil(rows.length / 10) },
    async () => {
      const { rows, complete } = await fetchBasicPages(
        (query) => requestSwr(actor, connection, 'basicRepositoryList', { params: {}, query }),
        maxPages,
      )
      const names = rows.flatMap(({ namespace, name }) => (namespace && name ? [`${namespace}/${name}`] : []))
      return { rows: names, complete }
    },
  )

type TagRow = SwrOutput<'basicTagList'>['items'][number]

const imageOf = (path: string, { Tag, digest = '', size = 0, updated = '' }: TagRow): SyncImage | null =>
  Tag ? { repository: path, tag: Tag, digest, size, updated } : null

async function readTags(actor: Actor, connection: string, path: string): Promise<RepositoryTags> {
  const parts = splitPath(path)
  if (!parts) return { byName: null, complete: true }
  const params = { namespace: parts.organization, repository: parts.repository }
  try {
    const { rows, complete } = await fetchBasicPages(
      (query) =>
        requestSwr(actor, connection, 'basicTagList', {
          params,
          query: { ...query, order_column: 'updated_at', order_type: 'desc' },
        }),
      maxPages,
    )
    const images = rows.flatMap((row) => {
      const image = imageOf(path, row)
      return image ? [[image.tag, image] as const] : []
    })
    return { byName: new Map(images), complete }
  } catch (error) {
    if (problemOf(error).code === 'swr_not_found') return { byName: null, complete: true }
    throw error
  }
}

const tagsKey = (connection: string, path: string) => `basic/${connection}/tags/${path}`

/**
 * All tags of a repository, newest first, as they were at most `maxAgeMs` ago: 0 reads them anew. From half of that on they are
 * read anew beside. Throws what SWR answered, but for a repository that is missing.
 */
export const repositoryTags = (
  actor: Actor,
  connection: string,
  path: string,
  maxAgeMs = usualAgeMs,
): Promise<Cached<RepositoryTags>> =>
  cached(
    tagsKey(connection, path),
    {
      freshMs: maxAgeMs / 2,
      giveMs: maxAgeMs,
      keepMs,
      rows: ({ byName }: RepositoryTags) => Math.ceil((byName?.size ?? 0) / 5),
    },
    () => readTags(actor, connection, path),
  )

/**
 * The same, asked of SWR after the call: what others began to read before says nothing of what was pushed since. For what is
 * deleted by it.
 */
export function repositoryTagsNow(actor: Actor, connection: string, path: string): Promise<Cached<RepositoryTags>> {
  invalidate(tagsKey(connection, path))
  return repositoryTags(actor, connection, path, 0)
}

/** One tag, for repositories whose list is too long. SWR may find it by a part of its name. */
export async function findTag(actor: Actor, connection: string, path: string, tag: string): Promise<SyncImage | null> {
  const parts = splitPath(path)
  if (!parts) return null
  const params = { namespace: parts.organization, repository: parts.repository }
  const { rows } = await fetchBasicPages(
    (query) => requestSwr(actor, connection, 'basicTagList', { params, query: { ...query, tag } }),
    maxPages,
  )
  const row = rows.find(({ Tag }) => Tag === tag)
  return row ? imageOf(path, row) : null
}
