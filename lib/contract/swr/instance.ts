import { z } from 'zod'
import { type Operations, operation } from '../operation'
import { pairedQuery, wholeNumber } from '../paging'
import { listOf, number, row, text } from '../parse'

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
} satisfies Operations
