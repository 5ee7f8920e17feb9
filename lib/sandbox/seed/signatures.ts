import { signaturesOf } from '../builders'
import type { Instance } from '../world'

/** The two newest images of each repository are signed, as pipelines began to do lately. */
const signedPerRepository = 2

export function addSignatures(instance: Instance, namespaces: readonly string[]) {
  const nextId = () => {
    instance.issued.content += 1
    return instance.issued.content
  }
  for (const namespace of instance.namespaces.filter(({ name }) => namespaces.includes(name)))
    for (const repository of namespace.repositories) {
      const first = repository.artifacts.length - signedPerRepository
      repository.artifacts = repository.artifacts.map((artifact, index) =>
        index < first
          ? artifact
          : { ...artifact, accessories: signaturesOf(artifact.digest, 1, nextId, artifact.pushed) },
      )
    }
}
