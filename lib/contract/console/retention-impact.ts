import { z } from 'zod'
import { freshness } from '../freshness'

/** What a run of a retention policy would delete now, by the rules as they are stored. */
export const retentionImpact = freshness.extend({
  total: z.object({
    /** In which something would be deleted. */
    repositories: z.number(),
    tags: z.number(),
    /** Images without a tag. */
    untagged: z.number(),
  }),
  /** Repositories of which nobody can tell: the policy says something whose effect the console does not know. */
  unclear: z.number(),
  /** The first of the tags, `library/nginx:1.0`. */
  examples: z.array(z.string()),
  /** The instance holds more than the console lists. */
  capped: z.boolean(),
  /** Why the listing is incomplete, as a problem's code. */
  problem: z.string().nullable(),
})
export type RetentionImpact = z.output<typeof retentionImpact>
