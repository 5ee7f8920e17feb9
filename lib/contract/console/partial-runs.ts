import { z } from 'zod'
import { moment } from '../freshness'
import { tagPhases } from '../swr/runs'

/** One repository of a partial run and the tags that are wanted of it, or all that the policy takes of it. */
export const partialRunScope = z
  .strictObject({
    repository: z.string().min(3).max(512),
    tags: z.array(z.string().min(1).max(256)).max(1000),
    whole: z.literal(true).optional(),
  })
  .refine(({ tags, whole }) => tags.length > 0 !== (whole === true), { path: ['tags'], error: 'required' })

/** `not_selected`: the policy's filters do not take it any more; `unclear`: nobody can say how it ended. */
export const partialRunStates = [
  'waiting',
  'running',
  'succeeded',
  'partly_failed',
  'failed',
  'stopped',
  'nothing_matched',
  'not_started',
  'not_selected',
  'unclear',
] as const

export const stopReasons = ['cancelled', 'right_lost'] as const
export type StopReason = (typeof stopReasons)[number]

const partialRunItem = z.object({
  repository: z.string(),
  tags: z.array(z.string()),
  /** All that the policy takes of the repository, instead of tags. */
  whole: z.boolean().optional(),
  /** The short-lived policy and its run, while they are known. */
  policy: z.number().nullable(),
  execution: z.number().nullable(),
  state: z.enum(partialRunStates),
  /** What SWR said of it, a problem's code, or why it was left out. */
  text: z.string(),
  /** How each tag went, kept by the console: SWR forgets the run with the policy. */
  results: z.array(z.object({ tag: z.string(), phase: z.enum(tagPhases), text: z.string() })),
  /** The short-lived policy is gone from SWR. */
  removed: z.boolean(),
})
export const partialRun = z.object({
  id: z.number(),
  policy: z.number(),
  /** The run whose failures it copies again. */
  execution: z.number().nullable(),
  at: moment,
  endedAt: moment.nullable(),
  actorName: z.string(),
  /** No further step is taken: somebody has cancelled it, or who started it may not do this any more. */
  stopped: z.object({ reason: z.enum(stopReasons), name: z.string(), at: moment }).nullable(),
  parts: z.array(partialRunItem),
})
export type PartialRun = z.output<typeof partialRun>
export type PartialRunItem = z.output<typeof partialRunItem>
