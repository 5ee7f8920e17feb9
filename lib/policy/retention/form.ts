import * as z from 'zod/mini'
import type { Retention, RetentionBody } from '../../contract/swr/retention'
import { mostRetentionRules, retentionTriggers } from '../../contract/vocabulary'
import { nameFlaw } from '../fields'
import { checkSchedule, readTrigger, toTriggerBody } from '../schedule/trigger'
import type { FieldCode } from '../validation-codes'
import {
  blankRule,
  isRuleAsRead,
  type RuleValues,
  readBehind,
  readRule,
  ruleFields,
  ruleFlaws,
  toReadRule,
  toRuleBody,
  toRuleDraft,
} from './form-rule'
import { toRequest, unsupportedIn } from './request'

const fields = z.object({
  name: z.string(),
  rules: z.array(ruleFields),
  enabled: z.boolean(),
  trigger: z.string(),
  cron: z.string(),
  /** Paths of what was read and nobody can say here: it stays, and a rule that has it stays as it is. */
  unsupported: z.array(z.string()),
  /** What the form was opened on. Values that break our rules but were not touched are none of the person's business. */
  asRead: z.object({ name: z.string(), trigger: z.string(), cron: z.string(), rules: z.array(readRule) }),
})

export type RetentionDraft = z.input<typeof fields>
export type RetentionValues = z.output<typeof fields>

/** Whether a rule that was read says something that no field shows; it can be removed, and stays as it is otherwise. */
export const isFixedRule = ({ unsupported }: Pick<RetentionDraft, 'unsupported'>, origin: number | null): boolean =>
  origin !== null && unsupported.some((path) => path.startsWith(`rules[${origin}].`))

const isListAsRead = ({ rules, asRead }: RetentionValues) =>
  rules.length === asRead.rules.length &&
  rules.every((rule, index) => rule.origin === index && isRuleAsRead(rule, readBehind(rule, asRead.rules)))

type Flaw = readonly [path: readonly PropertyKey[], code: FieldCode | null | undefined]

/** The engine's own rule: no two may say the same. */
function repeatedRules(rules: readonly RuleValues[]): number[] {
  const texts = rules.map(({ origin: _, scope: __, ...said }) => JSON.stringify(said))
  return texts.flatMap((text, index) => (texts.indexOf(text) < index ? [index] : []))
}

function* ruleListFlaws(values: RetentionValues): Generator<Flaw> {
  const { rules, asRead, unsupported } = values
  if (isListAsRead(values)) return
  if (unsupported.includes('algorithm')) yield [['unsupported'], 'not_editable']
  if (rules.length === 0) yield [['rules'], 'rules_none']
  if (rules.length > Math.max(mostRetentionRules, asRead.rules.length)) yield [['rules'], 'rules_many']
  for (const index of repeatedRules(rules)) yield [['rules', index, 'origin'], 'rule_repeated']
}

function* flaws(values: RetentionValues): Generator<Flaw> {
  const { trigger, asRead } = values
  if (values.name !== asRead.name) yield [['name'], nameFlaw(values.name)]
  if (trigger !== asRead.trigger && !retentionTriggers.some((known) => known === trigger))
    yield [['trigger'], trigger === '' ? 'required' : 'choice_unknown']
  yield* ruleListFlaws(values)
  for (const [index, rule] of values.rules.entries()) {
    const fixed = isFixedRule(values, rule.origin)
    for (const [field, code] of ruleFlaws(rule, readBehind(rule, asRead.rules), fixed))
      yield [['rules', index, field], code]
  }
  yield [['cron'], checkSchedule(values, 'retention')]
}

export const retentionForm = fields.check(({ value, issues }) => {
  for (const [path, code] of flaws(value)) {
    if (code) issues.push({ code: 'custom', path: [...path], message: code, input: value })
  }
})

export function blankRetention(): RetentionDraft {
  const text = { trigger: 'manual', cron: '' }
  return {
    name: '',
    rules: [blankRule()],
    enabled: false,
    ...text,
    unsupported: [],
    // No draft equals it: all that a new policy says is looked at.
    asRead: { ...text, name: '\0', rules: [] },
  }
}

export function toForm(policy: Retention): RetentionDraft {
  const text = { name: policy.name ?? '', ...readTrigger(policy.trigger) }
  const rules = policy.rules.map(toReadRule)
  return {
    ...text,
    rules: rules.map(toRuleDraft),
    enabled: policy.enabled ?? false,
    unsupported: unsupportedIn(policy),
    asRead: { ...text, rules },
  }
}

/** A draft for another namespace: repositories that were picked are of this one. What was read, as of a copy, stays. */
export const withoutPicked = (draft: RetentionDraft): RetentionDraft => ({
  ...draft,
  rules: draft.rules.map((rule) => {
    const { repositoryPattern: read } = readBehind(rule, draft.asRead.rules)
    if (rule.scope !== 'selection' || rule.repositoryPattern === read) return rule
    return { ...rule, repositoryPattern: rule.origin === null ? '' : read }
  }),
})

/** The rules that a draft says, also while it is typed and not all of it is right. `was` is what it was opened on. */
export function toRules(values: Pick<RetentionValues, 'rules' | 'asRead'>, was?: Retention): RetentionBody['rules'] {
  const read = was ? toRequest(was).rules : []
  return values.rules.map((rule) =>
    toRuleBody(rule, readBehind(rule, values.asRead.rules), rule.origin === null ? undefined : read[rule.origin]),
  )
}

/** What was not touched goes back exactly as SWR has it. */
export function toBody(values: RetentionValues, was?: Retention): RetentionBody {
  const read = was && toRequest(was)
  const isRead = read !== undefined && isListAsRead(values)
  const { name, trigger, cron, enabled } = values
  return {
    algorithm: isRead ? read.algorithm : (read?.algorithm ?? 'or'),
    enabled,
    rules: toRules(values, was),
    ...(trigger !== '' || was?.trigger ? { trigger: toTriggerBody(trigger, cron, was?.trigger) } : {}),
    ...(name === '' && was?.name === undefined ? {} : { name }),
  }
}
