import { describe, expect, test } from 'vitest'
import { retention } from '../../contract/swr/retention'
import { readingOfAmount } from './amount'
import { decideAtOnce } from './decide'
import { ImmutableRules } from './immutable'
import { concernsNothing, deletesAllTags, keepsNothing, lossBy } from './keeps-nothing'
import { NamespaceImages } from './namespace-images'

const selector = (decoration: string, pattern: string) => ({ kind: 'doublestar', decoration, pattern })
const rule = (more: object = {}, tags = selector('matches', '**'), repository = selector('repoMatches', '**')) => ({
  template: 'latestPushedK',
  action: 'retain',
  params: { latestPushedK: 5 },
  tag_selectors: [tags],
  scope_selectors: { repository: [repository] },
  ...more,
})
/** As the contract reads it, whatever it is. */
const read = (...rules: object[]) => retention.parse({ rules, content_hash: '' })
const first = (policy: ReturnType<typeof read>) => {
  const [only] = policy.rules
  if (!only) throw new Error('no rule')
  return only
}

const now = new Date('2026-05-20T12:00:00Z')
const images = Array.from({ length: 40 }, (_, index) => ({
  tags: [`v1.${index}`],
  pushed: now.getTime() - index * 86_400_000 - 3_600_000,
  pulled: 0,
}))
const left = (policy: ReturnType<typeof read>) => {
  const [found] = decideAtOnce(
    policy,
    new NamespaceImages([{ name: 'api', images }]),
    new ImmutableRules([]),
    now,
  ).repositories
  return images.filter((_, index) => found?.decisionOf(index) === 'keep').length
}

describe('amounts as SWR may say them', () => {
  test.each<[unknown, object, number | string]>([
    [5, { kind: 'fine', amount: 5 }, 5],
    ['10', { kind: 'fine', amount: 10 }, 10],
    [0, { kind: 'nothing', said: '0' }, 0],
    [0.5, { kind: 'nothing', said: '0.5' }, 0],
    [-5, { kind: 'odd', said: '-5', counts: 10 }, 10],
    [1.5, { kind: 'odd', said: '1.5', counts: 1 }, 1],
    ['3', { kind: 'odd', said: '3', counts: 10 }, 10],
    ['many', { kind: 'odd', said: 'many', counts: 10 }, 10],
    [null, { kind: 'odd', said: 'null', counts: 10 }, 10],
    [true, { kind: 'odd', said: 'true', counts: 10 }, 10],
  ])('%j: said as %j, and the decision keeps %s', (amount, reading, kept) => {
    const policy = read(rule({ params: { latestPushedK: amount } }))
    expect(readingOfAmount(first(policy))).toEqual(reading)
    expect(left(policy)).toBe(kept)
    expect(deletesAllTags(policy)).toBe(kept === 0)
  })

  test.each<[unknown, object, number]>([
    [7, { kind: 'fine', amount: 7 }, 7],
    [0, { kind: 'nothing', said: '0' }, 0],
    ['7', { kind: 'odd', said: '7', counts: 30 }, 30],
    [106_751, { kind: 'fine', amount: 106_751 }, 40],
    [106_752, { kind: 'nothing', said: '106752' }, 0],
    [300_000, { kind: 'odd', said: '300000', counts: 86_496 }, 40],
  ])('%j days: said as %j, and the decision keeps %i', (amount, reading, kept) => {
    const policy = read(rule({ template: 'nDaysSinceLastPush', params: { nDaysSinceLastPush: amount } }))
    expect(readingOfAmount(first(policy))).toEqual(reading)
    expect(left(policy)).toBe(kept)
  })

  test('a missing one fails the run; of an unknown template nothing is said', () => {
    expect(readingOfAmount(first(read(rule({ params: {} }))))).toEqual({ kind: 'missing' })
    expect(readingOfAmount(first(read(rule({ params: undefined }))))).toEqual({ kind: 'missing' })
    expect(readingOfAmount(first(read(rule({ template: 'always' }))))).toBeNull()
  })
})

describe('rules that keep nothing', () => {
  test.each([
    ['matches', 'latest,master,generic', 'tags'],
    ['matches', '^v1.*$', 'tags'],
    ['matches', 'v1*\u200b', 'tags'],
    ['matches', 'a:b', 'tags'],
    ['matches', '{^v1,latest}', null],
    ['matches', '', null],
    ['matches', 'v*', null],
    ['excludes', '**', 'tags'],
    ['excludes', '*', 'tags'],
    ['excludes', '', 'tags'],
    ['excludes', '{v*,**}', 'tags'],
    ['excludes', 'latest,master', null],
    ['excludes', 'v*', null],
  ])('%s %j: %s', (decoration, pattern, expected) => {
    const policy = read(rule({}, selector(decoration, pattern)))
    expect(keepsNothing(first(policy))).toBe(expected)
    expect(deletesAllTags(policy)).toBe(expected !== null)
    if (expected) expect(left(policy)).toBe(0)
  })

  test('do not delete what another rule keeps, nor where they concern nothing or are switched off', () => {
    const nothing = rule({}, selector('matches', 'a,b'))
    expect(deletesAllTags(read(nothing, rule()))).toBe(false)
    expect(deletesAllTags(read(nothing, rule({ disabled: true })))).toBe(true)
    expect(deletesAllTags(read(rule({ disabled: true }, selector('matches', 'a,b'))))).toBe(false)
    const nowhere = rule({}, selector('matches', 'a,b'), selector('repoMatches', 'Team/**'))
    expect(concernsNothing(first(read(nowhere)))).toBe(true)
    expect(deletesAllTags(read(nowhere))).toBe(false)
    expect(deletesAllTags(read())).toBe(false)
  })

  test('cost all tags alone, some beside a rule that keeps, and none where a run does not look at them', () => {
    const nothing = rule({}, selector('matches', 'a,b'))
    const lossOfFirst = (...rules: object[]) => {
      const policy = read(...rules)
      return lossBy(policy, first(policy))
    }
    expect(lossOfFirst(nothing)).toBe('all')
    expect(lossOfFirst(nothing, rule({ params: { latestPushedK: 0 } }))).toBe('all')
    expect(lossOfFirst(nothing, rule())).toBe('some')
    expect(lossOfFirst(nothing, rule({ disabled: true }))).toBe('all')
    expect(lossOfFirst(rule({ disabled: true }, selector('matches', 'a,b')), rule())).toBe('none')
    expect(lossOfFirst(rule({}, selector('matches', 'a,b'), selector('repoMatches', 'Team/**')))).toBe('none')
  })
})
