import 'server-only'
import { z } from 'zod'
import { syncTarget } from '../../contract/console/sync'
import { moment } from '../../contract/freshness'
import { problemCodes } from '../../contract/problem'
import type { JobType } from '../../jobs/job'

const data = z.object({
  targets: z.array(
    syncTarget.extend({
      /** The console's own connection that lists it; null: nothing can be verified there. */
      connection: z.string().nullable(),
    }),
  ),
  repositories: z.number(),
  tags: z.number(),
  bytes: z.number(),
  /** Nothing is sent until then: SWR has asked this connection to wait, or refuses its key. */
  throttledUntil: moment.nullable(),
  /** Why; null: SWR asks this connection for fewer requests. */
  throttledBy: z.enum(problemCodes).nullable().default(null),
})
export type SyncJobData = z.output<typeof data>

/** Manual sync as a job; its cells are rows of their own (lib/db/sync-cells.ts). */
export const syncJobType: JobType<SyncJobData> = { kind: 'sync', data }
