import { z } from 'zod'
import { type Operations, operation } from '../operation'
import { wholeNumber } from '../paging'
import { listOf, nothing, number, row, text } from '../parse'

/* Retention of the Basic Edition: numbers are texts on the wire (docs/swr-api.md section 1, rule 10). */

const ruleRead = row({
  template: text,
  params: z.record(z.string(), z.unknown()).optional().catch(undefined),
  tag_selectors: listOf(row({ kind: text, pattern: text }), {}),
})
const retention = row({ id: number, algorithm: text, rules: listOf(ruleRead, { tag_selectors: [] }), scope: text })
export type BasicRetention = z.output<typeof retention>

const wholeText = (largest: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .refine((said) => Number(said) <= largest)

const body = z.strictObject({
  algorithm: z.literal('or'),
  rules: z
    .array(
      z.strictObject({
        template: z.enum(['date_rule', 'tag_rule']),
        params: z.strictObject({ days: wholeText(365).optional(), num: wholeText(1000).optional() }),
        /** The exceptions. */
        tag_selectors: z.array(z.strictObject({ kind: z.enum(['label', 'regexp']), pattern: z.string().min(1) })),
      }),
    )
    .length(1),
})

const log = row({
  id: number,
  namespace: text,
  repo: text,
  retention_id: number,
  /** JSON of the rule that ran, as text. */
  rule_type: text,
  tag: text,
  created_at: text,
})

export const basicRetentionOperations = {
  basicRetentionList: operation({ response: listOf(retention, { rules: [] }) }),
  basicRetentionCreate: operation({ body, response: row({ id: number }) }),
  basicRetentionUpdate: operation({ body, response: nothing }),
  basicRetentionDelete: operation({ response: nothing }),
  basicRetentionLogList: operation({
    query: z.strictObject({ offset: wholeNumber(0).optional(), limit: wholeNumber(1, 100).optional() }),
    response: z.looseObject({ retention_log: listOf(log, {}), total: number }),
  }),
} satisfies Operations
