import * as z from 'zod/mini'
import type { BasicRule } from '../../contract/console/basic-retention'
import { basicTemplates } from '../../contract/console/retention-vocabulary'
import type { FieldCode } from '../validation-codes'
import { type Exception, exceptionFlaw, isHeldException } from './exception-flaws'
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

/** What a form knows of exceptions besides what is typed. */
export interface KnownExceptions {
  /** Those that SWR holds: what they keep, or not, was not typed here. */
  readonly held: readonly Exception[]
  /** Codes with which the server has refused exceptions, by what they say: it alone reads regular expressions. */
  readonly refused: Readonly<Record<string, string>>
}

const keyOf = ({ kind, pattern }: Exception) => `${kind} ${pattern.trim()}`

function patternFlaw(exception: Exception, { held, refused }: KnownExceptions): string | null {
  const { pattern } = exception
  if (pattern === '') return 'required'
  if (pattern.length > longestPattern) return 'too_long'
  return refused[keyOf(exception)] ?? (isHeldException(held, exception) ? null : exceptionFlaw(exception))
}

export const basicForm = (known: KnownExceptions) =>
  fields.check(({ value, issues }) => {
    const amount = amountFlaw(value)
    if (amount) issues.push({ code: 'custom', path: ['amount'], message: amount, input: value.amount })
    for (const [index, exception] of value.exceptions.entries()) {
      const message = patternFlaw(exception, known)
      if (!message) continue
      issues.push({ code: 'custom', path: ['exceptions', index, 'pattern'], message, input: exception.pattern })
    }
  })

/** What the server has refused of a rule, for `KnownExceptions`. `fields` are those of its answer. */
export const refusedExceptions = (
  { exceptions }: BasicRule,
  fields: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    exceptions.flatMap((exception, index) => {
      const code = fields[`body.rule.exceptions.${index}.pattern`]
      return code === undefined ? [] : [[keyOf(exception), code]]
    }),
  )

/** Places of the exceptions that the server has refused. */
export const refusedPlaces = (
  exceptions: readonly Exception[],
  { refused }: Pick<KnownExceptions, 'refused'>,
): number[] => exceptions.flatMap((exception, index) => (keyOf(exception) in refused ? [index] : []))

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
export function ruleOf(draft: BasicDraft, known: KnownExceptions): BasicRule | null {
  const { data } = basicForm(known).safeParse(draft)
  return data === undefined ? null : { ...data, amount: Number(data.amount) }
}
