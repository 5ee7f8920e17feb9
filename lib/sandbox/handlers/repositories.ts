import type { repositoryOperations } from '../../contract/swr/repository'
import { named, ordered, pageOf } from '../query'
import type { Namespace, Repository } from '../world'
import type { ArtifactOperations } from './artifacts'
import { type Handlers, instanceOf, namespaceOf } from './handler'

const namespaceRow = (namespace: Namespace) => ({
  name: namespace.name,
  metadata: { public: String(namespace.isPublic) },
  namespace_id: namespace.id,
  created_at: namespace.created,
  updated_at: namespace.updated,
  repo_count: namespace.repositories.length,
})

const repositoryRow = (namespace: Namespace, repository: Repository) => ({
  id: repository.id,
  name: repository.name,
  namespace_name: namespace.name,
  namespace_id: namespace.id,
  tag_count: repository.artifacts.reduce((sum, { tags }) => sum + tags.length, 0),
  pull_count: repository.pulls,
  artifact_count: repository.artifacts.length,
  description: repository.description,
  created_at: repository.created,
  updated_at: repository.updated,
})

/** What they hold is in artifacts.ts. */
export const repositoryHandlers: Handlers<Omit<typeof repositoryOperations, keyof ArtifactOperations>> = {
  namespaceList(world, call) {
    const rows = named(instanceOf(world, call).namespaces.map(namespaceRow), call.query)
    return { body: { namespaces: pageOf(ordered(rows, call.query), call.query), total: rows.length } }
  },
  repositoryList(world, call) {
    const wanted = call.query.number('namespace_id')
    const rows = instanceOf(world, call)
      .namespaces.filter(({ id }) => wanted === undefined || id === wanted)
      .flatMap((namespace) => namespace.repositories.map((repository) => repositoryRow(namespace, repository)))
    return { body: { repositories: pageOf(ordered(rows, call.query), call.query), total: rows.length } }
  },
  namespaceRepositoryList(world, call) {
    const namespace = namespaceOf(instanceOf(world, call), call.param('namespace_name'))
    const rows = namespace.repositories.map((repository) => repositoryRow(namespace, repository))
    return { body: { repositories: pageOf(ordered(rows, call.query), call.query), total: rows.length } }
  },
}
