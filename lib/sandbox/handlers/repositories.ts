import type { repositoryOperations } from '../../contract/swr/repository'
import { enterpriseRefusal } from '../errors'
import { named, ordered, pageOf } from '../query'
import type { Artifact, Instance, Namespace, Repository } from '../world'
import { type Handlers, instanceOf, namespaceOf } from './handler'
import { unbuilt } from './unbuilt'

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

const mediaTypes = {
  IMAGE: 'application/vnd.docker.container.image.v1+json',
  CHART: 'application/vnd.cncf.helm.config.v1+json',
} as const

const described = (namespace: Namespace, repository: Repository, artifact: Artifact) => ({
  repository_id: repository.id,
  namespace_id: namespace.id,
  digest: artifact.digest,
  type: artifact.type,
  size: artifact.size,
  media_type: mediaTypes[artifact.type],
  manifest_media_type:
    artifact.type === 'CHART'
      ? 'application/vnd.oci.image.manifest.v1+json'
      : 'application/vnd.docker.distribution.manifest.v2+json',
})

const artifactRow = (namespace: Namespace, repository: Repository, artifact: Artifact) => ({
  ...described(namespace, repository, artifact),
  id: artifact.id,
  repository_name: repository.name,
  push_time: artifact.pushed,
  pull_time: artifact.pulled,
  tags: artifact.tags.map((tag) => ({
    id: tag.id,
    repository_id: repository.id,
    artifact_id: artifact.id,
    name: tag.name,
    push_time: tag.pushed,
    pull_time: tag.pulled,
  })),
})

/** One page of all artifacts, from the `marker`th on; whole repositories before it are passed over. */
function placed(instance: Instance, marker: number, limit: number) {
  const rows: [Namespace, Repository, Artifact][] = []
  let left = marker - 1
  for (const namespace of instance.namespaces)
    for (const repository of namespace.repositories) {
      const here = repository.artifacts
      for (const artifact of here.slice(left)) {
        if (rows.length === limit) return { rows, next: marker + limit }
        rows.push([namespace, repository, artifact])
      }
      left = Math.max(0, left - here.length)
    }
  return { rows, next: undefined }
}

function repositoryAt(instance: Instance, namespaceName: string, name: string) {
  const namespace = namespaceOf(instance, namespaceName)
  const repository = namespace.repositories.find((candidate) => candidate.name === name)
  if (!repository) throw enterpriseRefusal('missing', `repository ${namespaceName}/${name} not found`)
  return { namespace, repository }
}

export const repositoryHandlers: Handlers<typeof repositoryOperations> = {
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
  artifactListAll(world, call) {
    const [marker, limit] = [call.query.number('marker'), call.query.number('limit')]
    if ((marker === undefined) !== (limit === undefined))
      throw enterpriseRefusal('invalid', 'marker and limit must be used together')
    const { rows, next } = placed(instanceOf(world, call), marker ?? 1, limit ?? 10)
    const artifacts = rows.map(([namespace, repository, artifact]) => artifactRow(namespace, repository, artifact))
    const names = [...new Set(rows.map(([, { name }]) => name))]
    return { body: { artifacts, ...(next !== undefined && { next_marker: next }) }, names }
  },
  artifactList(world, call) {
    const at = repositoryAt(instanceOf(world, call), call.param('namespace_name'), call.param('repository_name'))
    const [type, tagText] = [call.query.text('type'), call.query.text('tags')]
    const rows = at.repository.artifacts
      .filter((artifact) => type === undefined || artifact.type === type)
      .filter(({ tags }) => !tagText || tags.some(({ name }) => name.includes(tagText)))
      .map((artifact) => artifactRow(at.namespace, at.repository, artifact))
    const artifacts = pageOf(ordered(rows, call.query, 'push_time'), call.query)
    return { body: { artifacts, total: rows.length }, names: [at.repository.name] }
  },
  tagList(world, call) {
    const at = repositoryAt(instanceOf(world, call), call.param('namespace_name'), call.param('repository_name'))
    const rows = at.repository.artifacts.flatMap((artifact) =>
      artifact.tags.map((tag) => ({
        ...described(at.namespace, at.repository, artifact),
        id: tag.id,
        name: tag.name,
        artifact_id: artifact.id,
        push_time: tag.pushed,
        pull_time: tag.pulled,
      })),
    )
    const tags = pageOf(ordered(rows, call.query, 'push_time'), call.query)
    return { body: { tags, total: rows.length }, names: [at.repository.name] }
  },
  artifactDelete: unbuilt,
  accessoryList: unbuilt,
}
