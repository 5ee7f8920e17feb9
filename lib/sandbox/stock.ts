import type { Artifact, Instance, Repository } from './world'

/* What an instance holds: how images leave it. */

export const bytesOf = ({ size, accessories = [] }: Artifact) =>
  accessories.reduce((sum, accessory) => sum + accessory.size, size)

/** Deletes an image with all its tags and what belongs to it. Its bytes are freed by garbage collection only. */
export function removeImage(
  instance: Instance,
  repository: Repository,
  { digest }: Pick<Artifact, 'digest'>,
  now: string,
) {
  const found = repository.artifacts.find((artifact) => artifact.digest === digest)
  if (!found) return
  repository.artifacts = repository.artifacts.filter((artifact) => artifact !== found)
  repository.updated = now
  instance.unfreedBytes += bytesOf(found)
}
