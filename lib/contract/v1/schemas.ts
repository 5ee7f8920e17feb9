import { z } from 'zod'
import type { Schemas } from '../operation'
import { problemCodes } from '../problem'
import { inUseSchemas } from './in-use'
import type { PublicOperation } from './operations'
import { replicationSchemas } from './replication'
import { retentionSchemas } from './retention'
import { syncSchemas } from './sync'

/** Schemas of the public API: requests are strict; of answers, properties may be added. */
export const publicSchemas = {
  apiShow: { response: z.object({ name: z.string(), version: z.literal(1), openapi: z.string() }) },
  openapiShow: { response: z.looseObject({ openapi: z.string() }) },
  ...replicationSchemas,
  ...syncSchemas,
  ...retentionSchemas,
  ...inUseSchemas,
} as const satisfies Record<PublicOperation, Schemas>

/** RFC 9457. */
export const problemDetails = z.object({
  status: z.number(),
  title: z.string().meta({ description: 'In English, for people.' }),
  code: z.enum(problemCodes),
  detail: z.string().optional(),
  requestId: z.string().meta({ description: 'Of this request, as in the console’s log.' }),
  swr: z
    .object({
      status: z.number(),
      code: z.string().optional(),
      message: z.string().optional(),
      requestId: z.string().optional(),
    })
    .optional()
    .meta({ description: 'What SWR said.' }),
  errors: z
    .array(z.object({ path: z.string(), code: z.string() }))
    .optional()
    .meta({ description: 'With 422: where the request breaks a rule, such as `body.images.3.reference`.' }),
})
export type ProblemDetails = z.output<typeof problemDetails>
