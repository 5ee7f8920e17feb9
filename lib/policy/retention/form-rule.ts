import * as z from 'zod/mini'
import type { Retention, RetentionBody } from '../../contract/swr/retention'
import {
  largestDays,
  maxRetentionCount,
  maxSelectorLength,
  retentionTemplates,
  scopeModes,
  tagDecorations,
} from '../../contract/vocabulary'
import { parseEnum } from '../enum'
import { checkTyped } from '../pattern/never-matches'
import { trimPattern } from '../pattern/pattern'
import type { FieldCode } from '../validation-codes'
import { unitOf } from './amount'
import { selectsNoTag } from './keeps-nothing'
import { amountOf, ruleOf } from './request'

/* One rule of the form. */

const words = {
  template: z.string(),
  amount: z.string().check(z.trim()),
  tagDecoration: z.string(),
  tagPattern: z.string(),
  /** What the tag selector says of untagged images; no field shows it. */
  tagExtras: z.string(),
  /** Matched against the name inside the namespace (docs/swr-api.md section 9). */
  repositoryPattern: z.string(),
  /** A second switch beside that of the policy, which the console does not change (docs/swr-api.md section 14). */
  disabled: z.boolean(),
}

/** A rule as it was read. */
export const readRule = z.object({ ...words, scope: z.string() })
export type ReadRule = z.output<typeof readRule>

export const ruleFields = z.object({
  ...words,
  scope: z.enum(scopeModes),
  /** Its place among the rules that were read; null for one that was added. Goes where the rule goes. */
  origin: z.nullable(z.number()),
})
export type RuleDraft = z.input<typeof ruleFields>
export type RuleValues = z.output<typeof ruleFields>

export const blankRule = (): RuleDraft => ({
  template: 'latestPushedK',
  amount: '',
  tagDecoration: 'matches',
  tagPattern: '**',
  tagExtras: '',
  repositoryPattern: '**',
  disabled: false,
  scope: 'regular',
  origin: null,
})

/** No rule equals it: all that a new one says is looked at. */
const nothingRead: ReadRule = { ...blankRule(), template: '\0', amount: '\0' }

/** What stands behind a rule of the form: all that it says, and breaks a rule of ours, was there before. */
export const readBehind = ({ origin }: Pick<RuleDraft, 'origin'>, read: readonly ReadRule[]): ReadRule =>
  (origin === null ? undefined : read[origin]) ?? nothingRead

const scopeOf = (read: string) => parseEnum(scopeModes, read) ?? 'regular'

const names = [
  'template',
  'amount',
  'tagDecoration',
  'tagPattern',
  'tagExtras',
  'repositoryPattern',
  'disabled',
] as const

/** Whether a rule says what was read, the way in which repositories are chosen left aside. */
const saysAsRead = (rule: RuleValues, read: ReadRule) => names.every((name) => rule[name] === read[name])

export const isRuleAsRead = (rule: RuleValues, read: ReadRule): boolean =>
  saysAsRead(rule, read) && rule.scope === scopeOf(read.scope)

const looksLikeNumber = (text: string) => /^\s*\d+\s*$/.test(text)

/** An amount as it can be typed. A number that SWR holds as text is in quotes: without them it is another amount. */
function amountText(rule: Retention['rules'][number]): string {
  const said = amountOf(rule)
  if (said === undefined) return ''
  return typeof said === 'string' && !looksLikeNumber(said) ? said.trim() : JSON.stringify(said)
}

export function toReadRule(rule: Retention['rules'][number]): ReadRule {
  const [tags] = rule.tag_selectors
  return {
    template: rule.template ?? '',
    amount: amountText(rule),
    tagDecoration: tags?.decoration ?? 'matches',
    tagPattern: tags?.pattern ?? '',
    tagExtras: tags?.extras ?? '',
    repositoryPattern: rule.scope_selectors?.repository[0]?.pattern ?? '',
    disabled: rule.disabled ?? false,
    scope: rule.repo_scope_mode ?? '',
  }
}

export const toRuleDraft = (read: ReadRule, origin: number): RuleDraft => ({
  ...read,
  scope: scopeOf(read.scope),
  origin,
})

function amountFlaw({ template, amount }: RuleValues, read: ReadRule): FieldCode | null {
  if (template === read.template && amount === read.amount) return null
  if (amount === '') return 'required'
  if (!/^\d{0,9}$/.test(amount)) return 'amount_whole'
  // 0 would keep nothing, that is delete all (docs/swr-api.md section 9).
  if (Number(amount) === 0) return 'amount_small'
  if (unitOf(template) === 'images') return Number(amount) > maxRetentionCount ? 'amount_large' : null
  return Number(amount) > largestDays ? 'days_large' : null
}

const patternFields = [
  ['tagPattern', 'tag'],
  ['repositoryPattern', 'repository'],
] as const

export type RuleFlaw = readonly [field: keyof RuleValues, code: FieldCode]

/** What is wrong with a rule; what was read so is not looked at. `fixed`: it says what no field can change. */
export function ruleFlaws(rule: RuleValues, read: ReadRule, fixed: boolean): RuleFlaw[] {
  const choice = (value: string, before: string, known: readonly string[]) =>
    value === before || known.includes(value) ? null : value === '' ? 'required' : 'choice_unknown'
  const { tagDecoration: decoration, tagPattern: pattern } = rule
  const isSelectorRead = decoration === read.tagDecoration && pattern === read.tagPattern
  const isEmptied = rule.scope === 'selection' && rule.repositoryPattern === '' && read.repositoryPattern !== ''
  const found: [keyof RuleValues, FieldCode | null | undefined][] = [
    ['template', choice(rule.template, read.template, retentionTemplates)],
    ['amount', amountFlaw(rule, read)],
    ['tagDecoration', choice(decoration, read.tagDecoration, tagDecorations)],
    ['origin', fixed && !saysAsRead(rule, read) ? 'not_editable' : null],
    ['repositoryPattern', isEmptied ? 'repositories_none' : null],
    ...patternFields.map(([field, kind]): [keyof RuleValues, FieldCode | null | undefined] => {
      const text = rule[field]
      if (text === read[field]) return [field, null]
      return [field, trimPattern(text).length > maxSelectorLength ? 'too_long' : checkTyped(text, kind)?.code]
    }),
    ['tagPattern', !isSelectorRead && selectsNoTag({ decoration, pattern }) ? 'pattern_nothing' : null],
  ]
  return found.flatMap(([field, code]) => (code ? [[field, code] as const] : []))
}

/** What was not touched goes back exactly as SWR has it. `was` is the rule that was read, in the shape of a request. */
export function toRuleBody(
  rule: RuleValues,
  read: ReadRule,
  was: RetentionBody['rules'][number] | undefined,
): RetentionBody['rules'][number] {
  if (was && isRuleAsRead(rule, read)) return was
  const sent = (field: 'tagPattern' | 'repositoryPattern') =>
    rule[field] === read[field] ? rule[field] : trimPattern(rule[field])
  const isAmountRead = rule.template === read.template && rule.amount === read.amount
  return ruleOf(
    {
      ...rule,
      amount: was && isAmountRead ? was.params?.[rule.template] : Number(rule.amount),
      scope: read.scope !== '' && rule.scope === scopeOf(read.scope) ? read.scope : rule.scope,
      tagPattern: sent('tagPattern'),
      repositoryPattern: sent('repositoryPattern'),
    },
    was,
  )
}
