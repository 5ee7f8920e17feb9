import { z } from 'zod'
import { type Operations, operation } from '../operation'
import { listQuery, order, wholeNumber } from '../paging'
import { listOf, nothing, number, row, text } from '../parse'
import { maxPageSize } from '../vocabulary'

const namespace = row({ name: text, namespace_id: number, repo_count: number, created_at: text, updated_at: text })
/** `name` is the name inside the namespace and may hold slashes. */
const repository = row({
  id: number,
  name: text,
  namespace_name: text,
  namespace_id: number,
  tag_count: number,
  artifact_count: number,
  pull_count: number,
  updated_at: text,
})
const tag = row({
  name: text,
  digest: text,
  size: number,
  type: text,
  push_time: text,
  pull_time: text,
})
const artifact = row({
  id: number,
  digest: text,
  type: text,
  size: number,
  push_time: text,
  pull_time: text,
  tags: listOf(row({ name: text, push_time: text, pull_time: text }), {}),
})

export type Namespace = z.output<typeof namespace>
export type Repository = z.output<typeof repository>

/** A signature or another image that belongs to one; goes with it (docs/swr-api.md section 9). */
const accessory = row({
  id: number,
  artifact_id: number,
  subject_artifact_id: number,
  digest: text,
  size: number,
  type: text,
})

/** Of the instance-wide list: says where it belongs by ids, and by the name inside the namespace. */
const placedArtifact = row({
  id: number,
  namespace_id: number,
  repository_id: number,
  repository_name: text,
  digest: text,
  type: text,
  size: number,
  push_time: text,
  pull_time: text,
  tags: listOf(row({ name: text, push_time: text, pull_time: text }), {}),
})

export type Artifact = z.output<typeof artifact>
export type ArtifactWithLocation = z.output<typeof placedArtifact>

const repositories = z.looseObject({ repositories: listOf(repository, {}), total: number })
const repositoryOrder = { order_column: z.enum(['created_at', 'updated_at']).optional(), order_type: order.optional() }

export const repositoryOperations = {
  namespaceList: operation({
    query: listQuery({
      order_column: z.enum(['updated_at']).optional(),
      order_type: order.optional(),
      name: z.string().optional(),
    }),
    response: z.looseObject({ namespaces: listOf(namespace, {}), total: number }),
  }),
  repositoryList: operation({
    query: listQuery({ ...repositoryOrder, namespace_id: wholeNumber(0).optional() }),
    response: repositories,
  }),
  namespaceRepositoryList: operation({ query: listQuery(repositoryOrder), response: repositories }),
  artifactListAll: operation({
    query: z.strictObject({ marker: wholeNumber(1).optional(), limit: wholeNumber(1, maxPageSize).optional() }),
    response: z.looseObject({ artifacts: listOf(placedArtifact, { tags: [] }), next_marker: number }),
  }),
  artifactList: operation({
    query: listQuery({ type: z.enum(['IMAGE', 'CHART']).optional(), tags: z.string().optional() }),
    response: z.looseObject({ artifacts: listOf(artifact, { tags: [] }), total: number }),
  }),
  artifactDelete: operation({ response: nothing }),
  accessoryList: operation({
    query: listQuery({ type: z.enum(['signature.cosign']).optional() }),
    response: z.looseObject({ accessories: listOf(accessory, {}), total: number }),
  }),
  tagList: operation({
    query: listQuery({ is_accessory: z.enum(['true', 'false']).optional() }),
    response: z.looseObject({ tags: listOf(tag, {}), total: number }),
  }),
} satisfies Operations
