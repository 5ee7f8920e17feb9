import { z } from 'zod'
import { type Operations, operation } from './operation'
import { listQuery, order } from './paging'
import { flag, listOf, number, row, text } from './reading'

/** Target registry types (NOTES section 8): open-source Harbor, Enterprise Edition, Basic Edition. Exact case. */
export const registryTypes = ['swr-pro', 'swr-pro-internal', 'huawei-SWR'] as const

/**
 * Not loose, wherever a registry stands: a secret or an unknown field of a credential never leaves the server. The login may
 * hold our own AK (`{region}@{AK}`, NOTES section 14), so only the part before it is kept.
 */
export const credentialRead = z
  .object({ type: text, access_key: text.transform((login) => login?.replace(/@.*$/s, '@•••')) })
  .optional()
  .catch(undefined)

const registry = row({
  id: number,
  name: text,
  description: text,
  type: text,
  url: text,
  region_id: text,
  project_id: text,
  instance_id: text,
  insecure: flag,
  status: text,
  created_at: text,
  updated_at: text,
  credential: credentialRead,
})

export type Registry = z.output<typeof registry>

export const registryOperations = {
  registryList: operation({
    query: listQuery({
      order_column: z.enum(['created_at', 'updated_at', 'name']).optional(),
      order_type: order.optional(),
      name: z.string().optional(),
      type: z.enum(registryTypes).optional(),
    }),
    response: z.looseObject({ registries: listOf(registry, {}), total: number }),
  }),
  registryShow: operation({ response: registry }),
} satisfies Operations
