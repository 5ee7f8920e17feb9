import type { repositoryOperations } from '../../contract/swr/repository'
import { enterpriseRefusal } from '../errors'
import { ordered, pageOf } from '../query'
import { refusedDelete } from '../retention/verdicts'
import { removeImages } from '../stock'
import { microTime } from '../time'
import type { Artifact, Instance, Namespace, Repository } from '../world'
import { type Handlers, instanceOf, namespaceOf } from './handler'

export type ArtifactOperations = Pick<
  typeof repositoryOperations,
  'artifactListAll' | 'artifactList' | 'artifactDelete' | 'accessoryList' | 'tagList'
>

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

type InRepository = { param(name: 'namespace_name' | 'repository_name'): string }

function repositoryAt(instance: Instance, call: InRepository) {
  const [namespaceName, name] = [call.param('namespace_name'), call.param('repository_name')]
  const namespace = namespaceOf(instance, namespaceName)
  const repository = namespace.repositories.find((candidate) => candidate.name === name)
  if (!repository) throw enterpriseRefusal('missing', `repository ${namespaceName}/${name} not found`)
  return { namespace, repository }
}

function artifactAt(repository: Repository, reference: string): Artifact {
  // A tag is refused as a reference (docs/swr-api.md section 18).
  if (!reference.startsWith('sha256:')) throw enterpriseRefusal('invalid', `reference ${reference} is not a digest`)
  const artifact = repository.artifacts.find(({ digest }) => digest === reference)
  if (!artifact) throw enterpriseRefusal('missing', `artifact ${reference} not found`)
  return artifact
}

export const artifactHandlers: Handlers<ArtifactOperations> = {
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
    const at = repositoryAt(instanceOf(world, call), call)
    const [type, tagText] = [call.query.text('type'), call.query.text('tags')]
    const rows = at.repository.artifacts
      .filter((artifact) => type === undefined || artifact.type === type)
      .filter(({ tags }) => !tagText || tags.some(({ name }) => name.includes(tagText)))
      .map((artifact) => artifactRow(at.namespace, at.repository, artifact))
    const artifacts = pageOf(ordered(rows, call.query, 'push_time'), call.query)
    return { body: { artifacts, total: rows.length }, names: [at.repository.name] }
  },
  artifactDelete(world, call) {
    const instance = instanceOf(world, call)
    const { namespace, repository } = repositoryAt(instance, call)
    const artifact = artifactAt(repository, call.param('reference'))
    const refused = refusedDelete(instance, namespace.name, repository.name, artifact.tags)
    if (refused !== null) throw enterpriseRefusal('immutable', refused)
    removeImages(instance, repository, new Set([artifact.digest]), microTime(world.clock()))
    return {}
  },
  accessoryList(world, call) {
    const { repository } = repositoryAt(instanceOf(world, call), call)
    const { id, accessories = [] } = artifactAt(repository, call.param('reference'))
    const rows = accessories.map((accessory) => ({
      id: accessory.id,
      artifact_id: accessory.artifact,
      subject_artifact_id: id,
      size: accessory.size,
      digest: accessory.digest,
      type: 'signature.cosign',
      created_at: accessory.created,
    }))
    return { body: { accessories: pageOf(rows, call.query), total: rows.length } }
  },
  tagList(world, call) {
    const at = repositoryAt(instanceOf(world, call), call)
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
}
