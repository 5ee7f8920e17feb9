import { z } from 'zod'
import { freshness, moment } from '../freshness'
import { failureCauses } from '../vocabulary'
import { execution } from './replication'

/** Phases of a tag on its way. */
export const tagPhases = ['running', 'succeeded', 'failed', 'stopped', 'waiting', 'unknown'] as const
export type TagPhase = (typeof tagPhases)[number]
const counts = z.object({
  waiting: z.number(),
  running: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  stopped: z.number(),
  unknown: z.number(),
})
export type TagCounts = z.output<typeof counts>

/** What a task does: not every one copies (docs/swr-api.md section 17). */
export const taskActs = ['copy', 'deletion'] as const
export type TaskAct = (typeof taskActs)[number]

const failure = z.object({
  cause: z.enum(failureCauses),
  act: z.enum(taskActs),
  /** The text as SWR sent it, of which the cause was read. Failures with one cause and different texts are told apart. */
  text: z.string(),
  tags: z.number(),
  /** Repositories that failed as a whole: none of their tags says so. */
  whole: z.number(),
  /** The first few, and how many there are. */
  repositories: z.array(z.string()),
  repositoryCount: z.number(),
  first: moment.nullable(),
  last: moment.nullable(),
})
export type Failure = z.output<typeof failure>

export const runTask = z.object({
  id: z.number(),
  /** In full. */
  repository: z.string(),
  /** As SWR spells them, with some of the tags. */
  source: z.string(),
  target: z.string(),
  act: z.enum(taskActs),
  /** As SWR spells it. */
  status: z.string(),
  /** Of its tags; null when they could not be read. */
  tags: counts.nullable(),
  /** It failed, and none of its tags says so. */
  whole: z.boolean(),
  start: moment.nullable(),
  end: moment.nullable(),
})
export type RunTask = z.output<typeof runTask>

export const runTag = z.object({
  task: z.number(),
  /** In full. */
  repository: z.string(),
  tag: z.string(),
  digest: z.string(),
  act: z.enum(taskActs),
  phase: z.enum(tagPhases),
  /** As SWR spells it. */
  status: z.string(),
  text: z.string(),
  /** Why it failed; null for any other. */
  cause: z.enum(failureCauses).nullable(),
  start: moment.nullable(),
  end: moment.nullable(),
})
export type RunTag = z.output<typeof runTag>

/** A run in numbers: what it is about is asked for page by page, since it can have very many repositories. */
export const run = freshness.extend({
  execution,
  /** Of all tags that were read. */
  tags: counts,
  /** Of its repositories that were read; they win over SWR's counters (docs/swr-api.md section 17). */
  repositories: counts,
  /** Repositories that failed as a whole. */
  whole: z.number(),
  /** Of the tags, those that are deleted at the target instead of copied. */
  deletions: z.number(),
  /** How many repositories are read; null when that is all of them. */
  cut: z.number().nullable(),
  failures: z.array(failure),
  /** Tags finished per second over the last minutes; null until it can be told. */
  rate: z.number().nullable(),
  /** Seconds left at that rate. */
  left: z.number().nullable(),
  /** Seconds that runs of its policy usually take; null when none is known. */
  usual: z.number().nullable(),
  /** Since when nothing of it has moved, although it should. */
  hangs: moment.nullable(),
  /** When the console asked SWR to stop it, and for whom. */
  stopAsked: z.object({ at: moment, by: z.string() }).nullable(),
  /** The run whose failures this one copies again, and the other way round. */
  parent: z.object({ policy: z.number(), execution: z.number().nullable() }).nullable(),
})
export type Run = z.output<typeof run>
