import type { Retention } from '../contract/retention'
import { readTrigger, triggerToWire } from './trigger'

/** The amount of a rule: its parameter is named like its template, and is a number or a number as text. */
export function readAmount({ template, params }: Retention['rules'][number]): number | undefined {
  const amount = template === undefined ? undefined : params?.[template]
  if (typeof amount === 'number') return amount
  return typeof amount === 'string' && /^\d{1,9}$/.test(amount) ? Number(amount) : undefined
}

const selectorsOf = (selectors: Retention['rules'][number]['tag_selectors']) =>
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
