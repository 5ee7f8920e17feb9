import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BasicRule } from '../../contract/console/basic-retention'
import { doomedBy } from '../../sandbox/basic/retention'
import type { BasicTag as HeldTag } from '../../sandbox/basic/world'
import { decideBasic } from './decide'
import { exceptionMatcher } from './exceptions'
import { basicContent, readRetention, toBasicBody } from './rule'
import { basicWarnings } from './warnings'

const day = 86_400_000
const now = Date.parse('2026-11-20T12:00:00Z')
const rule = (template: BasicRule['template'], amount: number, ...exceptions: BasicRule['exceptions']): BasicRule => ({
  template,
  amount,
  exceptions,
})
const label = (pattern: string) => ({ kind: 'label' as const, pattern })
const regexp = (pattern: string) => ({ kind: 'regexp' as const, pattern })

function decide(of: BasicRule, days: Readonly<Record<string, number | null>>) {
  const tags = Object.entries(days).map(([name, age]) => ({ name, updated: age === null ? null : now - age * day }))
  const steps = decideBasic(of, tags, now)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return Object.fromEntries(tags.map(({ name }, index) => [name, value[index]]))
  }
}
const words = (of: BasicRule, days: Readonly<Record<string, number | null>>) =>
  Object.fromEntries(Object.entries(decide(of, days)).map(([name, verdict]) => [name, verdict?.decision]))

describe('by days', () => {
  test('younger stays, older goes, and how a day is rounded is not known', () => {
    expect(words(rule('date_rule', 30), { a: 1, b: 29.9, c: 30.1, d: 30.9, e: 31, f: 400, g: null })).toEqual({
      ...{ a: 'keep', b: 'keep', c: 'unsure', d: 'unsure', e: 'delete', f: 'delete', g: 'unsure' },
    })
  })

  test('exceptions stay; a regular expression that matches a part only may be none', () => {
    const of = rule('date_rule', 5, label('v1'), regexp('^rc-.*$'), regexp('keep'))
    expect(decide(of, { v1: 9, v10: 9, 'rc-1': 9, 'to-keep': 9, keep: 9, 'new-keep': 1 })).toEqual({
      v1: { decision: 'keep', exception: 0 },
      v10: { decision: 'delete', exception: null },
      'rc-1': { decision: 'keep', exception: 1 },
      'to-keep': { decision: 'unsure', exception: 2 },
      keep: { decision: 'keep', exception: 2 },
      'new-keep': { decision: 'keep', exception: null },
    })
  })

  test('an exception that cannot be read may hold anything', () => {
    expect(words(rule('date_rule', 5, regexp('(?!x)')), { a: 9, b: 1 })).toEqual({ a: 'unsure', b: 'keep' })
  })
})

describe('by count', () => {
  test('the newest stay', () => {
    expect(words(rule('tag_rule', 2), { a: 3, b: 1, c: 2, d: 4 })).toEqual({
      ...{ a: 'delete', b: 'keep', c: 'keep', d: 'delete' },
    })
  })

  test('whether an exception takes a place is not known', () => {
    const of = rule('tag_rule', 2, label('latest'))
    expect(words(of, { latest: 0, a: 1, b: 2, c: 3 })).toEqual({ latest: 'keep', a: 'keep', b: 'unsure', c: 'delete' })
    expect(words(of, { a: 1, b: 2, c: 3, latest: 4 })).toEqual({ latest: 'keep', a: 'keep', b: 'keep', c: 'delete' })
  })

  test('of the same second at the cut, which goes is not known', () => {
    expect(words(rule('tag_rule', 2), { a: 1, b: 2, c: 2, d: 3 })).toEqual({
      ...{ a: 'keep', b: 'unsure', c: 'unsure', d: 'delete' },
    })
  })

  test('what has no time may stand anywhere', () => {
    const days = { a: 1, b: 2, c: 3, d: null }
    expect(words(rule('tag_rule', 2), days)).toEqual({ a: 'keep', b: 'unsure', c: 'delete', d: 'unsure' })
    expect(words(rule('tag_rule', 4), days)).toEqual({ a: 'keep', b: 'keep', c: 'keep', d: 'keep' })
  })
})

test('the sandbox deletes all that is sure to go, and nothing that is kept', () => {
  const exception = fc.oneof(
    fc.constantFrom('t0', 't1', 't2').map(label),
    fc.constantFrom('^t1$', 't[12]', '1', '.*', '^t').map(regexp),
  )
  const anyRule = fc.record({
    template: fc.constantFrom('date_rule' as const, 'tag_rule' as const),
    amount: fc.integer({ min: 1, max: 20 }),
    exceptions: fc.array(exception, { maxLength: 3 }),
  })
  const ages = fc.array(fc.double({ min: 0, max: 40, noNaN: true }), { minLength: 1, maxLength: 25 })
  fc.assert(
    fc.property(anyRule, ages, (of, days) => {
      const named = Object.fromEntries(days.map((age, index) => [`t${index}`, Math.round(age * 10) / 10]))
      const verdicts = words(of, named)
      const tags = Object.entries(named).map(([name, age]): [string, HeldTag] => {
        const at = new Date(now - age * day).toISOString()
        return [name, { id: 1, name, digest: '', size: 1, created: at, updated: at }]
      })
      const repository = {
        id: 1,
        name: 'r',
        description: '',
        category: '',
        isPublic: false,
        downloads: 0,
        created: '',
        updated: '',
      }
      const gone = new Set(
        doomedBy(toBasicBody(of).rules[0], { ...repository, tags: new Map(tags) }, now).map(({ name }) => name),
      )
      for (const [name, decision] of Object.entries(verdicts))
        if (decision !== 'unsure') expect([name, gone.has(name)]).toEqual([name, decision === 'delete'])
    }),
  )
})

describe('regular expressions', () => {
  test.each([
    ['^v\\d+\\.\\d+$', 'v1.2', 'whole'],
    ['v\\d', 'v1.2', 'part'],
    ['V1', 'v1', 'no'],
    ['(?i)V1', 'v1', 'whole'],
    ['\\p{Han}+', '版本', 'whole'],
    ['', 'v1', 'part'],
  ])('%s', (pattern, tag, expected) => {
    const matcher = exceptionMatcher(regexp(pattern))
    expect(typeof matcher === 'string' ? matcher : matcher(tag)).toBe(expected)
  })

  test.each(['(?=a)', '(?<!a)b', '(a)\\1', '[', 'a**', '(?>a)', '((a{100}){100}){100}'])(
    'SWR cannot read %s',
    (pattern) => expect(exceptionMatcher(regexp(pattern))).toBe('regexp_syntax'),
  )

  test('what would take long is refused, and what looks so is quick', () => {
    expect(exceptionMatcher(regexp('.{1000}'.repeat(70)))).toBe('regexp_costly')
    const matcher = exceptionMatcher(regexp('(a+)+$|(a|a)*b|(.*a){20}'))
    if (typeof matcher === 'string') throw new Error(matcher)
    const begun = performance.now()
    for (let index = 0; index < 1_000; index++) matcher(`${'a'.repeat(120)}!${index}`)
    expect(performance.now() - begun).toBeLessThan(2_000)
  })
})

describe('on the wire', () => {
  const wire = {
    algorithm: 'or',
    id: 7,
    scope: '',
    rules: [{ template: 'tag_rule', params: { num: '10' }, tag_selectors: [regexp('^v')] }],
  }

  test('numbers are texts, and what was written is read again', () => {
    const of = rule('tag_rule', 10, regexp('^v'))
    expect(toBasicBody(of)).toEqual({ algorithm: 'or', rules: wire.rules })
    expect(readRetention(wire)).toEqual(of)
    expect(toBasicBody(rule('date_rule', 365)).rules[0]?.params).toEqual({ days: '365' })
    expect(
      readRetention({ ...wire, rules: [{ template: 'date_rule', params: { days: 30 }, tag_selectors: [] }] }),
    ).toEqual(rule('date_rule', 30))
  })

  test.each([
    { template: 'tag_rule', params: { num: '0' } },
    { template: 'tag_rule', params: { num: '1001' } },
    { template: 'date_rule', params: { days: '366' } },
    { template: 'date_rule', params: { num: '5' } },
    { template: 'date_rule', params: { days: '5', num: '5' } },
    { template: 'size_rule', params: { size: '5' } },
    { template: 'tag_rule', params: { num: '5' }, tag_selectors: [{ kind: 'doublestar', pattern: 'v*' }] },
  ])('is not understood: %j', (odd) => {
    expect(readRetention({ ...wire, rules: [{ tag_selectors: [], ...odd }] })).toBeNull()
  })

  test('several rules are read as none, and each counts in what was seen', () => {
    const two = { ...wire, rules: [...wire.rules, ...wire.rules] }
    expect(readRetention(two)).toBeNull()
    expect(basicContent([two])).not.toBe(basicContent([wire]))
    expect(basicContent([wire, wire])).not.toBe(basicContent([wire]))
    expect(basicContent([{ rules: wire.rules, id: 7, algorithm: 'or', scope: 'x' }])).toBe(basicContent([wire]))
  })
})

describe('warnings', () => {
  const tag = (name: string, age: number, goes: boolean, inUse = false) => ({
    tag: name,
    updated: now - age,
    goes,
    inUse,
  })
  const codes = (...tags: ReturnType<typeof tag>[]) => basicWarnings('o/r', tags).map(({ code }) => code)
  test('what stands out is told', () => {
    expect(codes(tag('a', 1, false), tag('b', 2, true))).toEqual([])
    expect(codes(tag('a', 1, true), tag('b', 2, false), tag('c', 3, false))).toEqual(['newest'])
    expect(codes(tag('a', 1, false), tag('latest', 2, true), tag('c', 3, true, true))).toEqual([
      'in_use',
      'half',
      'moving_tag',
    ])
    expect(codes(tag('a', 1, true), tag('b', 2, true))).toEqual(['whole_repository', 'newest'])
    expect(basicWarnings('o/r', [tag('a', 1, false), tag('latest', 2, true)])).toEqual([
      { code: 'moving_tag', count: 1, examples: ['o/r:latest'] },
    ])
  })
})
