import { expect, test } from 'vitest'
import vectors from '../policy/pattern/doublestar-vectors.json'
import { matcher } from './glob'

test.each(vectors.vectors)("$pattern for $path as SWR's engine has it", ({ pattern, path, shouldMatch }) =>
  expect(matcher(pattern)(path)).toBe(shouldMatch),
)

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
  ['{a', 'a', false],
  ['v1.0', 'v1x0', false],
  ['\\*', '*', true],
])('pattern %j, name %j: %s', (pattern, name, expected) => {
  expect(matcher(pattern)(name)).toBe(expected)
})
