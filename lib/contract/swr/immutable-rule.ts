import { z } from 'zod'
import { type Operations, operation } from '../operation'
import { listQuery, wholeNumber } from '../paging'
import { flag, listOf, nothing, number, part, row, text } from '../parse'
import { maxSelectorLength } from '../vocabulary'
import { contentHash } from './policy'

const selectorRead = row({ kind: text, decoration: text, pattern: text, extras: text })

export const immutableRule = row({
  id: number,
  namespace_id: number,
  namespace_name: text,
  priority: number,
  /** True = off, as Harbor means it (docs/swr-api.md section 12). */
  disabled: flag,
  action: text,
  template: text,
  tag_selectors: listOf(selectorRead, {}),
  scope_selectors: part({ repository: listOf(selectorRead, {}) }),
  content_hash: contentHash,
})
export type ImmutableRule = z.output<typeof immutableRule>

const anySelector = z.strictObject({
  kind: z.string().optional(),
  decoration: z.string().optional(),
  pattern: z.string().optional(),
  extras: z.string().optional(),
})

export const immutableRuleBody = z.strictObject({
  priority: z.number().optional(),
  disabled: z.boolean(),
  action: z.string().optional(),
  template: z.string().optional(),
  tag_selectors: z.array(anySelector),
  scope_selectors: z.strictObject({ repository: z.array(anySelector) }).optional(),
})
export type ImmutableRuleBody = z.output<typeof immutableRuleBody>

/** A pattern matches. One that SWR holds in another way is let through as it was read, and not with another pattern. */
const selector = (decoration: 'matches' | 'repoMatches') =>
  z
    .strictObject({
      kind: z.string().optional(),
      decoration: z.string().optional(),
      pattern: z.string().max(maxSelectorLength),
      extras: z.string().optional(),
    })
    .refine((sent) => sent.kind === 'doublestar' && sent.decoration === decoration, { error: 'decoration_new' })

/** Documents and practice differ on the decoration of tags; `matches` was seen to work (docs/swr-api.md section 12). */
const immutableRuleRules = immutableRuleBody.extend({
  priority: z.literal(0),
  action: z.literal('immutable'),
  template: z.literal('immutable_template'),
  tag_selectors: z.array(selector('matches')).length(1),
  scope_selectors: z.strictObject({ repository: z.array(selector('repoMatches')).length(1) }),
})

export const immutableRuleOperations = {
  immutableRuleList: operation({
    query: listQuery({ namespace_id: wholeNumber(0).optional() }),
    response: z.looseObject({
      immutable_rules: listOf(immutableRule, { tag_selectors: [], content_hash: '' }),
      total: number,
    }),
  }),
  immutableRuleCreate: operation({
    body: immutableRuleBody,
    rules: immutableRuleRules,
    response: row({ id: number }),
  }),
  immutableRuleUpdate: operation({ body: immutableRuleBody, rules: immutableRuleRules, response: nothing }),
  immutableRuleDelete: operation({ response: nothing }),
} satisfies Operations
