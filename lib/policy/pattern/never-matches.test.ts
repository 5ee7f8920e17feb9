import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Glob } from './glob'
import { canMatch, checkTyped, neverFlaw, type PatternKind } from './never-matches'
import { checkPattern } from './pattern'
import { repairOf } from './repair'

describe('signs that no name holds', () => {
  test.each<[PatternKind, string, string | null, number?]>([
    ['tag', 'latest,master,generic', 'pattern_list', 6],
    ['tag', 'latest|v1.0', 'pattern_list', 6],
    ['tag', 'latest，v1.0', 'pattern_list', 6],
    ['tag', '^v1.*$', 'pattern_regex', 0],
    ['tag', 'v1.*$', 'pattern_regex', 4],
    ['tag', '.*', 'pattern_regex', 0],
    ['tag', '2.\\d+', 'pattern_regex', 2],
    ['tag', '(v1|v2)', 'pattern_regex', 0],
    ['tag', 'v1+', 'pattern_regex', 2],
    ['tag', '!latest', 'pattern_not', 0],
    ['tag', '[!a]*', 'pattern_not', 1],
    ['tag', 'v1.{0..9}', 'pattern_range', 3],
    ['tag', 'v1*\u200b', 'pattern_blank', 3],
    ['tag', 'v1 v2', 'pattern_blank', 2],
    ['tag', '{a b,c}', 'pattern_blank', 2],
    ['tag', 'a:b', 'pattern_sign', 1],
    ['tag', 'a\\*', 'pattern_sign', 2],
    ['tag', 'a}', 'pattern_sign', 1],
    ['tag', '[@:]*', 'pattern_sign', 0],
    ['tag', '-rc', 'pattern_sign', 0],
    ['tag', '版本*', 'pattern_sign', 0],
    ['tag', 'release/v1', 'pattern_slash', 7],
    ['repository', 'Payments/**', 'pattern_upper', 0],
    ['repository', 'payments/[A-Z]*', 'pattern_sign', 9],
    ['repository', 'payments/', 'pattern_slash', 8],
    ['repository', '/payments/**', 'pattern_slash', 0],
    ['repository', 'payments//api', 'pattern_slash', 8],
    ['repository', 'nginx:1.27', 'pattern_sign', 5],
    ['repository', '^payments/.*$', 'pattern_regex', 0],
    ['repository', 'payments/.*', 'pattern_regex', 9],
    ['tag', '{latest, zero}', null],
    ['tag', 'V1.*-RC_1', null],
    ['tag', '{v2.*,stable}', null],
    ['tag', '**/v1', null],
    ['tag', '[^a-z]*', null],
    ['tag', 'v[0-9]\\.?', null],
    ['repository', '{library/{a,b},team/*/x}', null],
    ['repository', '[a-zA-Z]*/**', null],
  ])('%s %j: %s', (kind, text, code, index) => {
    expect(checkTyped(text, kind)).toEqual(code === null ? null : { code, at: index })
  })

  test('what is no pattern is said first', () => {
    expect(checkTyped('{a|b', 'tag')?.code).toBe('pattern_brace')
    expect(checkTyped('', 'tag')?.code).toBe('required')
  })
})

describe('whether a pattern that was read can match at all', () => {
  test.each<[PatternKind, string, boolean]>([
    ['tag', 'latest,master', false],
    ['tag', '{^v1,latest}', true],
    ['tag', '{^v1,la test}', false],
    ['tag', 'v1{,$}', true],
    ['tag', '{latest, zero}', true],
    ['tag', ' zero', false],
    ['tag', '', true],
    ['tag', '{a', true],
    ['tag', 'v1.{0..9}', true],
    ['repository', 'Payments/**', false],
    ['repository', '{Payments,library}/**', true],
    ['repository', '[A-Z]*', false],
    ['repository', 'payments/', false],
  ])('%s %j: %s', (kind, text, expected) => {
    expect(canMatch(text, kind)).toBe(expected)
  })

  const sign = fc.constantFrom(...'aA0-._/*?{},[]^$+(|!: \\')
  const pattern = fc.array(sign, { maxLength: 12 }).map((signs) => signs.join(''))
  const tag = fc.array(fc.constantFrom(...'aA0'), { minLength: 1, maxLength: 4 }).map((signs) => signs.join(''))
  const repository = fc
    .array(fc.constantFrom('a', '0a'), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.join('/'))

  test('what matches a name is never accused, by whatever pattern', () => {
    fc.assert(
      fc.property(pattern, tag, repository, (text, aTag, aRepository) => {
        if (new Glob(text).match(aTag) === true) expect([text, canMatch(text, 'tag')]).toEqual([text, true])
        if (new Glob(text).match(aRepository) === true)
          expect([text, canMatch(text, 'repository')]).toEqual([text, true])
      }),
      { numRuns: 20_000, seed: 7 },
    )
  })
})

describe('repairs', () => {
  test.each<[PatternKind, string, string | null]>([
    ['tag', 'latest,master,generic', '{latest,master,generic}'],
    ['tag', 'v1.0, v1.1', '{v1.0,v1.1}'],
    ['tag', 'latest|v1.0', '{latest,v1.0}'],
    ['tag', 'latest master', '{latest,master}'],
    ['tag', '{a|b}', '{a,b}'],
    ['tag', 'v1.*,v2.*', '{v1.*,v2.*}'],
    ['tag', 'v1.{0..9}', 'v1.[0-9]'],
    ['tag', 'v1.{8..11}', 'v1.{8,9,10,11}'],
    ['tag', 'v{1..3},latest', '{v[1-3],latest}'],
    ['tag', 'v1.{0..999}', null],
    ['tag', '^v1.*$', 'v1*'],
    ['tag', '^v1\\.\\d$', 'v1.[0-9]'],
    ['tag', '^(v1|v2)\\..*$', '{v1,v2}.*'],
    ['tag', '^v1(-rc)?$', 'v1{-rc,}'],
    ['tag', '2.\\d+', null],
    ['tag', '^[a-z]+$', null],
    ['tag', '!latest', null],
    ['tag', '^(?!latest).*$', null],
    ['tag', 'a:b', null],
    ['tag', 'v1*\u200b', 'v1*'],
    ['repository', '^payments/.*$', 'payments/**'],
    ['repository', 'payments/.*', 'payments/**'],
    ['repository', 'Payments/**', 'payments/**'],
    ['repository', 'library/nginx,library/redis', '{library/nginx,library/redis}'],
    ['repository', 'payments/', null],
    ['tag', 'v1.*', null],
  ])('%s %j: %s', (kind, text, expected) => {
    expect(repairOf(text, kind)).toBe(expected)
  })

  const sign = fc.constantFrom(...'av01.*?{}[]()|,^$+\\- /')
  test('are patterns that can match, of any text', () => {
    fc.assert(
      fc.property(
        fc.array(sign, { maxLength: 16 }),
        fc.constantFrom('tag' as const, 'repository' as const),
        (signs, kind) => {
          const made = repairOf(signs.join(''), kind)
          if (made === null) return
          expect([signs.join(''), made, checkPattern(made), neverFlaw(made, kind)]).toEqual([
            signs.join(''),
            made,
            null,
            null,
          ])
          expect(canMatch(made, kind)).toBe(true)
        },
      ),
      { numRuns: 20_000, seed: 3 },
    )
  })

  test('of a regular expression take nothing that it does not match', () => {
    const tags = ['v1', 'v2', 'v1.0', 'v1.10', 'v10', 'xv1', 'v1x', 'latest', 'v1-rc', 'a', '2.0', '2.10', 'v1.0-rc']
    for (const regex of ['^v1.*$', '^v1\\.\\d$', '^(v1|v2)\\..*$', '^v1(-rc)?$', '^v[12]$', '^v1|latest$', '^.*-rc$']) {
      const made = repairOf(regex, 'tag')
      for (const tag of tags)
        expect([regex, tag, new Glob(made ?? '').match(tag) === true && !new RegExp(regex).test(tag)]).toEqual([
          regex,
          tag,
          false,
        ])
    }
  })

  test('cost no time, however long the text', () => {
    const before = process.cpuUsage()
    for (const text of [
      '('.repeat(5_000),
      '{0..9}'.repeat(5_000),
      'a|'.repeat(500),
      '{a,'.repeat(300),
      '\\('.repeat(500),
    ])
      repairOf(text, 'tag')
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(200)
  })
})
