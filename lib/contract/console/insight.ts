import { z } from 'zod'
import { freshness, moment } from '../freshness'
import { order, wholeNumber } from '../paging'
import { problemSchema } from '../problem-schema'
import { execution, replication, replicationBody } from '../swr/replication'
import { run, runTag, runTask, tagPhases } from '../swr/runs'
import { failureCauses, mostFilters } from '../vocabulary'
import { findings, muteBody, unmuteBody } from './checks'
import { copyPlan, matches, sentFilter } from './matches'
import { pageOf } from './paging'
import { partialRun, partialRunScope } from './partial-runs'
import { retentionOperations } from './retention'
import { retryPlan } from './retry'
import { syncOperations } from './sync'
import { weekOperations } from './week'

/*
 * What the console works out about an instance from SWR's answers: what a policy would match, how runs went, what to look
 * at. None of it is SWR's own; each answer says how old it is and what could not be read.
 */

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])

/**
 * `late`: a scheduled run that should have begun by now was not seen; `never`: no run is known; `hanging`: the latest has not
 * moved for many times what a run usually takes.
 */
export const lastResults = [
  'running',
  'hanging',
  'succeeded',
  'nothing_matched',
  'partly_failed',
  'failed',
  'stopped',
  'unknown',
  'never',
  'late',
] as const
export type LastResult = (typeof lastResults)[number]

const policyRow = z.object({
  policy: replication,
  /** The latest run; null when none was found. */
  last: execution.nullable(),
  /** `late` is told apart in `missed`: a policy can have failed last and be late as well. */
  result: z.enum(lastResults),
  /** Next time by its schedule, while it is enabled. */
  next: moment.nullable(),
  /** Scheduled times that passed without a run being seen. */
  missed: z.object({ count: z.number(), since: moment }).nullable(),
})
export type PolicyRow = z.output<typeof policyRow>

const registryUse = z.object({
  id: z.number(),
  /** How many use it. */
  policies: z.number(),
  lastGood: moment.nullable(),
  lastBad: moment.nullable(),
})
export type RegistryUse = z.output<typeof registryUse>

/** Schemas of what the console works out. */
export const insightOperations = {
  replicationIndex: {
    query: z.strictObject({
      ...pageOf(200),
      q: z.string().max(256).optional(),
      registry: wholeNumber(1).optional(),
      direction: z.enum(['push', 'pull']).optional(),
      trigger: z.enum(['manual', 'scheduled', 'event_based']).optional(),
      enabled: flag.optional(),
      /** Several, with commas between them. */
      last: z
        .string()
        .refine((text) => text.split(',').every((each) => lastResults.some((known) => known === each)))
        .optional(),
      sort: z.enum(['name', 'created_at', 'updated_at', 'last', 'next']).default('created_at'),
      order: order.default('desc'),
    }),
    response: freshness.extend({
      rows: z.array(policyRow),
      /** That fit the filters, and without them. */
      total: z.number(),
      all: z.number(),
      /** Why a part of it could not be read just now: what is shown of it is older or missing. */
      failed: z.object({ policies: problemSchema.nullable(), runs: problemSchema.nullable() }),
    }),
  },
  ...weekOperations,
  registryUseList: { response: freshness.extend({ registries: z.array(registryUse) }) },
  targetNamespaceShow: { response: z.object({ state: z.enum(['exists', 'missing', 'unseen']) }) },
  ...retentionOperations,
  matchPreview: {
    body: z.strictObject({
      filters: z.array(sentFilter).max(mostFilters),
      /** The registry that is pulled from; without it, what is pushed from this instance. */
      source: z.number().int().min(1).optional(),
      /** How many repositories to name. */
      most: z.number().int().min(1).max(500).default(50),
    }),
    response: matches,
  },
  runShow: { response: run },
  runTagList: {
    query: z.strictObject({
      ...pageOf(100),
      phase: z.enum(tagPhases).optional(),
      cause: z.enum(failureCauses).optional(),
      repository: z.string().max(512).optional(),
      q: z.string().max(256).optional(),
    }),
    response: freshness.extend({ tags: z.array(runTag), total: z.number() }),
  },
  runTaskList: {
    query: z.strictObject({
      ...pageOf(100),
      phase: z.enum(tagPhases).optional(),
      q: z.string().max(256).optional(),
    }),
    response: freshness.extend({ tasks: z.array(runTask), total: z.number() }),
  },
  retryPlanShow: { response: retryPlan },
  copyPlanShow: { response: copyPlan },
  partialRunStart: {
    body: z.strictObject({
      /** The failed tags of a run; or what is in `scope`. Exactly one of the two. */
      execution: z.number().int().min(1).optional(),
      scope: z.array(partialRunScope).min(1).max(50).optional(),
    }),
    response: z.object({ run: partialRun }),
  },
  partialRunCancel: { response: z.object({ run: partialRun }) },
  partialRunList: {
    query: z.strictObject({
      ...pageOf(100),
      /** Only those that copy the failures of this run. */
      execution: wholeNumber(1).optional(),
    }),
    response: z.object({ runs: z.array(partialRun), total: z.number() }),
  },
  ...syncOperations,
  checkList: { response: findings },
  findingMute: { body: muteBody, response: z.object({}) },
  findingUnmute: { body: unmuteBody, response: z.object({}) },
  checkDraft: {
    body: z.strictObject({ id: z.number().int().min(0), name: z.string(), policy: replicationBody }),
    response: findings,
  },
} as const
