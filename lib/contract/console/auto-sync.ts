import { z } from 'zod'
import { moment } from '../freshness'
import { problemCodes } from '../problem'

const autoRule = z.object({
  repository: z.string(),
  region: z.string(),
  organization: z.string(),
  overwrite: z.boolean().nullable(),
  created: z.string().nullable(),
})
export type AutoSyncRule = z.output<typeof autoRule>

/** Automatic sync of all repositories of an organization: a call for each. */
export const autoSyncRuleList = {
  query: z.strictObject({ organization: z.string().min(1).max(64), repository: z.string().max(128).optional() }),
  response: z.object({
    at: moment,
    rules: z.array(autoRule),
    /** All of the organization; `rules` is null where they were not read. */
    repositories: z.array(z.object({ name: z.string(), rules: z.number().nullable() })),
    /** Repositories whose rules were asked for: the first ones of a large organization. */
    asked: z.number(),
    /** Repositories whose rules could not be read, with the problem's code. */
    failed: z.array(z.object({ repository: z.string(), code: z.enum(problemCodes) })),
    complete: z.boolean(),
  }),
}
