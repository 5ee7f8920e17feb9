import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Glob } from './glob'
import { formatInnerList, parseInnerList, parseRepositoryList, repositoryListPattern } from './repository-list'

test.each([
  [['library/nginx'], 'library/nginx'],
  [['library/nginx', 'library/redis'], 'library/{nginx,redis}'],
  [['library/nginx', 'payments/api'], '{library/nginx,payments/api}'],
  [['library/nginx', 'library/nginx/alpine'], '{library/nginx,library/nginx/alpine}'],
  [[], ''],
])('%j is sent as %s', (names, pattern) => {
  expect(repositoryListPattern(names)).toBe(pattern)
})

const name = fc.array(fc.constantFrom('a', 'b', 'ab'), { minLength: 2, maxLength: 4 }).map((parts) => parts.join('/'))

test('the engine finds what was picked in the pattern, and nothing else', () => {
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 6 }), name, (names, other) => {
      const glob = new Glob(repositoryListPattern(names))
      for (const each of names) expect([glob.pattern, each, glob.match(each)]).toEqual([glob.pattern, each, true])
      expect(glob.match(other)).toBe(names.includes(other))
      expect(parseRepositoryList(glob.pattern)?.toSorted()).toEqual(names.toSorted())
    }),
    { numRuns: 2000, seed: 4 },
  )
})

test.each([
  [['web'], 'web'],
  [['web', 'team/api'], '{web,team/api}'],
])('inside a namespace %j is sent as %s', (names, pattern) => {
  expect(formatInnerList(names, '')).toBe(pattern)
  expect(parseInnerList(pattern)).toEqual(names)
})
