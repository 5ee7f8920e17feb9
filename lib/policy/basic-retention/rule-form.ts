import * as z from 'zod/mini'
import type { BasicRule } from '../../contract/console/basic-retention'
import { basicTemplates } from '../../contract/console/retention-vocabulary'
import type { FieldCode } from '../validation-codes'
import { mostOf } from './rule'

/* The retention rule of a Basic Edition repository as a form has it (docs/swr-api.md section 11). */

const fields = z.object({
  template: z.enum(basicTemplates),
  amount: z.string().check(z.trim()),
  exceptions: z.array(z.object({ kind: z.enum(['label', 'regexp']), pattern: z.string().check(z.trim()) })),
})
export type BasicDraft = z.input<typeof fields>
export type BasicValues = z.output<typeof fields>

const longestPattern = 512
export const mostExceptions = 50

function amountFlaw({ template, amount }: BasicValues): FieldCode | null {
  if (amount === '') return 'required'
  if (!/^\d{1,9}$/.test(amount)) return 'amount_whole'
  // 0 would keep nothing.
  if (Number(amount) === 0) return 'amount_small'
  return Number(amount) > mostOf[template] ? 'number_range' : null
}

export const basicForm = fields.check(({ value, issues }) => {
  const amount = amountFlaw(value)
  if (amount) issues.push({ code: 'custom', path: ['amount'], message: amount, input: value.amount })
  for (const [index, { pattern }] of value.exceptions.entries()) {
    const code: FieldCode | null = pattern === '' ? 'required' : pattern.length > longestPattern ? 'too_long' : null
    if (code) issues.push({ code: 'custom', path: ['exceptions', index, 'pattern'], message: code, input: pattern })
  }
})

/** What a form opens with; a repository without a rule keeps nothing back by itself. */
export const toDraft = (rule: BasicRule | null): BasicDraft =>
  rule === null
    ? { template: 'tag_rule', amount: '', exceptions: [] }
    : {
        template: rule.template,
        amount: String(rule.amount),
        exceptions: rule.exceptions.map((exception) => ({ ...exception })),
      }

/** The rule that a draft says; null while it says none. */
export function ruleOf(draft: BasicDraft): BasicRule | null {
  const { data } = basicForm.safeParse(draft)
  return data === undefined ? null : { ...data, amount: Number(data.amount) }
}
