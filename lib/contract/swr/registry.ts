import { z } from 'zod'
import { addressFlaw } from '../address'
import { type Operations, operation } from '../operation'
import { listQuery, order } from '../paging'
import { flag, listOf, nothing, number, part, row, text } from '../parse'
import { masked, registryNamePattern, registryTypes } from '../vocabulary'
import { contentHash } from './policy'

/**
 * Not loose, wherever a registry stands: a secret or an unknown field of a credential never leaves the server. The login may
 * hold our own AK (`{region}@{AK}`, docs/swr-api.md section 14), so only the part before it is kept.
 */
export const credentialRead = z
  .object({ type: text, access_key: text.transform((login) => login?.replace(/@.*$/s, `@${masked}`)) })
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
  dns_conf: part({ hosts: z.record(z.string(), z.string()).optional().catch(undefined) }),
  content_hash: contentHash,
})

export type Registry = z.output<typeof registry>

// What was masked on its way out is no login and no address: sent back, it would overwrite the real one.
const unmasked = z.string().refine((text) => !text.includes(masked), { error: 'login_masked' })

/** Request of create and update alike: PUT replaces the whole registry, its secret included (docs/swr-api.md section 1, rule 7). */
export const registryBody = z.strictObject({
  name: z.string().optional(),
  description: z.string().optional(),
  type: z.string().optional(),
  url: z.string().optional(),
  region_id: z.string().optional(),
  project_id: z.string().optional(),
  instance_id: z.string().optional(),
  credential: z.strictObject({
    type: z.literal('basic'),
    access_key: unmasked.min(1),
    access_secret: z.string().min(1),
  }),
  dns_conf: z.strictObject({ hosts: z.record(z.string(), z.string()).optional() }).optional(),
  insecure: z.boolean(),
})

export type RegistryBody = z.output<typeof registryBody>

/** The address itself is what is wrong with it. */
const address = z
  .string()
  .min(1)
  .max(2048)
  .superRefine((text, context) => {
    const flaw = addressFlaw(text)
    if (flaw) context.addIssue({ code: 'custom', message: flaw })
  })

/**
 * What may be asked for. An Enterprise target is named by project, region and instance; `dns_conf` is for a Harbor only
 * (docs/swr-api.md section 8).
 */
export const registryRules = registryBody
  .extend({ name: z.string().regex(registryNamePattern), type: z.enum(registryTypes), url: address })
  .superRefine((body, context) => {
    if (body.type !== 'swr-pro-internal') return
    for (const name of ['project_id', 'region_id', 'instance_id'] as const)
      if (!body[name]) context.addIssue({ code: 'custom', path: [name], message: 'required' })
  })

export const registryOperations = {
  registryList: operation({
    query: listQuery({
      order_column: z.enum(['created_at', 'updated_at', 'name']).optional(),
      order_type: order.optional(),
      name: z.string().optional(),
      type: z.enum(registryTypes).optional(),
    }),
    response: z.looseObject({ registries: listOf(registry, { content_hash: '' }), total: number }),
  }),
  registryShow: operation({ response: registry }),
  registryCreate: operation({ body: registryBody, rules: registryRules, response: z.looseObject({ id: number }) }),
  registryUpdate: operation({ body: registryBody, rules: registryRules, response: nothing }),
  registryDelete: operation({ response: nothing }),
} satisfies Operations
