import fc from 'fast-check'
import { RE2JS } from 're2js'
import { describe, expect, test } from 'vitest'
import { exceptionFlaw, listedTags } from './exception-flaws'

describe('a tag, which is compared as a whole', () => {
  test.each<[string, string | null, string[] | null]>([
    ['latest', null, null],
    ['V1.0_rc-2', null, null],
    ['v'.repeat(128), null, null],
    ['v'.repeat(129), 'too_long', null],
    ['latest,v1.0', 'tag_list', ['latest', 'v1.0']],
    ['latest, v1.0,', 'tag_list', ['latest', 'v1.0']],
    ['latest，v1.0、v2', 'tag_list', ['latest', 'v1.0', 'v2']],
    ['latest|v1.0', 'tag_list', ['latest', 'v1.0']],
    ['latest v1.0', 'tag_list', ['latest', 'v1.0']],
    ['{latest,v1.0}', 'tag_list', ['latest', 'v1.0']],
    ['a;a', 'tag_list', ['a']],
    ['web:1,web:2', 'tag_list', null],
    ['v*', 'tag_pattern', null],
    ['v?', 'tag_pattern', null],
    ['latest,v*', 'tag_pattern', null],
    ['(', 'tag_pattern', null],
    ['^v\\d+$', 'tag_pattern', null],
    ['v1+', 'tag_pattern', null],
    ['web:1', 'tag_characters', null],
    ['team/web', 'tag_characters', null],
    ['-rc', 'tag_characters', null],
    ['latest\u200b', 'tag_characters', null],
    ['版本', 'tag_characters', null],
  ])('%j: %s', (pattern, flaw, tags) => {
    expect([exceptionFlaw({ kind: 'label', pattern }), listedTags(pattern)]).toEqual([flaw, tags])
  })
})

describe('a regular expression that asks for a sign no tag holds', () => {
  test.each([
    'latest,v1.0',
    'latest, ?v1',
    '{latest,v1}',
    '^v1,$',
    'web:v1',
    'team/web',
    'v1 ',
    'v\\,1',
    '(latest,v1)',
    'v1|,',
    '版本',
  ])('%j', (pattern) => {
    expect(exceptionFlaw({ kind: 'regexp', pattern })).toBe('regexp_sign')
  })

  test.each([
    '^v\\d+$',
    '^(latest|v1\\.0)$',
    '(?i)^RC-.*',
    '(?:a|b)',
    '(?P<number>\\d+)',
    '[^,]+',
    '[]a:]x',
    '[[:alpha:]]+',
    '\\p{L}+\\pN\\x41\\x{42}',
    'v{1,3}',
    'v,?1',
    'v,*1',
    'v,{0}1',
    '\\Qa,b\\E|c',
    'v\\.1\\-rc',
    // What reads it says what is wrong with it.
    '(?=a)',
    '(?!a,b)',
    'v(1',
    '[a',
    '\\',
    '',
  ])('and not %j', (pattern) => {
    expect(exceptionFlaw({ kind: 'regexp', pattern })).toBeNull()
  })

  test('finds nothing in any tag, where it has neither choice nor option', () => {
    const sign = fc.constantFrom(
      'a',
      '1',
      '.',
      '\\.',
      '-',
      '[a,]',
      '\\d',
      '.+',
      'a+',
      '^',
      '$',
      ',',
      ':',
      ' ',
      '\\,',
      '{',
    )
    const pattern = fc.array(sign, { minLength: 1, maxLength: 5 }).map((signs) => signs.join(''))
    const tag = fc.array(fc.constantFrom('a', '1', '.', '-'), { minLength: 1, maxLength: 6 }).map((all) => all.join(''))
    fc.assert(
      fc.property(pattern, tag, (text, name) => {
        if (exceptionFlaw({ kind: 'regexp', pattern: text }) === null) return
        expect([text, name, RE2JS.compile(text).matcher(name).find()]).toEqual([text, name, false])
      }),
      { numRuns: 5_000, seed: 11 },
    )
  })
})
