import { z } from 'zod'
import { freshness, moment } from '../freshness'
import { leftReasons } from '../vocabulary'

/** One repository and the first few of its tags; without any and `whole` it is about all that the policy takes of it. */
const part = z.object({ repository: z.string(), whole: z.boolean(), tags: z.array(z.string()), count: z.number() })

const copy = z.object({
  repository: z.string(),
  tag: z.string(),
  at: moment.nullable(),
  /** A later run of the policy, or null for a run of a part. */
  execution: z.number().nullable(),
})

/** What failed in a run, by what can be done about it: the one answer that the button, the dialog and the start go by. */
export const retryPlan = freshness.extend({
  /** Failed tags, and repositories that failed as a whole. */
  failed: z.number(),
  /** Of them, those that were copied since; named are the first thousand. */
  copied: z.number(),
  copies: z.array(copy),
  /** What is run again, in tags and repositories that count as one where they failed as a whole. */
  again: z.number(),
  repositories: z.number(),
  parts: z.array(part),
  left: z.array(z.object({ reason: z.enum(leftReasons), count: z.number(), examples: z.array(z.string()) })),
})
export type RetryPlan = z.output<typeof retryPlan>
