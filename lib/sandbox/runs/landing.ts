import { isHeldTag } from '../retention/immutable'
import { putImage } from '../stock'
import { microTime, never } from '../time'
import type { Artifact, Instance, Namespace, Route, RunTag, RunTask, World } from '../world'
import { goneText, heldText, noNamespace } from './copy-faults'

/* Copies that arrive: the other side of a run is known where it is an instance of this sandbox. */

function placeOf(instance: Instance, fullName: string): { namespace: Namespace; repository: string } | undefined {
  const [name = '', ...repository] = fullName.split('/')
  const namespace = instance.namespaces.find((candidate) => candidate.name === name)
  return namespace && { namespace, repository: repository.join('/') }
}

const artifactsAt = (instance: Instance, fullName: string): readonly Artifact[] => {
  const place = placeOf(instance, fullName)
  return place?.namespace.repositories.find(({ name }) => name === place.repository)?.artifacts ?? []
}

const holderOf = (artifacts: readonly Artifact[], tag: string) =>
  artifacts.find(({ tags }) => tags.some(({ name }) => name === tag))

/**
 * Puts a tag that was copied into the other instance; answers why that does not take it, or null. Without override a
 * different image of its name stays as it is, and with it too where an immutable tag rule holds the tag.
 */
export function land(world: World, { from, to, override }: Route, { source, target }: RunTask, tag: RunTag) {
  const [here, there] = [world.instances.get(from), world.instances.get(to)]
  if (!here || !there) return null
  const place = placeOf(there, target)
  if (!place) return noNamespace(target)
  const image = artifactsAt(here, source).find(({ digest }) => digest === tag.digest)
  if (!image) return goneText
  const artifacts = artifactsAt(there, target)
  const holder = tag.name === '' ? artifacts.find(({ digest }) => digest === tag.digest) : holderOf(artifacts, tag.name)
  if (holder && (holder.digest === tag.digest || !override)) return null
  if (isHeldTag(there, place.namespace, { repository: place.repository, tag: tag.name, digest: tag.digest }))
    return heldText({ target, tag: tag.name })
  putImage(there, place, image, { tag: tag.name, now: microTime(new Date(tag.end ?? 0)), pulled: never })
  return null
}
