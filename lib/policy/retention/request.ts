import type { Retention, RetentionBody } from '../../contract/swr/retention'
import { readTrigger, toTriggerBody } from '../schedule/trigger'

type Rule = Retention['rules'][number]

type Amount = Pick<Rule, 'template' | 'params'>

/** The parameter that is named like the rule's template, whatever SWR has there. */
export const amountOf = ({ template, params }: Amount): unknown =>
  template !== undefined && params && Object.hasOwn(params, template) ? params[template] : undefined

/** The amount of a rule: a number, or a number as text. */
export function readAmount(rule: Amount): number | undefined {
  const amount = amountOf(rule)
  if (typeof amount === 'number') return amount
  return typeof amount === 'string' && /^\d{1,9}$/.test(amount) ? Number(amount) : undefined
}

type Selectors = Rule['tag_selectors']
const selectorsOf = (selectors: Selectors) =>
  selectors.map(({ kind, decoration, pattern, extras }) => ({ kind, decoration, pattern, extras }))

/** Parameters of a rule; an amount that is none goes back as it came. */
const paramsOf = (rule: Rule) =>
  rule.template === undefined ? {} : { [rule.template]: readAmount(rule) ?? amountOf(rule) }

/** What a policy says in the shape of a request, odd values included: the `before` of its differences. */
export function toRequest(policy: Retention): RetentionBody {
  const { trigger } = policy
  return {
    algorithm: policy.algorithm,
    enabled: policy.enabled ?? false,
    rules: policy.rules.map((rule) => ({
      priority: rule.priority,
      action: rule.action,
      repo_scope_mode: rule.repo_scope_mode,
      scope_selectors: { repository: selectorsOf(rule.scope_selectors?.repository ?? []) },
      tag_selectors: selectorsOf(rule.tag_selectors),
      disabled: rule.disabled,
      params: paramsOf(rule),
      template: rule.template,
    })),
    trigger: trigger && toTriggerBody(trigger.type ?? '', readTrigger(trigger).cron, trigger),
    name: policy.name,
  }
}

/** Paths of what a request has no words for: it knows one rule with one selector of each kind (docs/swr-api.md section 9). */
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

interface Said {
  name: string
  enabled: boolean
  template: string
  amount: unknown
  tagDecoration: string
  tagPattern: string
  repositoryPattern: string
  scope: string
  trigger: string
  cron: string
}

const doublestar = { kind: 'doublestar' }

/**
 * The request that says this; what a person cannot say on the console is repeated from the policy that was read: further
 * rules, further selectors, what else a selector says.
 */
export function requestOf(said: Said, was?: Retention): RetentionBody {
  const { name, enabled, template } = said
  const read = was && toRequest(was)
  const [rule, ...rules] = read?.rules ?? []
  const [repository, ...repositories] = rule?.scope_selectors?.repository ?? []
  const [tags, ...moreTags] = rule?.tag_selectors ?? []
  return {
    algorithm: read?.algorithm ?? 'or',
    enabled,
    rules: [
      {
        priority: rule?.priority ?? 0,
        action: rule?.action ?? 'retain',
        repo_scope_mode: said.scope,
        scope_selectors: {
          repository: [
            { ...doublestar, decoration: 'repoMatches', ...given(repository), pattern: said.repositoryPattern },
            ...repositories,
          ],
        },
        tag_selectors: [
          { ...doublestar, ...given(tags), decoration: said.tagDecoration, pattern: said.tagPattern },
          ...moreTags,
        ],
        // A second switch beside `enabled` that the console does not change (docs/swr-api.md section 14).
        disabled: rule?.disabled ?? false,
        params: { [template]: said.amount },
        template,
      },
      ...rules,
    ],
    ...(said.trigger !== '' || was?.trigger ? { trigger: toTriggerBody(said.trigger, said.cron, was?.trigger) } : {}),
    name,
  }
}

/** Without the properties that have no value. */
const given = (selector: Partial<Selectors[number]> = {}) =>
  Object.fromEntries(Object.entries(selector).filter(([, value]) => value !== undefined))

/**
 * The request that only switches a policy on or off: all else is sent as it was read, also what the console itself would
 * refuse. What PUT does not repeat is lost, and with it images.
 */
export const withEnabled = (policy: Retention, enabled: boolean): RetentionBody => ({ ...toRequest(policy), enabled })
