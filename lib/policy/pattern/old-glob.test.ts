import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Glob } from './glob'
import { mayReadDifferently, OldGlob } from './old-glob'

test.each([
  ['v1.*', 'v1.5', true],
  ['{v1,v2}', 'v2', true],
  ['{v1,v2}', 'v3', false],
  ['{v1,v2}-rc', 'v2-rc', true],
  // No braces inside of braces: the first "}" closes.
  ['{v1.{1,2},main}', 'v1.1', true],
  ['{v1.{1,2},main}', 'v1.2', false],
  ['{v1.{1,2},main}', 'main', false],
  // Nothing but stars fits the end of a name.
  ['6{,.1}', '6', false],
  ['6{,.1}', '6.1', true],
  ['6*', '6', true],
  ['6**', '6', true],
  // No "/" inside of braces.
  ['{api,team/api}', 'api', 'bad'],
  ['{api,team/api}', 'team/api', 'bad'],
  ['team/{api,web}', 'team/web', true],
  ['team/**', 'team/core/db', true],
  ['team/**', 'team', false],
  ['**/api', 'api', true],
  ['**/a[', 'team/api', false],
  ['a[', 'api', 'bad'],
  ['b[', 'api', false],
  [String.raw`\v1`, 'v1', true],
  ['[^v]*', 'v1', false],
  ['{v,}1', '1', 'unknown'],
  ['', 'anything', true],
])('%j on %j: %j', (pattern, name, expected) => {
  expect(new OldGlob(pattern).match(name)).toBe(expected)
})

test('gives up on what takes too long', () => {
  expect(new OldGlob(`${'{a,*}'.repeat(30)}x`).match('a'.repeat(60))).toBe('unknown')
})

test('gives up on all names once its effort is spent', () => {
  const glob = new OldGlob('{a,b}*', 5)
  expect(glob.match('a1')).toBe(true)
  expect(glob.match('b1')).toBe(true)
  expect(glob.match('b2')).toBe('unknown')
})

test('without braces, classes and escapes both engines say the same', () => {
  const pattern = fc.array(fc.constantFrom('a', 'b', '*', '**', '?', '/', '}', ',', ']'), { maxLength: 8 })
  const name = fc.array(fc.constantFrom('a', 'b', '/'), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(pattern, name, (signs, letters) => {
      const [text, word] = [signs.join(''), letters.join('')]
      fc.pre(!/^\/|\/\/|\/$/.test(word) && text !== '')
      expect(mayReadDifferently(text)).toBe(false)
      expect(new OldGlob(text).match(word)).toBe(new Glob(text).match(word))
    }),
    { numRuns: 5000 },
  )
})
