import { linkSignature } from './accessories'
import type { Accessory, Artifact, Instance, Namespace, Repository } from './world'

/* What an instance holds: how images come into it and leave it. */

export const bytesOf = ({ size, accessories = [] }: Artifact) =>
  accessories.reduce((sum, accessory) => sum + accessory.size, size)

/** Deletes images with all their tags and what belongs to them. Their bytes are freed by garbage collection only. */
export function removeImages(instance: Instance, repository: Repository, digests: ReadonlySet<string>, now: string) {
  const gone = repository.artifacts.filter(({ digest }) => digests.has(digest))
  if (gone.length === 0) return
  repository.artifacts = repository.artifacts.filter(({ digest }) => !digests.has(digest))
  repository.updated = now
  instance.unfreedBytes += gone.reduce((sum, artifact) => sum + bytesOf(artifact), 0)
}

/** An image that comes in, with its signatures; their ids are those of where it comes from. */
export type Incoming = Pick<Artifact, 'digest' | 'type' | 'size' | 'accessories'>

function contentId(instance: Instance): number {
  instance.issued.content += 1
  return instance.issued.content
}

function repositoryFor(instance: Instance, namespace: Namespace, name: string, now: string): Repository {
  const known = namespace.repositories.find((repository) => repository.name === name)
  if (known) return known
  const id = contentId(instance)
  const made: Repository = { id, name, description: '', pulls: 0, created: now, updated: now, artifacts: [] }
  namespace.repositories = [...namespace.repositories, made]
  return made
}

/**
 * Puts an image where it belongs, in a repository that is made if there is none. A tag that another image had leaves that one;
 * an empty one is none.
 */
export function putImage(
  instance: Instance,
  place: { readonly namespace: Namespace; readonly repository: string },
  { accessories = [], ...image }: Incoming,
  { tag, now, pulled }: { readonly tag: string; readonly now: string; readonly pulled: string },
) {
  const repository = repositoryFor(instance, place.namespace, place.repository, now)
  const own = accessories.map(
    (each): Accessory => ({ ...each, id: contentId(instance), artifact: contentId(instance) }),
  )
  const there = repository.artifacts.find(({ digest }) => digest === image.digest)
  const fresh: Artifact = { ...image, id: contentId(instance), pushed: now, pulled, tags: [], accessories: own }
  const added = tag === '' ? [] : [{ id: contentId(instance), name: tag, pushed: now, pulled }]
  const without = ({ tags, ...rest }: Artifact): Artifact => ({
    ...rest,
    tags: tag === '' ? tags : tags.filter(({ name }) => name !== tag),
  })
  const moved = repository.artifacts.map((artifact) => {
    const left = without(artifact)
    return artifact === there ? { ...left, tags: [...left.tags, ...added] } : left
  })
  repository.artifacts = linkSignature(there ? moved : [...moved, { ...fresh, tags: added }], image.digest)
  repository.updated = now
}
