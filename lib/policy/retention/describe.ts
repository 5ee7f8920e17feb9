import type { Retention } from '../../contract/swr/retention'

type Rule = Retention['rules'][number]

/**
 * What a rule is about, as far as a sentence can say it. `other`: more selectors than one, or one that is meant in a way that
 * the console has no words for.
 */
export interface RuleScope {
  readonly tags: 'all' | 'matches' | 'excludes' | 'other'
  readonly tagPattern: string
  readonly names: 'all' | 'pattern' | 'listed' | 'other'
  readonly namePattern: string
}

const takesAll = (pattern: string | undefined) => pattern === '**' || pattern === '' || pattern === undefined

export function describeRule({ tag_selectors: tags, scope_selectors: scope, repo_scope_mode: mode }: Rule): RuleScope {
  const [tag] = tags
  const repositories = scope?.repository ?? []
  const [repository] = repositories
  const tagPattern = tag?.pattern ?? ''
  const namePattern = repository?.pattern ?? ''
  return {
    tags: describeTags(tags.length, tag?.decoration, tagPattern),
    tagPattern,
    names:
      repositories.length !== 1 || (repository?.decoration ?? 'repoMatches') !== 'repoMatches'
        ? 'other'
        : mode === 'selection'
          ? 'listed'
          : takesAll(namePattern)
            ? 'all'
            : 'pattern',
    namePattern,
  }
}

function describeTags(count: number, decoration: string | undefined, pattern: string): RuleScope['tags'] {
  if (count !== 1) return 'other'
  if (decoration === 'excludes') return 'excludes'
  if (decoration !== 'matches') return 'other'
  return takesAll(pattern) ? 'all' : 'matches'
}
