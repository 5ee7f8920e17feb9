import type { ImmutableRule } from '../../contract/swr/immutable-rule'

type Selector = ImmutableRule['tag_selectors'][number]

/** What a pattern of a rule is about. */
export type Side = 'tags' | 'repositories'

/** How patterns of the console are meant: what matches is held. */
export const matching = { tags: 'matches', repositories: 'repoMatches' } as const
/** Never sent with a new pattern: SWR's documentation has no such rules, Harbor does (docs/swr-api.md section 12). */
export const excluding = { tags: 'excludes', repositories: 'repoExcludes' } as const

/** What a rule says of its tags and repositories. Of several selectors only the first counts (docs/retention-engine.md). */
export const selectorsOf = ({ tag_selectors, scope_selectors }: ImmutableRule) => ({
  tags: tag_selectors[0],
  repositories: scope_selectors?.repository[0],
})

/** What a selector takes; `other`: it says what the console does not know. Without a selector a rule holds nothing. */
export function takenBy(side: Side, selector: Selector | undefined): 'all' | 'none' | 'matching' | 'others' | 'other' {
  if (!selector) return 'none'
  const { kind = 'doublestar', decoration = matching[side], pattern = '' } = selector
  // An empty pattern fits everything (docs/swr-api.md section 10).
  const isWhole = pattern === '' || pattern === '**'
  if (kind !== 'doublestar') return 'other'
  if (decoration === matching[side]) return isWhole ? 'all' : 'matching'
  return decoration === excluding[side] ? (isWhole ? 'none' : 'others') : 'other'
}
