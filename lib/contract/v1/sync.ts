import { z } from 'zod'
import { syncTarget } from '../console/sync'
import {
  type CellState,
  cellStates,
  checkCodes,
  checkStates,
  jobStates,
  maxSyncCells,
  maxSyncTags,
  maxSyncTargets,
  planCodes,
} from '../console/sync-vocabulary'
import { moment } from '../freshness'
import { created, listOf, page, version, waiting } from './fields'

const tag = z.string().regex(/^\w[\w.-]{0,127}$/, 'invalid_tag')
const repository = z
  .string()
  .max(256)
  .regex(/^[^\s/:@]+(?:\/[^\s/:@]+)+$/, 'invalid_repository')

/** `organization/repository:tag`; a repository may have more slashes. */
const reference = z
  .string()
  .max(385)
  .regex(/^[^\s/:@]+(?:\/[^\s/:@]+)+:\w[\w.-]{0,127}$/, 'invalid_reference')

const syncRequest = z.strictObject({
  images: z
    .array(
      z.union([
        z.strictObject({ reference }),
        z.strictObject({ repository, tags: z.array(tag).min(1).max(maxSyncTags) }),
      ]),
    )
    .min(1)
    .max(maxSyncTags),
  targets: z.array(syncTarget).min(1).max(maxSyncTargets),
  override: z
    .boolean()
    .default(false)
    .meta({ description: 'Overwrites tags that are there with another digest; otherwise they have failed.' }),
  sendSame: z
    .boolean()
    .default(false)
    .meta({ description: 'Sends also what is there with the same digest; otherwise it is skipped.' }),
})
export type SyncRequest = z.output<typeof syncRequest>

const place = { repository: z.string(), tag: z.string(), region: z.string(), organization: z.string() }

/** One for each of `cellStates`, written out: the document names them. */
const counts = z.object({
  waiting: z.number(),
  skipped: z.number(),
  sending: z.number(),
  reported: z.number(),
  verified: z.number(),
  unverifiable: z.number(),
  missing: z.number(),
  failed: z.number(),
  unknown: z.number(),
  canceled: z.number(),
} satisfies Record<CellState, z.ZodNumber>)

const job = z.object({
  id: z.string(),
  state: z.enum(jobStates),
  at: moment,
  endedAt: moment.nullable(),
  by: z.string(),
  targets: z.array(z.object({ region: z.string(), organization: z.string() })),
  tags: z.number(),
  counts: counts.meta({ description: 'Cells by state; one cell is one tag for one target.' }),
  throttledUntil: moment
    .nullable()
    .meta({ description: 'Nothing is sent until then: SWR has asked the connection to wait, or refuses its key.' }),
  version,
})

const cell = z.object({
  index: z.number(),
  ...place,
  state: z.enum(cellStates),
  digest: z.string().optional(),
  reason: z.string().optional().meta({ description: 'Why, where the state does not say all.' }),
  swr: z
    .object({
      status: z.number(),
      code: z.string().optional(),
      message: z.string().optional(),
      requestId: z.string().optional(),
    })
    .optional(),
  attempts: z.number(),
  at: moment,
})

export const syncSchemas = {
  syncPlanShow: {
    body: syncRequest,
    response: z.object({
      cells: z.array(
        z.object({
          ...place,
          digest: z.string().optional(),
          size: z.number().optional().meta({ description: 'Bytes.' }),
          plan: z.enum(planCodes),
          reason: z.string().optional().meta({
            description:
              'Why the source (`blocked`) or the target (`not_visible`) could not be listed, where that failed.',
          }),
        }),
      ),
      checks: z.array(
        z.object({
          region: z.string(),
          organization: z.string(),
          code: z.enum(checkCodes),
          state: z.enum(checkStates),
          at: moment.nullable(),
        }),
      ),
    }),
  },
  syncJobStart: {
    body: syncRequest,
    response: created,
  },
  syncJobList: {
    query: z.strictObject({
      ...page,
      state: z.enum(jobStates).optional(),
      person: z.string().max(254).optional(),
      region: z.string().max(64).optional(),
      search: z.string().max(256).optional(),
    }),
    response: listOf(job),
  },
  syncJobShow: {
    query: z.strictObject({
      ...waiting,
      cells: z.enum(['all']).optional().meta({ description: '`all` names each cell.' }),
    }),
    response: job.extend({ cells: z.array(cell).optional() }),
  },
  syncJobRetry: {
    body: z
      .strictObject({
        states: z.array(z.enum(cellStates)).min(1).max(cellStates.length).optional(),
        cells: z
          .array(z.union([z.number().int().min(0), z.strictObject(place)]))
          .min(1)
          .max(maxSyncCells)
          .optional(),
      })
      .meta({ description: 'All cells in these states, or those that are named by `index` or by what they are.' }),
    response: job,
  },
  syncJobPause: { response: job },
  syncJobResume: { response: job },
  syncJobCancel: { response: job },
} as const
