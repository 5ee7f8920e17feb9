import type { RetentionBody } from '../../contract/swr/retention'

type Trigger = { readonly type?: string | undefined; readonly trigger_settings?: object | undefined } | undefined

/** As read or as sent. */
export interface RetentionContent {
  readonly algorithm?: string | undefined
  readonly rules: readonly (Partial<RetentionBody['rules'][number]> & { readonly id?: unknown })[]
  readonly trigger?: Trigger
}

const selectorDefaults = { kind: 'doublestar', decoration: '', pattern: '', extras: '' }
const ruleDefaults = {
  priority: 0,
  disabled: false,
  action: 'retain',
  template: '',
  repo_scope_mode: 'regular',
}

const isEmpty = (value: unknown) =>
  value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)

/** One order of keys. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const pairs = Object.entries(value).filter(([, part]) => part !== undefined)
  return Object.fromEntries(
    pairs.sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, part]) => [name, sorted(part)]),
  )
}

/** What is absent has its default; a property that the console does not know counts as well, unless it says nothing. */
const completed = (defaults: object, value: object) => ({
  ...defaults,
  ...Object.fromEntries(Object.entries(value).filter(([, part]) => !isEmpty(part))),
})

export const selectorsContent = (list: readonly object[] | undefined) =>
  (list ?? []).map((selector) => completed(selectorDefaults, selector))

function ruleContent(rule: RetentionContent['rules'][number]) {
  // An id is SWR's own, and new after each save.
  const { id: _, params, tag_selectors: tags, scope_selectors: scope, ...said } = rule
  return {
    ...completed(ruleDefaults, said),
    // Here null is not absent: the engine reads it as 10 images or 30 days, and gives up without the parameter.
    params: params ?? {},
    tag_selectors: selectorsContent(tags),
    scope_selectors: { ...completed({}, scope ?? {}), repository: selectorsContent(scope?.repository) },
  }
}

/**
 * Everything that decides what a policy deletes and when, as a text that is equal for equal contents: algorithm, rules with
 * their selectors, trigger. Neither name nor `enabled`. A verdict holds for one content.
 */
export function contentOf({ algorithm, rules, trigger }: RetentionContent): string {
  const settings = completed({ cron: '' }, trigger?.trigger_settings ?? {})
  const content = {
    algorithm: algorithm ?? 'or',
    rules: rules.map(ruleContent),
    trigger: { ...completed({ type: 'manual' }, trigger ?? {}), trigger_settings: settings },
  }
  return JSON.stringify(sorted(content))
}
