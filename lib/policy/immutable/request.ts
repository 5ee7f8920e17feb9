import type { ImmutableRule, ImmutableRuleBody } from '../../contract/swr/immutable-rule'

type Selector = ImmutableRule['tag_selectors'][number]

/** What a request can say of a selector; absent stays absent. */
export const toSelector = ({ kind, decoration, pattern, extras }: Selector) => ({
  ...(kind !== undefined && { kind }),
  ...(decoration !== undefined && { decoration }),
  ...(pattern !== undefined && { pattern }),
  ...(extras !== undefined && { extras }),
})

/** A rule as it was read, in the shape of a request. */
export const toRequest = (rule: ImmutableRule): ImmutableRuleBody => ({
  ...(rule.priority !== undefined && { priority: rule.priority }),
  disabled: rule.disabled === true,
  ...(rule.action !== undefined && { action: rule.action }),
  ...(rule.template !== undefined && { template: rule.template }),
  tag_selectors: rule.tag_selectors.map(toSelector),
  ...(rule.scope_selectors && { scope_selectors: { repository: rule.scope_selectors.repository.map(toSelector) } }),
})
