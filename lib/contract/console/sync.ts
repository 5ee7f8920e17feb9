import { z } from 'zod'
import { moment } from '../freshness'
import { wholeNumber } from '../paging'
import { problemCodes } from '../problem'
import { autoSyncRuleList } from './auto-sync'
import { pageOf } from './paging'
import { stopReasons } from './partial-runs'
import { repositoryPath, syncImage, syncReferenceRead, syncTagSearch } from './sync-search'
import {
  cellStates,
  checkCodes,
  checkStates,
  jobStates,
  maxSyncCells,
  maxSyncTags,
  maxSyncTargets,
  planCodes,
  sendModes,
} from './sync-vocabulary'

/*
 * Manual sync of the Basic Edition as a job: planned before, watched while, verified after. A cell is one tag for one
 * target; it is `verified` only when the tag was seen at the target with the same digest.
 */

const tagName = z.string().min(1).max(128)

export const syncTarget = z.strictObject({ region: z.string().min(1).max(64), organization: z.string().min(1).max(64) })
export type SyncTarget = z.output<typeof syncTarget>

const images = z.array(z.strictObject({ repository: repositoryPath, tags: z.array(tagName).min(1).max(maxSyncTags) }))
const targets = z.array(syncTarget).min(1).max(maxSyncTargets)

const check = z.object({
  code: z.enum(checkCodes),
  state: z.enum(checkStates),
  /** When it was looked at; null when it follows from the request alone. */
  at: moment.nullable(),
  /** Numbers for its text, such as those of a quota. */
  detail: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type SyncCheck = z.output<typeof check>

const checkedTarget = syncTarget.extend({
  /** The console's own connection that lists it; null: it cannot be seen from here. */
  connection: z.string().nullable(),
  checks: z.array(check),
})

const syncTargetShow = {
  /** `fresh`: asks SWR anew, however young its answers are. In a query it is text. */
  query: syncTarget.extend({
    fresh: z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]).default(false),
  }),
  response: checkedTarget,
}

/** Why a list could not be read: codes with a text on screen. */
const planReason = z.enum([...problemCodes, 'list_too_long'])
export type PlanReason = z.output<typeof planReason>

export const syncPlan = {
  body: z.strictObject({
    images: images.min(1).max(1000),
    targets,
    /** Reads the lists anew, however young they are. */
    fresh: z.boolean().default(false),
  }),
  response: z.object({
    /** When the oldest list was read. */
    at: moment,
    targets: z.array(checkedTarget),
    /** In the order of the request. */
    rows: z.array(
      syncImage.extend({
        /** By target. */
        plans: z.array(z.enum(planCodes)),
        /** The digest at the target, for those that differ; empty otherwise. */
        there: z.array(z.string()),
        /** Why the source (`blocked`) or the target (`not_visible`) could not be listed; null where nothing went wrong. */
        reasons: z.array(planReason.nullable()),
        /** Clusters in which the image of the source runs. */
        inUse: z.array(z.string()),
      }),
    ),
  }),
}
export type SyncPlan = z.output<typeof syncPlan.response>

const counts = z.record(z.enum(cellStates), z.number())

export const syncJob = z.object({
  id: z.number(),
  at: moment,
  endedAt: moment.nullable(),
  actorId: z.string(),
  actorName: z.string(),
  reason: z.string().nullable(),
  state: z.enum(jobStates),
  stopped: z.object({ reason: z.enum(stopReasons), name: z.string(), at: moment }).nullable(),
  /** Nothing is sent until then: SWR has asked this connection to wait, or refuses its key. */
  throttledUntil: moment.nullable(),
  /** The problem with the key; null: SWR asks for fewer requests. */
  throttledBy: z.enum(problemCodes).nullable(),
  targets: z.array(syncTarget.extend({ connection: z.string().nullable() })),
  repositories: z.number(),
  tags: z.number(),
  /** Of the tags that are sent, once for each target. */
  bytes: z.number(),
  counts,
  /** Grows with each change of the job or of one of its cells. */
  version: z.number(),
})
export type SyncJob = z.output<typeof syncJob>

export const syncCell = z.object({
  /** Place in the job, from 0: row by row in the order of the plan. */
  index: z.number(),
  repository: z.string(),
  tag: z.string(),
  /** Index in `targets`. */
  target: z.number(),
  /** What was there when it was planned. */
  digest: z.string(),
  size: z.number(),
  overwrite: z.boolean(),
  state: z.enum(cellStates),
  /** A code with a text on screen; null where the state says all. */
  reason: z.string().nullable(),
  /** SWR's own words. */
  swr: z
    .object({
      status: z.number(),
      code: z.string().optional(),
      message: z.string().optional(),
      requestId: z.string().optional(),
    })
    .nullable(),
  /** How often it was sent. */
  attempts: z.number(),
  /** Of its last change. */
  at: moment,
})
export type SyncCell = z.output<typeof syncCell>

const onlyJob = z.object({ job: syncJob })

const syncJobStart = {
  body: z.strictObject({
    /**
     * Names a press: what comes again under it is answered by the job that it has made, also when the plan is another by then;
     * until ten minutes after its end.
     */
    key: z
      .string()
      .regex(/^[\w-]{16,64}$/)
      .optional(),
    targets: z
      .array(
        syncTarget.extend({
          /** As planned: what lists it; null where nothing does. */
          connection: z.string().max(256).nullable(),
        }),
      )
      .min(1)
      .max(maxSyncTargets),
    /** All that is named is wanted: what is left has failed, and says why, unless it is there with the same digest. */
    wantsAll: z.boolean().optional(),
    rows: z
      .array(
        z.strictObject({
          repository: repositoryPath,
          tag: tagName,
          /** As planned: a tag that has moved since is not sent. */
          digest: z
            .string()
            .max(256)
            .regex(/^[\w:+.-]*$/),
          size: z.number().int().min(0),
          /** By target, like the others. */
          send: z.array(z.enum(sendModes)),
          /** As planned: says why what is not sent is not. */
          plans: z.array(z.enum(planCodes)),
          reasons: z.array(planReason.nullable()).optional(),
        }),
      )
      .min(1)
      .max(maxSyncTags),
  }),
  response: onlyJob,
}

const syncJobList = {
  query: z.strictObject({
    ...pageOf(200),
    state: z.enum(jobStates).optional(),
    /** Part of the name of who started it. */
    person: z.string().max(254).optional(),
    region: z.string().max(64).optional(),
    /** Part of the name of a repository or a tag. */
    search: z.string().max(256).optional(),
  }),
  response: z.object({ jobs: z.array(syncJob), total: z.number() }),
}

const syncJobShow = {
  query: z.strictObject({
    /** Cells that have changed after this version; without it all. */
    since: wholeNumber(0).optional(),
  }),
  response: z.object({ job: syncJob, cells: z.array(syncCell) }),
}

const syncJobRetry = {
  body: z.strictObject({
    /** All cells in these states, or those that are named. */
    states: z.array(z.enum(cellStates)).max(cellStates.length).optional(),
    cells: z.array(z.number().int().min(0)).max(maxSyncCells).optional(),
  }),
  response: onlyJob,
}
const syncJobChange = { response: onlyJob }

export const syncOperations = {
  syncReferenceRead,
  syncTagSearch,
  syncPlanShow: syncPlan,
  syncTargetShow,
  syncJobStart,
  syncJobList,
  syncJobShow,
  syncJobRetry,
  syncJobPause: syncJobChange,
  syncJobResume: syncJobChange,
  syncJobCancel: syncJobChange,
  autoSyncRuleList,
} as const
