import { z } from 'zod'
import { moment } from '../freshness'
import { listOf, page } from './fields'

const cluster = z.object({
  cluster: z.string(),
  images: z.number().meta({ description: 'Different references.' }),
  at: moment,
  expires: moment.meta({ description: 'From then on real runs of retention are locked until a new list comes.' }),
  by: z.string(),
})

export const inUseSchemas = {
  inUseList: { query: z.strictObject(page), response: listOf(cluster) },
  inUsePut: {
    query: z.strictObject({
      hours: z
        .string()
        .regex(/^\d{1,4}(?:\.\d{1,3})?$/, 'not_a_number')
        .transform(Number)
        .pipe(z.number().min(0.1).max(8760))
        .optional()
        .meta({
          description: 'Hours for which the list is believed; without it those of the retention limits, 24 by default.',
        }),
    }),
    // The body as it is.
    body: z.strictObject({ text: z.string() }),
    response: cluster.extend({
      unreadable: z.number().meta({ description: 'Containers or lines that name no image that can be read.' }),
    }),
  },
  inUseDelete: { response: z.object({}) },
} as const
