import { expect, test } from 'vitest'
import { Glob } from './glob'
import { nearMisses, tagsTaken } from './near-miss'
import { checkPattern } from './pattern'

const names = [
  'library/nginx',
  'library/redis',
  'library-dev/nginx',
  'library/base/alpine',
  'payments/api',
  'payments/web',
  'payments/team/api',
  'payments/team/deep/api',
  'ml/train',
]

const seen = (pattern: string, filter: 'name' | 'tag' = 'name', among = names) =>
  nearMisses(filter, pattern, among).map(({ kind, examples, count, suggestion }) => [kind, examples, count, suggestion])

test.each([
  ['payments/*', [['deeper', ['payments/team/api'], 1, 'payments/**']]],
  ['payments/api', [['deeper', ['payments/team/api'], 1, 'payments/**/api']]],
  ['payments', [['deeper', ['payments/api', 'payments/web'], 2, 'payments/**']]],
  ['nginx', [['deeper', ['library/nginx', 'library-dev/nginx'], 2, '**/nginx']]],
  ['ml/*/*', [['shallower', ['ml/train'], 1, 'ml/**/*']]],
  ['payments/team/api/**', [['shallower', ['payments/team/api'], 1, '{payments/team/api,payments/team/api/**}']]],
  ['{library/nginx, library/redis}', [['space', ['library/redis'], 1, '{library/nginx,library/redis}']]],
  ['library**', [['lone_stars', ['library/nginx', 'library/redis', 'library-dev/nginx'], 4, 'library*/**']]],
  ['**api', [['lone_stars', ['payments/api', 'payments/team/api', 'payments/team/deep/api'], 3, '**/api']]],
  ['{**,x}', [['lone_stars', names.slice(0, 3), names.length, '**']]],
  ['ML/Train', [['case', ['ml/train'], 1, 'ml/train']]],
  ['payments/**', []],
  ['**', []],
  ['', []],
  ['{a', []],
  ['nothing/like/it', []],
])('%s', (pattern, expected) => {
  expect(seen(pattern)).toEqual(expected)
})

test('levels are no matter of tags', () => {
  expect(seen('V1*', 'tag', ['v1.0', 'v2.0'])).toEqual([['case', ['v1.0'], 1, 'v1*']])
  expect(seen('v1**', 'tag', ['v1.0', 'latest'])).toEqual([])
  expect(seen('{latest, v1.0}', 'tag', ['v1.0', 'latest'])).toEqual([['space', ['v1.0'], 1, '{latest,v1.0}']])
})

test('what is suggested is valid, takes the examples, and what was taken before', () => {
  const patterns = [
    'payments/*',
    '*/api',
    'library/{nginx,redis}',
    'p*/team/*',
    '**nginx',
    'library/n**',
    '*/*/*',
    'Payments/*',
    'ml**/train',
    '{ml/train, payments/*}',
  ]
  let suggested = 0
  for (const pattern of patterns)
    for (const { examples, suggestion } of nearMisses('name', pattern, names)) {
      if (suggestion === null) continue
      suggested += 1
      expect(checkPattern(suggestion)).toBeNull()
      const [was, is] = [new Glob(pattern), new Glob(suggestion)]
      for (const name of [...examples, ...names.filter((each) => was.match(each) === true)])
        expect([pattern, suggestion, name, is.match(name)]).toEqual([pattern, suggestion, name, true])
    }
  expect(suggested).toBeGreaterThan(7)
})

test('looking ends when it is late', () => {
  expect(nearMisses('name', 'payments/*', names, () => true)).toEqual([])
})

test('tags that a pattern leaves out', () => {
  expect(tagsTaken('v*', ['build-77', 'build-78'])).toBe('{v*,build-*}')
  expect(tagsTaken('v*', ['1.0'])).toBe('**')
  expect(tagsTaken('v*', [])).toBeNull()
})
