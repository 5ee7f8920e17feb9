import { expect, test } from 'vitest'
import type { Retention } from '../../contract/swr/retention'
import { describeRule } from './describe'

type Rule = Retention['rules'][number]
const rule = (more: Partial<Rule> = {}): Rule => ({
  tag_selectors: [{ decoration: 'matches', pattern: '**' }],
  scope_selectors: { repository: [{ decoration: 'repoMatches', pattern: '**' }] },
  ...more,
})
const tags = (...selectors: Rule['tag_selectors']) => ({ tag_selectors: selectors })
const names = (pattern: string, decoration = 'repoMatches') => ({
  scope_selectors: { repository: [{ decoration, pattern }] },
})

test.each<[Partial<Rule>, string, string]>([
  [{}, 'all', 'all'],
  [tags({ decoration: 'matches', pattern: 'v*' }), 'matches', 'all'],
  [tags({ decoration: 'excludes', pattern: '**' }), 'excludes', 'all'],
  [tags({ decoration: 'likes', pattern: 'v*' }), 'other', 'all'],
  [tags({ decoration: 'matches', pattern: 'v*' }, { decoration: 'excludes', pattern: 'v1' }), 'other', 'all'],
  [names('team/**'), 'all', 'pattern'],
  [{ ...names('{a,b}'), repo_scope_mode: 'selection' }, 'all', 'listed'],
  [names('team/**', 'repoExcludes'), 'all', 'other'],
])('%j: tags %s, repositories %s', (more, ofTags, ofNames) => {
  expect(describeRule(rule(more))).toMatchObject({ tags: ofTags, names: ofNames })
})
