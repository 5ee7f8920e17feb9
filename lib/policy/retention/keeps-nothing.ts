import type { Retention } from '../../contract/swr/retention'
import { canMatch } from '../pattern/never-matches'
import { variantsOf } from '../pattern/suggestions'
import { readingOfAmount } from './amount'

type Rule = Retention['rules'][number]
type Selector = Rule['tag_selectors'][number]

const isEverything = (pattern: string) => /^(?:\*{1,2}(?:\/\*{1,2})*)?$/.test(pattern)
/** An empty pattern fits everything (docs/swr-api.md section 10). */
const takesAll = (pattern: string) => isEverything(pattern) || variantsOf(pattern).some(isEverything)

/** Whether a selector leaves out every tag, whatever tags there are. */
export const selectsNoTag = ({ decoration, pattern = '' }: Pick<Selector, 'decoration' | 'pattern'>): boolean =>
  decoration === 'excludes' ? takesAll(pattern) : decoration === 'matches' && !canMatch(pattern, 'tag')

/**
 * Why a rule keeps no tag, whatever there is in its repositories: `amount` by its number, `tags` because no tag can be
 * selected. Null for a rule that can keep something, and for one without a tag selector, which the engine leaves out.
 */
export function keepsNothing(rule: Rule): 'amount' | 'tags' | null {
  if (rule.tag_selectors.length === 0) return null
  if (readingOfAmount(rule)?.kind === 'nothing') return 'amount'
  return rule.tag_selectors.some(selectsNoTag) ? 'tags' : null
}

/** Whether no repository can ever be concerned by a rule: it neither keeps nor deletes anything. */
export const concernsNothing = ({ scope_selectors: scope }: Rule): boolean =>
  (scope?.repository ?? []).some(({ decoration, pattern = '' }) =>
    decoration === 'repoExcludes'
      ? pattern === '' || pattern === '**'
      : decoration === 'repoMatches' && !canMatch(pattern, 'repository'),
  )

/**
 * Whether a run deletes every tag of the repositories that the policy concerns: no rule that is switched on keeps one. The
 * rules keep together what any of them keeps.
 */
export function deletesAllTags({ rules }: Pick<Retention, 'rules'>): boolean {
  const active = rules.filter((rule) => !rule.disabled && !concernsNothing(rule) && rule.tag_selectors.length > 0)
  return active.length > 0 && active.every((rule) => keepsNothing(rule) !== null)
}
