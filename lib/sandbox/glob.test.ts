import fc from 'fast-check'
import { expect, test } from 'vitest'
import vectors from '../policy/pattern/doublestar-vectors.json'
import { Glob } from '../policy/pattern/glob'
import { fits, matcher } from './glob'

test.each(vectors.vectors)("$pattern for $path as SWR's engine has it", ({ pattern, path, shouldMatch, error }) => {
  expect(fits(pattern, path)).toBe(error === null ? shouldMatch : 'bad')
})

test('all of them', () => {
  expect([vectors.count, vectors.vectors.length]).toEqual([94, 94])
})

test.each(['[z-a]', '[', '[]', '[a'])('%s matches nothing', (pattern) =>
  expect(['', 'a', 'z', pattern].filter(matcher(pattern))).toEqual([]),
)

test.each([
  ['', 'anything', true],
  ['**', 'a/b/c', true],
  ['library/**', 'library/nginx', true],
  ['library/**', 'library', false],
  ['*', 'a/b', false],
  ['a**z', 'a/z', false],
  ['{**,x}', 'a/b', false],
  ['{x/**,y}', 'x/a/b', true],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/x/y/b', true],
  ['v?.0', 'v1.0', true],
  ['{a,b/{c,d}}', 'b/d', true],
  ['{a, b}', 'b', false],
  ['a,b', 'a,b', true],
  ['{a', 'a', 'bad'],
  ['v1.0', 'v1x0', false],
  ['\\*', '*', true],
  // Wrong patterns are met only where a name leads there.
  ['tea[', 'api', false],
  ['tea[', 'team', 'bad'],
  ['{api,team/c[}', 'web', false],
  ['{api,team/c[}', 'team/core', 'bad'],
  ['team{,/*}', 'team', 'bad'],
  ['team{,/*}', 'web', false],
])('pattern %j, name %j: %s', (pattern, name, expected) => {
  expect(fits(pattern, name)).toBe(expected)
})

/** The console's engine was written apart from this one: they watch each other. */
test('any pattern for any name means the same to the console', () => {
  const text = (signs: string) => fc.array(fc.constantFrom(...signs), { maxLength: 9 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(text('ab/*?{},[]^-\\'), text('ab/'), (pattern, name) => {
      expect(fits(pattern, name)).toBe(new Glob(pattern).match(name))
    }),
    { numRuns: 3000 },
  )
})
