import * as z from 'zod/mini'
import type { Retention, RetentionBody } from '../../contract/swr/retention'
import {
  largestDays,
  maxRetentionCount,
  maxSelectorLength,
  retentionTemplates,
  retentionTriggers,
  scopeModes,
  tagDecorations,
} from '../../contract/vocabulary'
import { parseEnum } from '../enum'
import { nameFlaw } from '../fields'
import { checkTyped } from '../pattern/never-matches'
import { trimPattern } from '../pattern/pattern'
import { checkSchedule, readTrigger } from '../schedule/trigger'
import type { FieldCode } from '../validation-codes'
import { unitOf } from './amount'
import { amountOf, readAmount, requestOf, toRequest, unsupportedIn } from './request'

const fields = z.object({
  name: z.string(),
  template: z.string(),
  amount: z.string().check(z.trim()),
  tagDecoration: z.string(),
  tagPattern: z.string(),
  /** Matched against the name inside the namespace (docs/swr-api.md section 9). */
  repositoryPattern: z.string(),
  scope: z.enum(scopeModes),
  enabled: z.boolean(),
  trigger: z.string(),
  cron: z.string(),
  /** Paths of what was read and nobody can say here: it stays, and a rule that has it stays as it is. */
  unsupported: z.array(z.string()),
  /** What the form was opened on. Values that break our rules but were not touched are none of the person's business. */
  asRead: z.object({
    name: z.string(),
    template: z.string(),
    amount: z.string(),
    tagDecoration: z.string(),
    tagPattern: z.string(),
    repositoryPattern: z.string(),
    scope: z.string(),
    trigger: z.string(),
    cron: z.string(),
  }),
})

export type RetentionDraft = z.input<typeof fields>
export type RetentionValues = z.output<typeof fields>

const patternFields = [
  ['tagPattern', 'tag'],
  ['repositoryPattern', 'repository'],
] as const

/** What makes up the rule: it is one thing for SWR. */
const ruleFields = ['template', 'amount', 'tagDecoration', 'tagPattern', 'repositoryPattern'] as const

function amountFlaw({ template, amount, asRead }: RetentionValues): FieldCode | null {
  if (template === asRead.template && amount === asRead.amount) return null
  if (amount === '') return 'required'
  if (!/^\d{0,9}$/.test(amount)) return 'amount_whole'
  // 0 would keep nothing, that is delete all (docs/swr-api.md section 9).
  if (Number(amount) === 0) return 'amount_small'
  if (unitOf(template) === 'images') return Number(amount) > maxRetentionCount ? 'amount_large' : null
  return Number(amount) > largestDays ? 'days_large' : null
}

function* flaws(values: RetentionValues): Generator<[keyof RetentionValues, FieldCode | null | undefined]> {
  const { template, tagDecoration, scope, repositoryPattern, trigger, unsupported, asRead } = values
  const choice = (value: string, read: string, known: readonly string[]) =>
    value === read || known.includes(value) ? null : value === '' ? 'required' : 'choice_unknown'
  if (values.name !== asRead.name) yield ['name', nameFlaw(values.name)]
  yield ['template', choice(template, asRead.template, retentionTemplates)]
  yield ['amount', amountFlaw(values)]
  yield ['tagDecoration', choice(tagDecoration, asRead.tagDecoration, tagDecorations)]
  yield ['trigger', choice(trigger, asRead.trigger, retentionTriggers)]
  if (unsupported.length > 0 && ruleFields.some((field) => values[field] !== asRead[field]))
    yield ['unsupported', 'not_editable']
  if (scope === 'selection' && repositoryPattern === '' && asRead.repositoryPattern !== '')
    yield ['repositoryPattern', 'repositories_none']
  for (const [field, kind] of patternFields) {
    const text = values[field]
    if (text === asRead[field]) continue
    yield [field, trimPattern(text).length > maxSelectorLength ? 'too_long' : checkTyped(text, kind)?.code]
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
    // No draft equals it: all that a new policy says is looked at.
    asRead: { ...text, name: '\0', template: '\0', amount: '\0', tagDecoration: 'matches', scope: 'regular' },
  }
}

/** An amount as it can be typed, and one that SWR holds as it is. */
function amountText(rule: Retention['rules'][number]): string {
  const said = readAmount(rule) ?? amountOf(rule)
  return said === undefined ? '' : typeof said === 'string' ? said.trim() : JSON.stringify(said)
}

export function toForm(policy: Retention): RetentionDraft {
  const [rule] = policy.rules
  const tags = rule?.tag_selectors[0]
  const text = {
    name: policy.name ?? '',
    template: rule?.template ?? '',
    amount: rule ? amountText(rule) : '',
    tagDecoration: tags?.decoration ?? 'matches',
    tagPattern: tags?.pattern ?? '',
    repositoryPattern: rule?.scope_selectors?.repository[0]?.pattern ?? '',
    ...readTrigger(policy.trigger),
  }
  return {
    ...text,
    scope: scopeOf(rule?.repo_scope_mode),
    enabled: policy.enabled ?? false,
    unsupported: unsupportedIn(policy),
    asRead: { ...text, scope: rule?.repo_scope_mode ?? '' },
  }
}

const scopeOf = (read: string | undefined) => parseEnum(scopeModes, read) ?? 'regular'

/** What was not touched goes back exactly as SWR has it. */
export function toBody(values: RetentionValues, was?: Retention): RetentionBody {
  const { asRead, scope } = values
  const read = was && toRequest(was)
  const isRuleRead = [...ruleFields, 'scope' as const].every((field) =>
    field === 'scope' ? scope === scopeOf(asRead.scope) : values[field] === asRead[field],
  )
  const sent = (field: 'tagPattern' | 'repositoryPattern') =>
    values[field] === asRead[field] ? values[field] : trimPattern(values[field])
  const isAmountRead = values.template === asRead.template && values.amount === asRead.amount
  const body = requestOf(
    {
      ...values,
      amount: isAmountRead ? read?.rules[0]?.params?.[values.template] : Number(values.amount),
      scope: asRead.scope !== '' && scope === scopeOf(asRead.scope) ? asRead.scope : scope,
      tagPattern: sent('tagPattern'),
      repositoryPattern: sent('repositoryPattern'),
    },
    was,
  )
  const { name, ...rest } = read && isRuleRead ? { ...body, rules: read.rules, algorithm: read.algorithm } : body
  return name === '' && was?.name === undefined ? rest : { ...rest, name }
}
