import { z } from 'zod'
import { freshness, moment } from '../freshness'
import { order, wholeNumber } from '../paging'
import { immutableRuleBody } from '../swr/immutable-rule'
import { retentionBody } from '../swr/retention'
import { decisionFilters, decisionReasons, decisions, retentionWarnings } from './retention-vocabulary'

/* Verdicts that the console works out itself, of rules that need not be saved. */

/** Images and tags of one decision. Bytes are an upper limit: images share layers. */
const amount = z.object({ images: z.number(), tags: z.number(), bytes: z.number() })
export type DecisionAmount = z.output<typeof amount>

const amounts = z.object({ keep: amount, delete: amount, untouched: amount, unsure: amount })
export type DecisionAmounts = z.output<typeof amounts>

const decidedImage = z.object({
  /** In full, `payments/team/api`. */
  repository: z.string(),
  digest: z.string(),
  tags: z.array(z.string()),
  size: z.number(),
  /** Null where SWR says none. */
  pushed: moment.nullable(),
  /** Null: never. */
  pulled: moment.nullable(),
  decision: z.enum(decisions),
  /** The first rule that keeps it, by its place; null where none does. */
  rule: z.number().nullable(),
  because: z.enum(decisionReasons).nullable(),
  /** The immutable tag rule that spares it, by its id, though no rule keeps it. */
  immutable: z.number().nullable(),
  /** By the rules that are saved; null where nothing is compared. */
  before: z.enum(decisions).nullable(),
  /** Clusters in which it runs. */
  inUse: z.array(z.string()),
})
export type DecidedImage = z.output<typeof decidedImage>

/** How an image table is narrowed, ordered and paged. Changes come first unless an order is asked for. */
export const decisionView = {
  filter: z.enum(decisionFilters).default('all'),
  /** Part of a repository's or tag's name, or the beginning of a digest. */
  search: z.string().max(256).default(''),
  /** In full. */
  repository: z.string().max(512).optional(),
  sort: z.enum(['change', 'repository', 'pushed', 'pulled', 'size']).default('change'),
  order: order.default('desc'),
  offset: wholeNumber(0).default(0),
  limit: wholeNumber(1, 500).default(100),
}

export const decisionWarning = z.object({
  code: z.enum(retentionWarnings),
  /** Images, tags or repositories that it is about. */
  count: z.number(),
  /** The first of them, `payments/api:latest` or `payments/api`. */
  examples: z.array(z.string()),
})
export type DecisionWarning = z.output<typeof decisionWarning>

/**
 * Images that the first rule selects, from newest to oldest. A bin is one place in the order of a repository (`images`) or
 * one day of age (`days`), counted over all repositories that the rule concerns; the last one holds all that is older.
 */
const axis = z.object({
  unit: z.enum(['images', 'days']),
  by: z.enum(['pushed', 'pulled']),
  bins: z.array(z.object({ from: z.number(), to: z.number(), images: z.number() })),
  /** Where the rule cuts, in the same unit; null where it says no number. */
  cut: z.number().nullable(),
  /** Where the saved rule cuts. */
  before: z.number().nullable(),
  /** Never pulled: they have no place on an axis of pulls. */
  never: z.number(),
})
export type DecisionAxis = z.output<typeof axis>

const repositoryDecision = z.object({
  /** In full. */
  name: z.string(),
  amounts,
  /** Images that are decided otherwise than by the rules that are saved. */
  newlyDeleted: z.number(),
  newlyKept: z.number(),
})

export const retentionDecide = {
  body: z.strictObject({
    namespace: z.string().min(1).max(64),
    /** The saved policy to compare with; without `rules` its own rules are decided. */
    policy: wholeNumber(1).optional(),
    rules: retentionBody.shape.rules.max(100).optional(),
    algorithm: z.string().optional(),
    /** The immutable tag rule to suppose instead of those that hold; none before it is deleted. */
    immutable: z.array(immutableRuleBody).max(1).optional(),
    /** Decides as if so many days had passed without a push or a pull. */
    daysAhead: wholeNumber(0, 90).default(0),
    view: z.strictObject(decisionView).prefault({}),
    /** How many repositories to name, those that lose most first. */
    repositories: wholeNumber(0, 1000).default(50),
  }),
  response: freshness.extend({
    /** The time that was decided for. */
    now: moment,
    /** The instance holds more than the console lists. */
    capped: z.boolean(),
    /** Why the listing is incomplete, as a problem's code. */
    problem: z.string().nullable(),
    /** The engine gives up on the whole run before it deletes anything. */
    refused: z.boolean(),
    amounts,
    newlyDeleted: amount,
    newlyKept: amount,
    warnings: z.array(decisionWarning),
    axis: axis.nullable(),
    repositories: z.object({ rows: z.array(repositoryDecision), total: z.number() }),
    images: z.object({ rows: z.array(decidedImage), total: z.number() }),
    /** False: immutable tag rules could not be read, and none was taken into account. */
    immutableKnown: z.boolean(),
  }),
}
export type RetentionDecisions = z.output<typeof retentionDecide.response>

/** What a run would delete now, worked out for a list: null where the listing is not there yet. */
const impact = z.object({
  tags: z.number(),
  images: z.number(),
  bytes: z.number(),
  share: z.number(),
  unsure: z.number(),
})

const indexRow = z.object({
  namespace: z.string(),
  /** Null: nobody cleans up this namespace. */
  policy: z
    .object({
      id: z.number(),
      name: z.string(),
      enabled: z.boolean().nullable(),
      content: z.string(),
      next: moment.nullable(),
      /** Latest execution, dry runs left out; null when there is none, or SWR did not say. */
      last: z
        .object({
          id: z.number(),
          at: moment.nullable(),
          status: z.string(),
          deleted: z.number().nullable(),
        })
        .nullable(),
    })
    .nullable(),
  repositories: z.number(),
  tags: z.number(),
  impact: impact.nullable(),
})
export type RetentionIndexRow = z.output<typeof indexRow>

/** Beside SWR's own list: what it cannot say. One row for each policy, and one for each namespace without any. */
export const retentionIndex = {
  response: freshness.extend({ rows: z.array(indexRow), problem: z.string().nullable() }),
}
