import { z } from 'zod'
import { lastResults } from '../console/insight'
import { moment } from '../freshness'
import { order } from '../paging'
import { failureCauses } from '../vocabulary'
import { created, listOf, page, queryFlag, queryNumber, version, waiting } from './fields'

export const connectionStates = ['ok', 'refused', 'unreachable', 'unknown'] as const
export type PublicConnectionState = (typeof connectionStates)[number]

/** `hanging`: nothing has moved for many times what a run usually takes. */
export const runStates = [
  'running',
  'succeeded',
  'partly_failed',
  'failed',
  'stopped',
  'nothing_matched',
  'hanging',
  'unknown',
] as const
export type RunState = (typeof runStates)[number]

/** Beside the causes of a tag's failure, why a part of a run was not begun or nobody knows how it ended. */
export const runFailureCauses = [...failureCauses, 'not_started', 'not_selected', 'nothing_matched', 'unclear'] as const
export type RunFailureCause = (typeof runFailureCauses)[number]

const runId = z.string().meta({
  description: '`POLICY-EXECUTION` with the ids of SWR, or `partial-NUMBER` for a partial run of the console.',
})

const policy = z.object({
  id: z.number(),
  name: z.string(),
  description: z.string(),
  enabled: z.boolean().nullable(),
  direction: z.enum(['push', 'pull']),
  trigger: z.string().nullable(),
  registry: z.object({ id: z.number(), name: z.string().nullable() }).nullable(),
  /** As on the list page. */
  result: z.enum(lastResults),
  last: z
    .object({ id: runId, state: z.enum(runStates), started: moment.nullable(), updated: moment.nullable() })
    .nullable(),
  next: moment.nullable(),
  missed: z.object({ count: z.number(), since: moment }).nullable(),
})

const counts = z.object({
  waiting: z.number(),
  running: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  stopped: z.number(),
  unknown: z.number(),
})

const repository = z.string().min(3).max(512)
const maxParts = 50

const policyList = {
  query: z.strictObject({
    ...page,
    q: z.string().max(256).optional().meta({ description: 'Part of the name.' }),
    registry: queryNumber(1, Number.MAX_SAFE_INTEGER).optional(),
    direction: z.enum(['push', 'pull']).optional(),
    trigger: z.enum(['manual', 'scheduled', 'event_based']).optional(),
    enabled: queryFlag.optional(),
    last: z
      .string()
      .max(200)
      .refine((text) => text.split(',').every((each) => lastResults.some((known) => known === each)), 'invalid_value')
      .optional()
      .meta({ description: `Results, with commas between them: ${lastResults.join(', ')}.` }),
    sort: z.enum(['name', 'created_at', 'updated_at', 'last', 'next']).default('created_at'),
    order: order.default('desc'),
  }),
  response: listOf(policy).extend({
    at: moment.meta({ description: 'When the oldest part of it was read from SWR.' }),
    complete: z.boolean().meta({ description: 'False: some of it could not be read.' }),
  }),
}

const runStart = {
  body: z
    .strictObject({
      repositories: z
        .array(repository)
        .min(1)
        .max(maxParts)
        .optional()
        .meta({ description: 'All that the policy takes of these.' }),
      tags: z
        .record(repository, z.array(z.string().min(1).max(256)).min(1).max(1000))
        .optional()
        .meta({ description: 'Single tags, by repository.' }),
      failedOf: z
        .union([z.number().int().min(1), z.string().regex(/^\d{1,15}-\d{1,15}$/, 'not_an_id')])
        .optional()
        .meta({ description: 'What failed in a run of this policy, by its id here or the execution id of SWR.' }),
    })
    .superRefine(({ repositories = [], tags = {}, failedOf }, context) => {
      const parts = Object.keys(tags).length
      const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
      // Named, and empty: that must never start everything.
      if (parts === 0 && context.value.tags !== undefined) issue('tags', 'required')
      if (parts + repositories.length > maxParts) issue('tags', 'too_big')
      if (failedOf !== undefined && parts + repositories.length > 0) issue('failedOf', 'not_with_others')
    }),
  response: created.extend({ id: runId }),
}

const runShow = {
  query: z.strictObject(waiting),
  response: z.object({
    id: runId,
    policy: z.number(),
    state: z.enum(runStates),
    started: moment.nullable(),
    updated: moment.nullable(),
    counts: counts.meta({ description: 'Tags.' }),
    failures: z.array(
      z.object({
        cause: z.enum(runFailureCauses),
        count: z.number(),
        text: z.string(),
        message: z.string().meta({ description: 'In SWR’s own words; empty when it said nothing.' }),
        repositories: z.array(z.string()).meta({ description: 'The first of them.' }),
      }),
    ),
    complete: z.boolean().meta({ description: 'False: some of it has not been read yet; counts may grow.' }),
    version,
  }),
}

export const replicationSchemas = {
  connectionList: {
    response: listOf(
      z.object({ id: z.string(), name: z.string(), region: z.string(), state: z.enum(connectionStates) }),
    ),
  },
  policyList,
  runStart,
  runShow,
} as const
