import { describe, expect, test } from 'vitest'
import { Glob } from './glob'
import { HintBudget, nearMisses } from './near-miss'
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

function found(filter: 'name' | 'tag', pattern: string, among: readonly string[], budget?: HintBudget) {
  const steps = nearMisses(filter, pattern, among, budget)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
const seen = (pattern: string, filter: 'name' | 'tag' = 'name', among = names) =>
  found(filter, pattern, among).map(({ kind, examples, count, suggestion }) => [kind, examples, count, suggestion])

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
    for (const { examples, suggestion } of found('name', pattern, names)) {
      if (suggestion === null) continue
      suggested += 1
      expect(checkPattern(suggestion)).toBeNull()
      const [was, is] = [new Glob(pattern), new Glob(suggestion)]
      for (const name of [...examples, ...names.filter((each) => was.match(each) === true)])
        expect([pattern, suggestion, name, is.match(name)]).toEqual([pattern, suggestion, name, true])
    }
  expect(suggested).toBeGreaterThan(7)
})

test('looking ends when the budget is spent', () => {
  expect(found('name', 'payments/*', names, new HintBudget(0))).toEqual([])
})

describe('parts that take nothing', () => {
  const tags = ['latest', 'v1.0', 'v1.1', 'v2.0', 'stable']

  test('are named, whatever the others take', () => {
    expect(seen('{latest, zero}', 'tag', tags)).toEqual([['part', ['zero'], 1, null]])
    expect(seen('{latest,v3.*,v1.*}', 'tag', tags)).toEqual([['part', ['v3.*'], 1, null]])
    expect(seen('{latest,v1.*}', 'tag', tags)).toEqual([])
    expect(seen('{library/nginx,library/traefik}')).toEqual([['part', ['library/traefik'], 1, null]])
  })

  test('get a suggestion where only a slip parts them from one that there is', () => {
    expect(seen('{lates,v1.0}', 'tag', tags)).toEqual([['part', ['lates'], 1, '{latest,v1.0}']])
    expect(seen('satble', 'tag', tags)).toEqual([['part', ['satble'], 1, 'stable']])
    expect(seen('library/ngnix')).toEqual([['part', ['library/ngnix'], 1, 'library/nginx']])
  })

  test('get none for another version, a short word, or a word that is unlike all', () => {
    for (const text of ['v1.2', 'v3.0', 'zero', 'v9', 'release-2026']) expect(seen(text, 'tag', tags)).toEqual([])
  })
})

test('nothing is suggested that takes everything, unless it was typed', () => {
  const tags = ['v1.0', 'v1.1', 'latest', 'build-7', 'zero']
  for (const text of ['!latest', '^v1.*$', '2.\\d+', 'v1.0,v1.1', 'latest|v1.0', 'v1.{0..9}', 'v2.*', 'release-*'])
    for (const filter of ['tag', 'name'] as const)
      expect([text, found(filter, text, tags).map(({ suggestion }) => suggestion)]).toEqual([text, []])
  expect(seen('*', 'name').at(-1)).toEqual(['deeper', names.slice(0, 3), 6, '**'])
})

test('long patterns get no hint and cost nothing', () => {
  const before = process.cpuUsage()
  const hostile = ['{*,**}/{*,**}'.repeat(5_000), `{${','.repeat(20_000)}}`, '**/'.repeat(20_000)]
  for (const text of hostile) expect(found('name', text, names)).toEqual([])
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(200)
})

test('the work for short but hostile patterns is bounded, and done in small steps', () => {
  const many = Array.from({ length: 5_000 }, (_, index) => `team-${index}/group/service-${index}-linux`)
  for (const text of [
    '*'.repeat(200).concat('z'),
    `${'{*,**,?}'.repeat(25)}z`,
    '{*,**}/{*,**}'.repeat(70),
    '**/'.repeat(300),
  ]) {
    const before = process.cpuUsage()
    const steps = nearMisses('name', text, many)
    let longest = 0
    for (let done: boolean | undefined = false; !done; ) {
      const start = process.cpuUsage()
      done = steps.next().done
      const { user, system } = process.cpuUsage(start)
      longest = Math.max(longest, (user + system) / 1000)
    }
    const { user, system } = process.cpuUsage(before)
    expect([text.slice(0, 20), longest < 150, (user + system) / 1000 < 1_500]).toEqual([text.slice(0, 20), true, true])
  }
})
