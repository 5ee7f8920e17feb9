import { z } from 'zod'
import { problemCodes } from './problem'

/** A problem inside of an answer: why a part of it is missing or old, in SWR's own words where it has said any. */
export const problemSchema = z.object({
  status: z.number(),
  code: z.enum(problemCodes),
  swr: z
    .object({
      status: z.number(),
      code: z.string().optional(),
      message: z.string().optional(),
      encodedAuthorization: z.string().optional(),
    })
    .optional(),
  requestId: z.string().optional(),
  retryAfter: z.number().optional(),
  key: z.object({ connection: z.string(), stopped: z.boolean(), refusals: z.number() }).optional(),
})
