import { z } from 'zod'
import { moment } from '../freshness'
import { pageOf } from './paging'
import { basicTemplates, requestStates, retentionWarnings } from './retention-vocabulary'

/* Retention of a repository of the Basic Edition: it takes effect when it is saved, so saving is what deletes. */

export const basicRule = z.strictObject({
  template: z.enum(basicTemplates),
  /** Days (1 to 365) or tags (1 to 1,000) that are kept. */
  amount: z.number().int().min(1).max(1000),
  /** Exceptions, which are never deleted: a tag, or a regular expression. */
  exceptions: z
    .array(z.strictObject({ kind: z.enum(['label', 'regexp']), pattern: z.string().min(1).max(512) }))
    .max(50),
})
export type BasicRule = z.output<typeof basicRule>

const place = { organization: z.string().min(1).max(64), repository: z.string().min(1).max(128) }

const image = z.object({
  tag: z.string(),
  digest: z.string(),
  size: z.number(),
  updated: moment.nullable(),
  decision: z.enum(['keep', 'delete', 'unsure']),
  /** The exception that keeps it, by its place; null where the count or age decides. */
  exception: z.number().nullable(),
  before: z.enum(['keep', 'delete', 'unsure']).nullable(),
  inUse: z.array(z.string()),
})
export type BasicDecidedImage = z.output<typeof image>

const decided = z.object({
  at: moment,
  complete: z.boolean(),
  keep: z.number(),
  delete: z.number(),
  unsure: z.number(),
  bytes: z.number(),
  images: z.array(image),
  warnings: z.array(z.object({ code: z.enum(retentionWarnings), count: z.number(), examples: z.array(z.string()) })),
  /** Clusters whose list of what runs has expired: what they use is unknown. */
  old: z.array(z.string()),
  /** More goes than one admin may have deleted. */
  aboveCeiling: z.boolean(),
  /** Says what was decided, so that a save can say what it was made on. */
  hash: z.string(),
})
export type BasicDecisions = z.output<typeof decided>

/** A rule that deletes more than one admin may: it is saved once another has confirmed it. */
const basicRequest = z.object({
  id: z.number(),
  state: z.enum(requestStates),
  rule: basicRule,
  /** Tags that it deletes, or may delete. */
  deleted: z.number(),
  actorId: z.string(),
  actorName: z.string(),
  reason: z.string().nullable(),
  at: moment,
  until: moment,
  /** Who ended it. */
  settled: z.object({ name: z.string(), at: moment }).nullable(),
})
export type BasicRequest = z.output<typeof basicRequest>

export const basicRetentionShow = {
  query: z.strictObject(place),
  response: z.object({
    /** The newest of this repository. */
    request: basicRequest.nullable(),
    /** Admins besides the one who asks: without one nobody can confirm. */
    otherAdmins: z.number(),
    /** Null: none. `rule` is null where SWR holds several, or one that the console cannot read; `content` is what it holds. */
    retention: z
      .object({ id: z.number(), rule: basicRule.nullable(), others: z.number(), content: z.string(), raw: z.unknown() })
      .nullable(),
  }),
}
export const basicRetentionDecide = { body: z.strictObject({ ...place, rule: basicRule }), response: decided }
export const basicRetentionSave = {
  body: z.strictObject({
    ...place,
    rule: basicRule,
    /** `content` of the one that is changed; null makes a new one. */
    was: z.string().nullable(),
    /** `hash` of the verdicts that were looked at. */
    decided: z.string(),
    /** `organization/repository`, typed. */
    confirm: z.string().max(256),
    acceptInUse: z.boolean().default(false),
    /** Above the ceiling: asks for another admin's confirmation instead of being refused. */
    ask: z.boolean().default(false),
  }),
  response: basicRetentionShow.response,
}
const request = z.number().int().min(1)
export const basicRetentionConfirm = {
  /** `confirm` is `organization/repository`, typed. */
  body: z.strictObject({ ...place, request, confirm: z.string().max(256) }),
  response: basicRetentionShow.response,
}
export const basicRetentionWithdraw = {
  body: z.strictObject({ ...place, request }),
  response: basicRetentionShow.response,
}
export const basicRetentionDelete = {
  body: z.strictObject({ ...place, was: z.string() }),
  response: z.object({}),
}
export const basicRetentionLogList = {
  query: z.strictObject({ ...place, ...pageOf(100) }),
  response: z.object({
    rows: z.array(z.object({ tag: z.string(), at: moment.nullable(), rule: z.string() })),
    total: z.number(),
  }),
}
