import * as z from 'zod/mini'
import type { Retention, RetentionBody } from '../../contract/swr/retention'
import {
  largestCount,
  largestDays,
  longestSelector,
  retentionTemplates,
  retentionTriggers,
  scopeModes,
  tagDecorations,
} from '../../contract/vocabulary'
import { oneOf } from '../enum'
import { nameField } from '../fields'
import { checkTyped } from '../pattern/never-matches'
import { trimPattern } from '../pattern/pattern'
import { checkSchedule, readTrigger } from '../schedule/trigger'
import type { FieldCode } from '../validation-codes'
import { unitOf } from './amount'
import { readAmount, requestOf, unsupportedIn } from './request'

const fields = z.object({
  name: nameField,
  template: z.pipe(z.string().check(z.minLength(1, 'required')), z.enum(retentionTemplates, 'choice_unknown')),
  amount: z.pipe(
    z.string().check(z.trim(), z.minLength(1, 'required'), z.regex(/^\d{0,9}$/, 'amount_whole')),
    z.transform(Number),
  ),
  tagDecoration: z.pipe(z.string(), z.enum(tagDecorations, 'choice_unknown')),
  tagPattern: z.string(),
  /** Matched against the name inside the namespace (NOTES section 9). */
  repositoryPattern: z.string(),
  scope: z.enum(scopeModes),
  enabled: z.boolean(),
  trigger: z.pipe(z.string(), z.enum(retentionTriggers, 'choice_unknown')),
  cron: z.string(),
  /** Paths of what was read and no request can repeat: saving would lose it, and with it images. */
  unsupported: z.array(z.string()).check(z.maxLength(0, 'not_editable')),
  /** What the form was opened on, see `replication.ts`. */
  asRead: z.object({ tagPattern: z.string(), repositoryPattern: z.string(), trigger: z.string(), cron: z.string() }),
})

export type RetentionDraft = z.input<typeof fields>
export type RetentionValues = z.output<typeof fields>

const patternFields = [
  ['tagPattern', 'tag'],
  ['repositoryPattern', 'repository'],
] as const

function* flaws(values: RetentionValues): Generator<[keyof RetentionValues, FieldCode | null | undefined]> {
  const { template, amount, scope, repositoryPattern, asRead } = values
  // 0 would keep nothing, that is delete all (NOTES section 9).
  if (amount === 0) yield ['amount', 'amount_small']
  if (unitOf(template) === 'images' && amount > largestCount) yield ['amount', 'amount_large']
  if (unitOf(template) === 'days' && amount > largestDays) yield ['amount', 'days_large']
  if (scope === 'selection' && repositoryPattern === '' && asRead.repositoryPattern !== '')
    yield ['repositoryPattern', 'repositories_none']
  for (const [field, kind] of patternFields) {
    const text = values[field]
    if (trimPattern(text).length > longestSelector) yield [field, 'too_long']
    else if (text !== asRead[field]) yield [field, checkTyped(text, kind)?.code]
  }
  yield ['cron', checkSchedule(values, 'retention')]
}

export const retentionForm = fields.check(({ value, issues }) => {
  for (const [field, code] of flaws(value)) {
    if (code) issues.push({ code: 'custom', path: [field], message: code, input: value[field] })
  }
})

export function blankRetention(): RetentionDraft {
  const text = { tagPattern: '**', repositoryPattern: '**', trigger: 'manual', cron: '' }
  return {
    name: '',
    template: 'latestPushedK',
    amount: '',
    tagDecoration: 'matches',
    scope: 'regular',
    enabled: false,
    ...text,
    unsupported: [],
    asRead: text,
  }
}

export function toForm(policy: Retention): RetentionDraft {
  const [rule] = policy.rules
  const tags = rule?.tag_selectors[0]
  const text = {
    tagPattern: tags?.pattern ?? '',
    repositoryPattern: rule?.scope_selectors?.repository[0]?.pattern ?? '',
    ...readTrigger(policy.trigger),
  }
  const amount = rule && readAmount(rule)
  return {
    name: policy.name ?? '',
    template: rule?.template ?? '',
    amount: amount === undefined ? '' : String(amount),
    tagDecoration: tags?.decoration ?? 'matches',
    scope: oneOf(scopeModes, rule?.repo_scope_mode) ?? 'regular',
    enabled: policy.enabled ?? false,
    ...text,
    unsupported: unsupportedIn(policy),
    asRead: text,
  }
}

export function toWire(values: RetentionValues, was?: Retention): RetentionBody {
  const { asRead } = values
  const sent = (field: 'tagPattern' | 'repositoryPattern') =>
    values[field] === asRead[field] ? values[field] : trimPattern(values[field])
  return requestOf({ ...values, tagPattern: sent('tagPattern'), repositoryPattern: sent('repositoryPattern') }, was)
}
