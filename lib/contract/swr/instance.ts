import { z } from 'zod'
import { type Operations, operation } from '../operation'
import { pairedQuery, wholeNumber } from '../paging'
import { flag, listOf, number, part, row, text } from '../parse'

const instance = row({
  id: text,
  name: text,
  description: text,
  spec: text,
  version: text,
  access_address: text,
  status: text,
  created_at: text,
  project_id: text,
})

export type Instance = z.output<typeof instance>

/** With words of its own: Success, Stopped, Running, Pending, Error (docs/swr-api.md section 18). */
const garbageCollection = row({
  id: number,
  job_status: text,
  creation_time: text,
  update_time: text,
  job_parameters: part({ dry_run: flag, freed_space: number, purged_blobs: number, purged_manifests: number }),
})

export const instanceOperations = {
  instanceList: operation({
    // No multiple-of-limit rule on this one (docs/swr-api.md section 7).
    query: pairedQuery({ offset: wholeNumber(0).optional(), limit: wholeNumber(1, 100).optional() }),
    response: z.looseObject({ instances: listOf(instance, {}), total: number }),
  }),
  instanceShow: operation({ response: instance }),
  instanceStatistics: operation({
    response: z.looseObject({
      storage_used: number,
      total_namespace_count: number,
      namespace_quota: number,
      total_image_count: number,
      image_repo_quota: number,
      replica_policy_count: number,
      replica_policy_quota: number,
      retention_policy_count: number,
      retention_policy_quota: number,
      replica_registry_count: number,
      replica_registry_quota: number,
    }),
  }),
  // Only what the console asks about; the others ride along.
  instanceFeatureGateShow: operation({ response: row({ enableArtifactGc: flag, enableCombinationRetention: flag }) }),
  garbageCollectionList: operation({
    query: z.strictObject({ marker: z.string().optional(), limit: wholeNumber(1, 100).optional() }),
    response: z.looseObject({ tasks: listOf(garbageCollection, {}), page_info: part({ next_marker: text }) }),
  }),
} satisfies Operations
