import { z } from 'zod'
import { freshness, moment } from '../freshness'
import { filterTypes, longestFilter } from '../vocabulary'

const matchedRepository = z.object({
  /** In full, `payments/team/api`. */
  name: z.string(),
  tags: z.number(),
  /** Bytes, as stored; layers are shared, so it is an upper limit. */
  size: z.number(),
  newest: moment.nullable(),
  oldest: moment.nullable(),
  /** Some of the tags. */
  examples: z.array(z.string()),
})
export type MatchedRepository = z.output<typeof matchedRepository>

/**
 * Why something that was probably meant does not match. `part`: an alternative of the pattern takes nothing, whatever the
 * others take; `tags_none`: repositories match, but none of their tags does.
 */
export const nearMissKinds = ['deeper', 'shallower', 'space', 'lone_stars', 'case', 'tags_none', 'part'] as const
const nearMiss = z.object({
  kind: z.enum(nearMissKinds),
  filter: z.enum(filterTypes),
  /** Names that do not match, the first few; of `part` the alternatives of the pattern that take nothing. */
  examples: z.array(z.string()),
  count: z.number(),
  /** A pattern that would take them. */
  suggestion: z.string().nullable(),
})
export type NearMiss = z.output<typeof nearMiss>

export const matches = freshness.extend({
  /** False: no connection of the console covers the source, and nothing of it was listed. */
  seen: z.boolean(),
  /** What was listed so far. `capped`: the instance holds more than the console lists. */
  listed: z.object({ repositories: z.number(), tags: z.number() }),
  capped: z.boolean(),
  /** Why the listing is incomplete, as a problem's code. */
  problem: z.string().nullable(),
  total: z.object({ repositories: z.number(), tags: z.number(), size: z.number() }),
  /** Untagged images in matching repositories that are copied too, because the tag pattern takes an empty name. */
  untagged: z.number(),
  newest: moment.nullable(),
  oldest: moment.nullable(),
  /** The first of them, by name. */
  repositories: z.array(matchedRepository),
  near: z.array(nearMiss),
})
export type Matches = z.output<typeof matches>

export const sentFilter = z.strictObject({
  type: z.enum(filterTypes),
  value: z.string().max(longestFilter, 'too_long'),
  /** All but what the pattern takes. */
  excludes: z.boolean().optional(),
})
export type Filter = z.output<typeof sentFilter>

const planTag = z.object({ repository: z.string(), tag: z.string(), target: z.string() })
export const copyPlan = freshness.extend({
  /** `unseen`: the other side cannot be listed by any connection of the console. */
  target: z.enum(['seen', 'unseen', 'failed']),
  problem: z.string().nullable(),
  override: z.boolean(),
  total: z.object({ fresh: z.number(), same: z.number(), other: z.number() }),
  /** The first of each. */
  fresh: z.array(planTag),
  same: z.array(planTag),
  other: z.array(planTag),
})
export type CopyPlan = z.output<typeof copyPlan>
