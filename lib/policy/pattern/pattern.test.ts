import fc from 'fast-check'
import { expect, test } from 'vitest'
import vectors from './doublestar-vectors.json'
import { checkPattern, trimPattern } from './pattern'

test.each([
  ['', { code: 'required', at: 0 }],
  ['  ', { code: 'required', at: 0 }],
  ['library/{a,b', { code: 'pattern_brace', at: 8 }],
  ['{a,{b,c}', { code: 'pattern_brace', at: 0 }],
  ['{a,{b,c', { code: 'pattern_brace', at: 3 }],
  ['v[0-9', { code: 'pattern_bracket', at: 1 }],
  ['v[0\\]', { code: 'pattern_bracket', at: 1 }],
  ['{a,[b}', { code: 'pattern_bracket', at: 3 }],
  ['v[0-]', { code: 'pattern_bracket', at: 1 }],
  ['[-x]', { code: 'pattern_bracket', at: 0 }],
  ['[a-b-d]', { code: 'pattern_bracket', at: 0 }],
  ['a[]', { code: 'pattern_bracket', at: 1 }],
  ['a[b/c]', { code: 'pattern_bracket', at: 1 }],
  ['[\\-x^]', null],
  ['[^a-z0-9]', null],
  ['release\\', { code: 'pattern_escape', at: 7 }],
  ['**', null],
  ['library/{nginx,redis,{a,b}c}', null],
  ['v[0-9].{1,2}', null],
  ['[{]', null],
  ['\\{', null],
  ['a}', null],
  ['prod,staging', null],
])('%s', (text, flaw) => {
  expect(checkPattern(text)).toEqual(flaw)
})

test('what the engine that Harbor pins was seen to refuse is refused, and nothing that both engines take', () => {
  const wrong = vectors.vectors.filter(({ pattern, error, enginesDiffer }) =>
    checkPattern(pattern) === null ? error !== null : error === null && !enginesDiffer,
  )
  expect(wrong).toEqual([])
})

test.each([
  ['{a, b}', '{a,b}'],
  ['  library/{ nginx , redis }  ', 'library/{nginx,redis}'],
  ['{a, {b, c} , d}', '{a,{b,c},d}'],
  ['{a,\tb}', '{a,b}'],
  ['{a,\\ b}', '{a,\\ b}'],
  ['{a\\ ,b}', '{a\\ ,b}'],
  ['{[, ], b}', '{[, ],b}'],
  ['a, b', 'a, b'],
  ['{a b}', '{a b}'],
  ['**', '**'],
  ['[ a', '[ a'],
])('%s is sent as %s', (text, sent) => {
  expect(trimPattern(text)).toBe(sent)
})

test('trimming is done once and leaves what has no spaces', () => {
  const text = fc.array(fc.constantFrom(...'ab{}[],\\ /*'), { maxLength: 20 }).map((signs) => signs.join(''))
  fc.assert(
    fc.property(text, (pattern) => {
      const sent = trimPattern(pattern)
      expect(trimPattern(sent)).toBe(sent)
      expect(sent.replaceAll(/\s/g, '')).toBe(pattern.replaceAll(/\s/g, ''))
    }),
    { numRuns: 1000 },
  )
})
