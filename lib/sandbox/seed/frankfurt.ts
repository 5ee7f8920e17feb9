import type { Artifact, Namespace, Repository } from '../world'
import { digestOf } from './random'

/** What earlier runs have brought to the target: all but the newest, and a tag that was built anew at the source since. */
function copied(path: string, all: readonly Artifact[]): Artifact[] {
  const upTo = Math.max(all.length - 2, 0)
  return all
    .slice(0, upTo)
    .map((artifact, index) =>
      index === upTo - 1 ? { ...artifact, digest: digestOf(`${path} before it was built anew ${index}`) } : artifact,
    )
}

const repositoryOf = (namespace: string, repository: Repository): Repository => ({
  ...repository,
  description: '',
  pulls: Math.floor(repository.pulls / 9),
  artifacts: copied(`${namespace}/${repository.name}`, repository.artifacts),
})

/** Namespaces of an instance that policies of another copy to, and empty ones: for copies by another name, for an archive. */
export function copiesOf(namespaces: readonly Namespace[], empty: readonly string[]): Namespace[] {
  const [first] = namespaces
  const all = namespaces.map((namespace) => ({
    ...namespace,
    isPublic: false,
    repositories: namespace.repositories.map((each) => repositoryOf(namespace.name, each)),
  }))
  if (!first) return all
  const more = empty.map((name, index) => ({
    ...first,
    id: all.length + 1 + index,
    name,
    isPublic: false,
    repositories: [],
  }))
  return [...all, ...more]
}
