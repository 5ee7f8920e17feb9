import type { Retention } from '../../contract/swr/retention'
import { canMatch } from '../pattern/never-matches'
import { variantsOf } from '../pattern/suggestions'
import { readingOfAmount } from './amount'

type Rule = Retention['rules'][number]
type Selector = Rule['tag_selectors'][number]

const isEverything = (pattern: string) => /^(?:\*{1,2}(?:\/\*{1,2})*)?$/.test(pattern)
/** Whether a pattern fits everything, as an empty one does (docs/swr-api.md section 10). */
export const takesAll = (pattern: string) => isEverything(pattern) || variantsOf(pattern).some(isEverything)

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

const isActive = (rule: Rule) => !rule.disabled && !concernsNothing(rule) && rule.tag_selectors.length > 0

/**
 * Whether a run deletes every tag of the repositories that the policy concerns: no rule that is switched on keeps one. The
 * rules keep together what any of them keeps.
 */
export function deletesAllTags({ rules }: Pick<Retention, 'rules'>): boolean {
  const active = rules.filter(isActive)
  return active.length > 0 && active.every((rule) => keepsNothing(rule) !== null)
}

/** What a run deletes in the repositories of a rule that keeps nothing: all tags, or some, which no other rule keeps. */
export type Loss = 'all' | 'some' | 'none'

/** What it costs that a rule of the policy keeps nothing; `none` for one that a run does not look at. */
export function lossBy(policy: Pick<Retention, 'rules'>, rule: Rule): Loss {
  if (!isActive(rule)) return 'none'
  return deletesAllTags(policy) ? 'all' : 'some'
}
