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

/** The amount goes back as it came: a number written as text counts as another one, so it must not become a number by itself. */
const paramsOf = (rule: Rule) => (rule.template === undefined ? {} : { [rule.template]: amountOf(rule) })

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

/** Paths of what a person cannot say on the console: of a rule it knows one selector of each kind (docs/swr-api.md section 9). */
export function unsupportedIn({ algorithm, rules }: Retention): string[] {
  const paths = rules.flatMap((rule, index) => unsupportedInRule(rule).map((path) => `rules[${index}].${path}`))
  return isOther(algorithm, 'or') ? ['algorithm', ...paths] : paths
}

const isOther = (value: string | undefined, known: string) => value !== undefined && value !== known

function unsupportedInRule({ action, tag_selectors: tags, scope_selectors: scope }: Rule): string[] {
  const repositories = scope?.repository ?? []
  const found: [boolean, string][] = [
    [isOther(action, 'retain'), 'action'],
    [tags.length > 1, 'tag_selectors[1]'],
    [isOther(tags[0]?.kind, 'doublestar'), 'tag_selectors[0].kind'],
    [repositories.length > 1, 'scope_selectors.repository[1]'],
    [isOther(repositories[0]?.kind, 'doublestar'), 'scope_selectors.repository[0].kind'],
    [isOther(repositories[0]?.decoration, 'repoMatches'), 'scope_selectors.repository[0].decoration'],
  ]
  return found.filter(([is]) => is).map(([, path]) => path)
}

/** What a person says of a rule. */
interface RuleWords {
  readonly template: string
  readonly amount: unknown
  readonly tagDecoration: string
  readonly tagPattern: string
  readonly tagExtras: string
  readonly repositoryPattern: string
  readonly scope: string
  readonly disabled: boolean
}

type RuleBody = RetentionBody['rules'][number]

const doublestar = { kind: 'doublestar' }

/** The rule that says this; what nobody can say on the console is repeated from the rule that was read: further selectors. */
export function ruleOf(words: RuleWords, read?: RuleBody): RuleBody {
  const [repository, ...repositories] = read?.scope_selectors?.repository ?? []
  const [tags, ...moreTags] = read?.tag_selectors ?? []
  const { tagDecoration: decoration, tagPattern: pattern, tagExtras: extras } = words
  return {
    priority: read?.priority ?? 0,
    action: read?.action ?? 'retain',
    repo_scope_mode: words.scope,
    scope_selectors: {
      repository: [
        { ...doublestar, decoration: 'repoMatches', ...given(repository), pattern: words.repositoryPattern },
        ...repositories,
      ],
    },
    tag_selectors: [
      {
        ...doublestar,
        ...given(tags),
        decoration,
        pattern,
        ...((extras !== '' || tags?.extras !== undefined) && { extras }),
      },
      ...moreTags,
    ],
    disabled: words.disabled,
    params: { [words.template]: words.amount },
    template: words.template,
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
