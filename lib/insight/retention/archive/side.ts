import 'server-only'
import type { Actor } from '../../../contract/actor'
import { ProblemError, problemOf } from '../../../contract/problem'
import type { Artifact } from '../../../contract/swr/repository'
import { destinationOf } from '../../../policy/replication/destination'
import type { InstanceLocation } from '../../../routes'
import { requestSwr } from '../../../swr/client'
import { remoteEndpointOf } from '../../copy-plan/remote-endpoint'
import { allCounted, dedupe, fetchAllPages, type Pages } from '../../paginate'
import type { Archive } from '../job-types'

/** Where the archive has the images of a repository. */
export const placeIn = ({ namespace }: Pick<Archive, 'namespace'>, repository: string): string =>
  destinationOf({ dest_namespace: namespace }, repository)

/** `copyText` of an image that stood in the archive already: it is not the console's copy, and never deleted by it. */
export const wasThere = 'was_there'

/** The instance behind an archive's registry, where it is one of the console's connections; null: it cannot be listed. */
export async function archiveSide(
  actor: Actor,
  place: InstanceLocation,
  registry: number,
): Promise<InstanceLocation | null> {
  const side = await remoteEndpointOf(actor, place, registry)
  return side?.kind === 'instance' ? { connection: side.connection, instance: side.instance } : null
}

/** Names what is behind an archive's registry: copies of two runs can meet only where this is the same. */
export async function archiveEndpoint(
  actor: Actor,
  place: InstanceLocation,
  registry: number,
  side: InstanceLocation | null,
): Promise<string> {
  if (side) return `instance/${side.connection}/${side.instance}`
  const params = { instance_id: place.instance, registry_id: String(registry) }
  const { url } = await requestSwr(actor, place.connection, 'registryShow', { params })
  return url ? `url/${url}` : `registry/${place.connection}/${place.instance}/${registry}`
}

/** Who begins copies in an archive, or deletes some there, takes turns. */
export const archiveLease = (endpoint: string): string => `retention-archive/${endpoint}`

export interface ListedImage {
  readonly digest: string
  readonly tags: readonly string[]
}

const maxImages = 100_000

/** Images of a repository, named in full, as they are now; none where there is no such repository. */
export async function imagesAt(actor: Actor, side: InstanceLocation, repository: string): Promise<ListedImage[]> {
  const slash = repository.indexOf('/')
  const params = {
    instance_id: side.instance,
    namespace_name: repository.slice(0, slash),
    repository_name: repository.slice(slash + 1),
  }
  const pages = await fetchAllPages(
    async (query) => {
      const { artifacts, total } = await requestSwr(actor, side.connection, 'artifactList', { params, query })
      return { rows: artifacts, total }
    },
    { maxRows: maxImages },
  ).catch((error: unknown): Pages<Artifact> => {
    if (problemOf(error).code === 'swr_not_found') return { rows: [], complete: true, problem: null }
    throw error
  })
  const found = allCounted(dedupe(pages))
  if (found.problem) throw new ProblemError(found.problem)
  if (!found.complete) throw new ProblemError({ status: 502, code: 'swr_unreadable' })
  return found.rows.map(({ digest = '', tags }) => ({
    digest,
    tags: tags.flatMap(({ name }) => (name === undefined ? [] : [name])),
  }))
}
