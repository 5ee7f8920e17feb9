import { z } from 'zod'
import { moment } from '../freshness'
import { wholeNumber } from '../paging'
import { retentionBody } from '../swr/retention'
import { pageOf } from './paging'
import { stopReasons } from './partial-runs'
import { decisionView } from './retention-decisions'
import { retentionTerms } from './retention-terms'
import {
  armingReasons,
  copyStates,
  decisionReasons,
  decisions,
  dryRunStates,
  lockReasons,
  restoreStates,
  retentionRunStates,
  runBlocks,
  swrActions,
} from './retention-vocabulary'

/* Dry runs, the lock that they open, real runs with their copies, and what comes back. */

/** Images, and tags on them. Bytes are an upper limit. */
const total = z.object({ images: z.number(), tags: z.number(), bytes: z.number() })

const totals = z.object({
  keep: total,
  delete: total,
  /** Of which SWR says nothing readable. */
  unknown: total,
  /** Where SWR and the console differ. */
  differences: z.number(),
})

const started = {
  id: z.number(),
  at: moment,
  endedAt: moment.nullable(),
  actorId: z.string(),
  actorName: z.string(),
  reason: z.string().nullable(),
  /** Says which rules, selectors and trigger it is of. */
  content: z.string(),
  /** SWR's own execution, once it is known. */
  execution: z.number().nullable(),
  version: z.number(),
}

export const dryRun = z.object({
  ...started,
  state: z.enum(dryRunStates),
  /** Why it failed: a problem's code, or `changed`, `hanging`, `cut`. */
  failure: z.string().nullable(),
  /** SWR's own words of it. */
  text: z.string(),
  totals,
  repositories: z.number(),
  /** Who opened the finished verdicts first. */
  seen: z.object({ name: z.string(), at: moment }).nullable(),
  /** Until when it opens the lock; null where it does not. */
  until: moment.nullable(),
})
export type DryRun = z.output<typeof dryRun>

/** One image in a dry run or a real one. */
export const retentionImage = z.object({
  /** Place in the run, from 0. */
  index: z.number(),
  repository: z.string(),
  digest: z.string(),
  tags: z.array(z.string()),
  size: z.number(),
  pushed: moment.nullable(),
  pulled: moment.nullable(),
  /** SWR's verdict. */
  swr: z.enum(swrActions),
  /** The console's own at that time. */
  ours: z.enum(decisions),
  rule: z.number().nullable(),
  because: z.enum(decisionReasons).nullable(),
  differs: z.boolean(),
  inUse: z.array(z.string()),
  copy: z.enum(copyStates),
  copyText: z.string(),
  restore: z.enum(restoreStates),
  restoreText: z.string(),
})
export type RetentionImage = z.output<typeof retentionImage>

const imageNarrowing = {
  filter: z.enum(['all', 'delete', 'keep', 'unknown', 'differs', 'in_use', 'failed']).default('all'),
  search: decisionView.search,
  repository: decisionView.repository,
}
const imageView = z.strictObject({ ...imageNarrowing, ...pageOf(500) })

const runImages = z.object({
  rows: z.array(retentionImage),
  total: z.number(),
  /** Those of the view that have a copy, may be gone and were not brought back; none in a dry run. */
  restorable: z.number(),
})

export const retentionDryRunStart = { response: z.object({ dryRun }) }
export const retentionDryRunShow = { response: z.object({ dryRun }) }
export const retentionDryRunImageList = { query: imageView, response: runImages }
/** Somebody has the finished verdicts before them. */
export const retentionDryRunSee = { response: z.object({ dryRun }) }

/** Whether the real run, and switching a schedule on, are open; and what the dialog has to say before. */
export const retentionLockShow = {
  response: z.object({
    content: z.string(),
    state: z.enum(['armed', 'locked']),
    because: z.enum(lockReasons).nullable(),
    /** The newest of this policy. */
    dryRun: dryRun.nullable(),
    until: moment.nullable(),
    /** What a run may delete before a second admin has to agree; null: no limit. */
    ceiling: z.object({ tags: z.number().nullable(), share: z.number().nullable() }),
    /** A higher ceiling is asked for and not confirmed: it does not count yet. */
    ceilingAsked: z.boolean(),
    /** Admins besides the one who asks: without one nobody can confirm. */
    otherAdmins: z.number(),
    /** The dry run deletes more than that. */
    aboveCeiling: z.boolean(),
    archive: z.object({ registry: z.number(), name: z.string(), namespace: z.string(), days: z.number() }).nullable(),
    /** Doomed images that run somewhere, and clusters whose list is too old. */
    inUse: z.object({
      images: z.number(),
      examples: z.array(z.string()),
      clusters: z.array(z.string()),
      old: z.array(z.string()),
    }),
    /** A real run that has not ended. */
    run: z.number().nullable(),
    /** All of this that a run is agreed to by. */
    terms: retentionTerms,
  }),
}
export type RetentionLock = z.output<typeof retentionLockShow.response>

/** Whether an enabled schedule that gets this content stays on when it is saved: the content is armed already. */
export const retentionArmingShow = {
  body: z.strictObject({
    algorithm: retentionBody.shape.algorithm,
    rules: retentionBody.shape.rules.max(100),
    trigger: retentionBody.shape.trigger,
  }),
  response: z.object({
    /** Null: it stays on. */
    because: z.enum(armingReasons).nullable(),
    /** The newest of just this content, to be named when it is saved. */
    dryRun: dryRun.nullable(),
  }),
}
export type RetentionArming = z.output<typeof retentionArmingShow.response>

export const retentionRun = z.object({
  ...started,
  state: z.enum(retentionRunStates),
  /** Why it was refused or failed: a block, or a problem's code. */
  block: z.enum(runBlocks).nullable(),
  failure: z.string().nullable(),
  text: z.string(),
  dryRun: z.number(),
  stopped: z.object({ reason: z.enum(stopReasons), name: z.string(), at: moment }).nullable(),
  /** Who agreed, where the ceiling asks for a second admin. */
  confirmed: z.object({ name: z.string(), at: moment }).nullable(),
  /** It deletes more than the ceiling allows one person. */
  aboveCeiling: z.boolean(),
  archive: z.object({ registry: z.number(), name: z.string(), namespace: z.string(), until: moment }).nullable(),
  /** What it was to delete, and what SWR says it deleted. */
  planned: total,
  deleted: total,
  /** What else SWR says of it: kept, failed to delete, or nothing readable. */
  left: z.object({ kept: total, failed: total, unknown: total }),
  copies: z.object({ done: z.number(), failed: z.number(), total: z.number() }),
  restores: z.object({ done: z.number(), failed: z.number(), waiting: z.number() }),
})
export type RetentionRun = z.output<typeof retentionRun>

export const retentionRunStart = {
  body: z.strictObject({
    /** The namespace, typed. */
    confirm: z.string().max(64),
    dryRun: wholeNumber(1),
    /** What was shown and agreed to: `terms` of the lock. */
    agreed: retentionTerms,
    /** An admin's, where images that run somewhere go. */
    acceptInUse: z.boolean().default(false),
    /** Nothing can be brought back, and that is known. */
    withoutCopy: z.boolean().default(false),
  }),
  response: z.object({ run: retentionRun }),
}
export const retentionRunConfirm = {
  body: z.strictObject({ confirm: z.string().max(64) }),
  response: z.object({ run: retentionRun }),
}
export const retentionRunCancel = { response: z.object({ run: retentionRun }) }
export const retentionRunShow = { response: z.object({ run: retentionRun }) }
export const retentionRunImageList = { query: imageView, response: runImages }

const imageIndexes = z.array(z.number().int().min(0)).max(1000)

/** Brings deleted images back from the archive: some, or all that a list shows. */
export const retentionRestoreStart = {
  body: z
    .strictObject({
      images: imageIndexes.min(1).optional(),
      view: z.strictObject(imageNarrowing).optional(),
      /** Of the view, those that are not wanted. */
      except: imageIndexes.default([]),
    })
    .refine(({ images, view }) => (images === undefined) !== (view === undefined), { path: ['images'] }),
  response: z.object({ run: retentionRun }),
}
