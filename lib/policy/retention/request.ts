import type { Retention, RetentionBody } from '../../contract/swr/retention'
import {
  largestCount,
  largestDays,
  longestSelector,
  policyNamePattern,
  type RetentionTemplate,
  retentionTemplates,
  retentionTriggers,
  type ScopeMode,
  scopeModes,
  tagDecorations,
} from '../../contract/vocabulary'
import { oneOf } from '../enum'
import { readTrigger, triggerToWire } from '../schedule/trigger'
import { unitOf } from './amount'

type Rule = Retention['rules'][number]

/** The amount of a rule: its parameter is named like its template, and is a number or a number as text. */
export function readAmount({ template, params }: Pick<Rule, 'template' | 'params'>): number | undefined {
  const amount = template === undefined ? undefined : params?.[template]
  if (typeof amount === 'number') return amount
  return typeof amount === 'string' && /^\d{1,9}$/.test(amount) ? Number(amount) : undefined
}

/** 0 would keep nothing, that is delete all (NOTES section 9). */
const isAmount = (template: string, amount: number) =>
  Number.isSafeInteger(amount) && amount >= 1 && amount <= (unitOf(template) === 'days' ? largestDays : largestCount)

const selectorsOf = (selectors: Rule['tag_selectors']) =>
  selectors.map(({ kind, decoration, pattern, extras }) => ({ kind, decoration, pattern, extras }))

/** What a policy says in the shape of a request, odd values included: the `before` of its differences. */
export function asRequest(policy: Retention): object {
  const { trigger } = policy
  return {
    algorithm: policy.algorithm,
    enabled: policy.enabled,
    rules: policy.rules.map((rule) => ({
      priority: rule.priority,
      action: rule.action,
      repo_scope_mode: rule.repo_scope_mode,
      scope_selectors: { repository: selectorsOf(rule.scope_selectors?.repository ?? []) },
      tag_selectors: selectorsOf(rule.tag_selectors),
      disabled: rule.disabled,
      params: rule.template === undefined ? {} : { [rule.template]: readAmount(rule) },
      template: rule.template,
    })),
    trigger: trigger && triggerToWire(trigger.type ?? '', readTrigger(trigger).cron, trigger),
    name: policy.name,
  }
}

/** Paths of what a request has no words for: it knows one rule with one selector of each kind (NOTES section 9). */
export function unsupportedIn({ algorithm, rules }: Retention): string[] {
  const [rule] = rules
  const tags = rule?.tag_selectors ?? []
  const repositories = rule?.scope_selectors?.repository ?? []
  const other = (value: string | undefined, known: string) => value !== undefined && value !== known
  const found: [boolean, string][] = [
    [other(algorithm, 'or'), 'algorithm'],
    [rules.length > 1, 'rules[1]'],
    [other(rule?.action, 'retain'), 'rules[0].action'],
    [tags.length > 1, 'rules[0].tag_selectors[1]'],
    [other(tags[0]?.kind, 'doublestar'), 'rules[0].tag_selectors[0].kind'],
    [repositories.length > 1, 'rules[0].scope_selectors.repository[1]'],
    [other(repositories[0]?.kind, 'doublestar'), 'rules[0].scope_selectors.repository[0].kind'],
    [other(repositories[0]?.decoration, 'repoMatches'), 'rules[0].scope_selectors.repository[0].decoration'],
  ]
  return found.filter(([is]) => is).map(([, path]) => path)
}

const extrasOf = (selector: Rule['tag_selectors'][number] | undefined) =>
  selector?.extras === undefined ? {} : { extras: selector.extras }

interface Said {
  name: string
  enabled: boolean
  template: RetentionTemplate
  amount: number
  tagDecoration: (typeof tagDecorations)[number]
  tagPattern: string
  repositoryPattern: string
  scope: ScopeMode
  trigger: (typeof retentionTriggers)[number]
  cron: string
}

/** The request that says this; what a person cannot say on the console is repeated from the policy that was read. */
export function requestOf(said: Said, was?: Retention): RetentionBody {
  const { name, enabled, template } = said
  const rule = was?.rules[0]
  const repository = {
    kind: 'doublestar' as const,
    decoration: 'repoMatches' as const,
    pattern: said.repositoryPattern,
    ...extrasOf(rule?.scope_selectors?.repository[0]),
  }
  const tags = {
    kind: 'doublestar' as const,
    decoration: said.tagDecoration,
    pattern: said.tagPattern,
    ...extrasOf(rule?.tag_selectors[0]),
  }
  return {
    algorithm: 'or',
    enabled,
    rules: [
      {
        priority: 0,
        action: 'retain',
        repo_scope_mode: said.scope,
        scope_selectors: { repository: [repository] },
        tag_selectors: [tags],
        // A second switch beside `enabled` that the console does not change (NOTES section 14).
        disabled: rule?.disabled ?? false,
        params: { [template]: said.amount },
        template,
      },
    ],
    trigger: triggerToWire(said.trigger, said.cron, was?.trigger),
    name,
  }
}

/**
 * The request that only switches a policy on or off; null when a request cannot repeat the rest of what was read, so that
 * it has to be looked at in the form: what PUT does not repeat is lost, and with it images.
 */
export function switched(policy: Retention, enabled: boolean): RetentionBody | null {
  const [rule] = policy.rules
  const { name } = policy
  if (rule === undefined || unsupportedIn(policy).length > 0) return null
  if (name === undefined || !policyNamePattern.test(name)) return null
  const template = oneOf(retentionTemplates, rule.template)
  const amount = readAmount(rule)
  const [tags] = rule.tag_selectors
  const tagDecoration = oneOf(tagDecorations, tags?.decoration)
  const tagPattern = tags?.pattern
  const repositoryPattern = rule.scope_selectors?.repository[0]?.pattern
  const scope = oneOf(scopeModes, rule.repo_scope_mode)
  const trigger = oneOf(retentionTriggers, policy.trigger?.type)
  const { cron } = readTrigger(policy.trigger)
  if (!template || !tagDecoration || !scope || !trigger) return null
  if (tagPattern === undefined || repositoryPattern === undefined) return null
  if (Math.max(tagPattern.length, repositoryPattern.length) > longestSelector) return null
  if (amount === undefined || !isAmount(template, amount)) return null
  if (trigger === 'scheduled' && cron === '') return null
  const said = { name, enabled, template, amount, tagDecoration, tagPattern, repositoryPattern, scope, trigger, cron }
  return requestOf(said, policy)
}
