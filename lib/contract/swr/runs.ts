import { z } from 'zod'
import { look, moment } from '../freshness'
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

const failure = z.object({
  cause: z.enum(failureCauses),
  /** The text as SWR sent it, of which the cause was read. Failures with one cause and different texts are told apart. */
  text: z.string(),
  tags: z.number(),
  repositories: z.array(z.string()),
  first: moment.nullable(),
  last: moment.nullable(),
})
export type Failure = z.output<typeof failure>

const runTask = z.object({
  id: z.number(),
  /** In full. */
  repository: z.string(),
  /** As SWR spells them, with some of the tags. */
  source: z.string(),
  target: z.string(),
  operation: z.string(),
  /** As SWR spells it. */
  status: z.string(),
  /** Of its tags; null when they could not be read. */
  tags: counts.nullable(),
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
  phase: z.enum(tagPhases),
  /** As SWR spells it. */
  status: z.string(),
  text: z.string(),
  start: moment.nullable(),
  end: moment.nullable(),
})
export type RunTag = z.output<typeof runTag>

export const run = look.extend({
  execution,
  /** Of all tags that were read. */
  tags: counts,
  tasks: z.array(runTask),
  failures: z.array(failure),
  /** Tags finished per second over the last minutes; null until it can be told. */
  rate: z.number().nullable(),
  /** Seconds left at that rate. */
  left: z.number().nullable(),
  /** When the console asked SWR to stop it. */
  stopAsked: moment.nullable(),
  /** The run whose failures this one copies again, and the other way round. */
  parent: z.object({ policy: z.number(), execution: z.number().nullable() }).nullable(),
})
export type Run = z.output<typeof run>
