import { z } from 'zod'
import { type Operations, operation } from '../operation'
import { listQuery, wholeNumber } from '../paging'
import { flag, listOf, nothing, number, part, row, text } from '../parse'
import { about } from '../rules'
import {
  largestDays,
  maxRetentionCount,
  maxSelectorLength,
  mostRetentionRules,
  retentionTemplates,
  retentionTriggers,
  tagDecorations,
} from '../vocabulary'
import { contentHash, policyName, scopeMode, trigger, triggerRead, triggerShape } from './policy'
import { retentionRunOperations } from './retention-runs'

const selectorRead = row({ kind: text, decoration: text, pattern: text, extras: text })
const ruleRead = row({
  id: number,
  priority: number,
  disabled: flag,
  action: text,
  template: text,
  // Numbers, or numbers as text: documentation and SDK disagree (docs/swr-api.md section 1, rule 9).
  params: z.record(z.string(), z.unknown()).optional().catch(undefined),
  tag_selectors: listOf(selectorRead, {}),
  scope_selectors: part({ repository: listOf(selectorRead, {}) }),
  repo_scope_mode: text,
})

export const retention = row({
  id: number,
  name: text,
  namespace_id: number,
  namespace_name: text,
  algorithm: text,
  enabled: flag,
  rules: listOf(ruleRead, { tag_selectors: [] }),
  trigger: triggerRead,
  content_hash: contentHash,
})

export type Retention = z.output<typeof retention>

const anySelector = z.strictObject({
  kind: z.string().optional(),
  decoration: z.string().optional(),
  pattern: z.string().optional(),
  extras: z.string().optional(),
})

const anyRule = z.strictObject({
  priority: z.number().optional(),
  disabled: z.boolean().optional(),
  action: z.string().optional(),
  template: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  tag_selectors: z.array(anySelector),
  scope_selectors: z.strictObject({ repository: z.array(anySelector) }).optional(),
  repo_scope_mode: z.string().optional(),
})

/** Update replaces the whole policy. */
export const retentionBody = z.strictObject({
  algorithm: z.string().optional(),
  enabled: z.boolean(),
  rules: z.array(anyRule),
  trigger: triggerShape.optional(),
  name: z.string().optional(),
})

export type RetentionBody = z.output<typeof retentionBody>

const selector = <const Decorations extends readonly [string, ...string[]]>(decorations: Decorations) =>
  z.strictObject({
    kind: z.literal('doublestar'),
    decoration: z.enum(decorations),
    pattern: z.string().max(maxSelectorLength),
    extras: z.string().optional(),
  })

const amount = (max: number) => z.number().int().min(1).max(max)

const rule = z
  .strictObject({
    priority: z.literal(0),
    disabled: z.boolean().optional(),
    action: z.literal('retain'),
    template: z.enum(retentionTemplates),
    // One key, equal to the template. 0 would keep nothing and is refused (docs/swr-api.md section 9).
    params: z.strictObject({
      latestPushedK: amount(maxRetentionCount).optional(),
      latestPulledN: amount(maxRetentionCount).optional(),
      nDaysSinceLastPush: amount(largestDays).optional(),
      nDaysSinceLastPull: amount(largestDays).optional(),
    }),
    tag_selectors: z.array(selector(tagDecorations)).length(1),
    scope_selectors: z.strictObject({ repository: z.array(selector(['repoMatches'])).length(1) }),
    repo_scope_mode: scopeMode,
  })
  .refine((value) => Object.keys(value.params).join() === value.template, {
    ...about(['params'], ['template']),
    error: 'not_the_template',
  })

/**
 * What may be asked for: one tag selector and one repository selector in a rule. Documents disagree on one rule or up to
 * fifteen (docs/swr-api.md section 9): SWR says it.
 */
export const retentionRules = retentionBody.extend({
  algorithm: z.literal('or'),
  rules: z.array(rule).min(1).max(mostRetentionRules),
  trigger: trigger(retentionTriggers, 'retention'),
  name: policyName,
})

export const retentionOperations = {
  retentionList: operation({
    query: listQuery({ name: z.string().optional(), namespace_id: wholeNumber(0).optional() }),
    response: z.looseObject({ retentions: listOf(retention, { rules: [], content_hash: '' }), total: number }),
  }),
  retentionShow: operation({ response: retention }),
  retentionUpdate: operation({ body: retentionBody, rules: retentionRules, response: nothing }),
  retentionCreate: operation({ body: retentionBody, rules: retentionRules, response: row({ id: number }) }),
  retentionDelete: operation({ response: nothing }),
  ...retentionRunOperations,
} satisfies Operations
