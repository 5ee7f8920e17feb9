import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from './doublestar-vectors.json'
import { Glob } from './glob'

test.each(vectors.vectors)(
  "$pattern for $path as the engine's own vectors have it",
  ({ pattern, path, shouldMatch, error }) => {
    expect(new Glob(pattern).match(path)).toBe(error === null ? shouldMatch : 'bad')
  },
)

test('all of them', () => {
  expect([vectors.count, vectors.vectors.length]).toEqual([94, 94])
})

// Answers of the engine, obtained by running it: what nobody would guess.
test.each([
  ['library/{nginx,nginx/**}', 'library/nginx', false],
  ['{library/nginx,library/nginx/**}', 'library/nginx', true],
  ['ns/{a,a/b}', 'ns/a', false],
  ['ns/{a,a/b}', 'ns/a/b', true],
  ['library{/nginx,/redis}', 'library/nginx', 'bad'],
  ['library{/nginx,/redis}', 'library-dev/nginx', false],
  ['team{-a/api,-b/api}', 'team-b/api', true],
  ['team{-a/api,-b/api}', 'team/api', 'bad'],
  ['{**,x}', 'a/b', false],
  ['{x/**,y}', 'x/a/b', true],
  ['x/{**,y}', 'x/a/b', false],
  ['{**/b,x}', 'q/w/b', false],
  ['*{,x}', 'a', false],
  ['*{xx/1,x/2}', 'axx/2', false],
  ['a***', 'a', false],
  ['[^]', 'a', true],
  ['[!a]', '!', true],
  ['{[a,b]}', 'a', 'bad'],
  ['a[\\\\]', 'a\\', 'bad'],
  ['**/[', 'a', false],
  ['library/*/**', 'library/a', false],
  ['library/*/**', 'library/a/b', true],
  ['library/**/*', 'library/a', true],
  ['v1{,-*}', 'v1', true],
  ['{v*,}', '', true],
  ['v*', '', false],
  ['?', '', false],
  ['**', '', true],
  ['a/**/', 'a/b/', true],
] as const)('pattern %j, name %j: %s', (pattern, name, verdict) => {
  expect(new Glob(pattern).match(name)).toBe(verdict)
})

test('an empty pattern never reaches the engine: everything matches', () => {
  expect(['', 'a', 'a/b'].map((name) => new Glob('').match(name))).toEqual([true, true, true])
})

describe('against a slow reading of the rules', () => {
  /** Every text that the braces stand for. */
  function expanded(pattern: string): string[] {
    const found = /^(.*?)\{([^{}]*)\}(.*)$/.exec(pattern)
    if (!found) return [pattern]
    const [, before = '', inner = '', behind = ''] = found
    return inner.split(',').flatMap((part) => expanded(before + part + behind))
  }
  const fitsPart = (pattern: string, text: string): boolean => {
    const [sign = '', ...more] = pattern
    if (sign === '') return text === ''
    const rest = more.join('')
    if (sign === '*') return fitsPart(rest, text) || (text !== '' && fitsPart(pattern, text.slice(1)))
    return text !== '' && (sign === '?' || sign === text[0]) && fitsPart(rest, text.slice(1))
  }
  const fits = ([part, ...parts]: string[], names: string[]): boolean => {
    if (part === undefined) return names.length === 0
    // At the end it takes what is left, but not nothing: `a/**` is not for `a`.
    if (part === '**')
      return parts.length === 0 ? names.length > 0 : names.some((_, index) => fits(parts, names.slice(index)))
    const [name, ...rest] = names
    return name !== undefined && fitsPart(part, name) && fits(parts, rest)
  }
  const reads = (pattern: string, name: string) =>
    expanded(pattern).some((each) => fits(each.split('/'), name.split('/')))

  // Without what the engine reads in its own way: see above.
  const word = fc.constantFrom(
    'a',
    'b',
    'ab',
    '?',
    'a*',
    '*b',
    'a*b',
    '{a,b}',
    'b{a,ba,ab*}',
    '{aa,a?}{b,ab}',
    '{b,aa}*',
  )
  const part = fc.oneof({ weight: 5, arbitrary: word }, fc.constantFrom('*', '**'))
  const pattern = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))
  const name = fc
    .array(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('/'))

  test('both agree', () => {
    let matched = 0
    fc.assert(
      fc.property(pattern, name, (each, text) => {
        const expected = reads(each, text)
        if (expected) matched += 1
        expect([each, text, new Glob(each).match(text)]).toEqual([each, text, expected])
      }),
      { numRuns: 20_000, seed: 4 },
    )
    expect(matched).toBeGreaterThan(500)
  })
})

describe('no pattern can hold up the console', () => {
  const long = 'a'.repeat(128)
  const deep = Array.from({ length: 100 }, () => 'a').join('/')
  test.each([
    ['stars', `${'*a'.repeat(60)}b`, long],
    ['stars and slashes', `${'**/'.repeat(200)}b`, deep],
    ['both', `${'**/*a*a*a*a*b/'.repeat(20)}**`, deep],
    ['braces', `${'{a,b}'.repeat(2000)}`, long],
    ['braces of the same', `${'{a,a,a,a}'.repeat(500)}b`, long],
    ['braces with slashes', `${'{a/,a/}'.repeat(60)}b`, deep],
    ['braces that may be empty', `${'{,a}'.repeat(3000)}b`, long],
    ['nested braces', `${'{a,'.repeat(300)}a${'}'.repeat(300)}`, 'b'],
    ['deeply nested braces', `${'{'.repeat(20_000)}a${'}'.repeat(20_000)}`, 'a'],
    ['braces behind a name that ended', `a${'{,}'.repeat(20_000)}`, 'a'],
    ['nested behind a name that ended', `a${'{,'.repeat(20_000)}x${'}'.repeat(20_000)}/b`, 'a/b'],
    ['very many alternatives', `{${Array.from({ length: 13_000 }, () => 'a*a').join()}}b`, long],
    [
      'a star before very many alternatives',
      `*{${Array.from({ length: 2000 }, (_, index) => `?${index}`).join()}}`,
      long,
    ],
    ['open braces', '{'.repeat(65_000), 'a'],
    ['open classes', '['.repeat(65_000), 'a'],
    ['classes', '[a-z]'.repeat(10_000), long],
  ])('%s', (_, pattern, name) => {
    const started = performance.now()
    const glob = new Glob(pattern)
    const verdicts = [name, `${name}b`, `b${name}`].map((each) => glob.match(each))
    expect(performance.now() - started).toBeLessThan(3000)
    for (const verdict of verdicts) expect([true, false, 'bad', 'costly']).toContain(verdict)
  })

  test('nor with many names: what is left of its effort is used up', () => {
    const glob = new Glob(`*{${Array.from({ length: 2000 }, (_, index) => `?${index}`).join()}}`, 100_000)
    const started = performance.now()
    for (let at = 0; at < 50_000; at++) glob.match(`release-${at}-${long}`)
    expect(performance.now() - started).toBeLessThan(3000)
    expect(glob.match('release')).toBe('costly')
  })

  test('and what people write is never too costly', () => {
    const names = Array.from({ length: 2000 }, (_, index) => `team-${index % 40}/service-${index}`)
    const glob = new Glob(`{${names.join()}}`)
    expect(names.every((name) => glob.match(name) === true)).toBe(true)
    expect(glob.match('team-1/service-2')).toBe(false)
  })
})
