import { describe, expect, test } from 'vitest'
import type { Retention } from '../../contract/swr/retention'
import { type DatedImage, retentionVerdict } from './decision'

const now = new Date('2026-05-20T12:00:00Z')
const daysAgo = (days: number) => now.getTime() - days * 86_400_000

type Rule = Retention['rules'][number]
const rule = (template: string, amount: unknown, more: Partial<Rule> = {}): Rule => ({
  template,
  action: 'retain',
  params: { [template]: amount },
  tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: '**' }],
  scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
  ...more,
})
const tags = (pattern: string, decoration = 'matches', extras = '') => ({
  tag_selectors: [{ kind: 'doublestar', decoration, pattern, extras }],
})
const repositories = (pattern: string, decoration = 'repoMatches') => ({
  scope_selectors: { repository: [{ kind: 'doublestar', decoration, pattern }] },
})
const image = (tagged: string, pushed: number, pulled: number | null = null): DatedImage => ({
  tags: tagged === '' ? [] : tagged.split(' '),
  pushed: daysAgo(pushed),
  pulled: pulled === null ? 0 : daysAgo(pulled),
})

const verdict = (rules: readonly Rule[], images: readonly DatedImage[], name = 'team/api') =>
  retentionVerdict({ rules: [...rules] }, name, images, now)
/** The tags of what is kept, one text for each image. */
function kept(rules: readonly Rule[], images: readonly DatedImage[], name?: string) {
  const found = verdict(rules, images, name)
  return typeof found === 'string'
    ? found
    : images.filter((_, at) => found[at] !== null).map((each) => each.tags.join())
}

const five = [image('v1', 50, 1), image('v2', 40), image('v3', 30, 20), image('v4', 20, 3), image('v5', 10, 40)]

describe('templates', () => {
  test.each([
    ['latestPushedK', 2, ['v4', 'v5']],
    ['latestPushedK', 99, ['v1', 'v2', 'v3', 'v4', 'v5']],
    ['latestPulledN', 2, ['v1', 'v4']],
    ['latestPulledN', 5, ['v1', 'v2', 'v3', 'v4', 'v5']],
    ['nDaysSinceLastPush', 30, ['v3', 'v4', 'v5']],
    ['nDaysSinceLastPush', 29, ['v4', 'v5']],
    ['nDaysSinceLastPull', 20, ['v1', 'v3', 'v4']],
    ['nDaysSinceLastPull', 10_000, ['v1', 'v3', 'v4', 'v5']],
  ])('%s %i', (template, amount, expected) => {
    expect(kept([rule(template, amount)], five)).toEqual(expected)
  })

  test('numbers come as text as well', () => {
    expect(kept([rule('latestPushedK', '1')], five)).toEqual(['v5'])
  })

  test('0 keeps nothing', () => {
    expect(kept([rule('latestPushedK', 0)], five)).toEqual([])
  })

  test.each([
    ['latestPushedK', 10],
    ['latestPulledN', 10],
  ])('a missing amount of %s is 10', (template, amount) => {
    const twelve = Array.from({ length: 12 }, (_, at) => image(`v${at}`, at + 1, at + 1))
    expect(kept([rule(template, undefined)], twelve)).toHaveLength(amount)
    expect(kept([rule(template, undefined, { params: undefined })], twelve)).toHaveLength(amount)
    expect(kept([rule(template, -3)], twelve)).toHaveLength(amount)
  })

  test('a missing amount of days is 30', () => {
    expect(kept([rule('nDaysSinceLastPush', undefined)], five)).toEqual(['v3', 'v4', 'v5'])
    expect(kept([rule('nDaysSinceLastPull', undefined)], five)).toEqual(['v1', 'v3', 'v4'])
  })

  test('the last moment still counts, the second before does not', () => {
    const edge = now.getTime() - 7 * 86_400_000
    const images = [edge + 500, edge, edge - 500].map((pushed) => ({ pushed, pulled: 0, tags: [String(pushed)] }))
    expect(verdict([rule('nDaysSinceLastPush', 7)], images)).toEqual([0, 0, null])
  })

  test('of images of one second the first in the list are the latest', () => {
    const at = Date.parse('2026-05-01T00:00:00Z')
    const images = [at, at + 900, at + 1000].map((pushed) => ({ pushed, pulled: 0, tags: [String(pushed - at)] }))
    expect(kept([rule('latestPushedK', 2)], images)).toEqual(['0', '1000'])
  })

  test('an image whose push time is not known makes no verdict where it matters', () => {
    const images = [...five, { pushed: 0, pulled: 0, tags: ['odd'] }]
    expect(verdict([rule('latestPushedK', 2)], images)).toBe('unclear')
    expect(verdict([rule('nDaysSinceLastPush', 2)], images)).toBe('unclear')
    expect(kept([rule('latestPulledN', 1)], images)).toEqual(['v1'])
  })
})

describe('tags', () => {
  const images = [image('v1', 4), image('v2 latest', 3), image('main', 2), image('', 1)]

  test('what the selector does not take is not counted, and is deleted', () => {
    expect(kept([rule('latestPushedK', 2, tags('v*', 'matches', '{"untagged":false}'))], images)).toEqual([
      'v1',
      'v2,latest',
    ])
    expect(kept([rule('latestPushedK', 1, tags('v*', 'matches', '{"untagged":false}'))], images)).toEqual(['v2,latest'])
  })

  test('of several tags on one image any one that fits takes it', () => {
    expect(kept([rule('latestPushedK', 9, tags('latest', 'matches', '{"untagged":false}'))], images)).toEqual([
      'v2,latest',
    ])
  })

  test('of several tags on one image any one that is not excluded takes it', () => {
    expect(kept([rule('latestPushedK', 9, tags('v*', 'excludes', '{"untagged":true}'))], images)).toEqual([
      'v2,latest',
      'main',
    ])
    expect(kept([rule('latestPushedK', 9, tags('{v*,latest,main}', 'excludes', '{"untagged":true}'))], images)).toEqual(
      [],
    )
  })

  test.each([
    ['matches', '', true],
    ['matches', '{"untagged":true}', true],
    ['matches', '{"untagged":false}', false],
    ['matches', '{}', false],
    ['matches', 'null', false],
    ['matches', '{"untagged":"no"}', true],
    ['matches', '[]', true],
    ['matches', 'reserved', true],
    ['excludes', '', true],
    ['excludes', '{"untagged":true}', false],
    ['excludes', '{"untagged":false}', true],
    ['excludes', '{}', true],
  ])('an untagged image under %s with extras %j: %s', (decoration, extras, expected) => {
    const found = verdict([rule('latestPushedK', 9, tags('nothing-has-this', decoration, extras))], [image('', 1)])
    expect(found).toEqual([expected ? 0 : null])
  })

  test('untagged images take places that are counted', () => {
    expect(kept([rule('latestPushedK', 1)], images)).toEqual([''])
  })

  test('an empty pattern takes everything', () => {
    expect(kept([rule('latestPushedK', 9, tags(''))], images)).toHaveLength(4)
  })

  test('several selectors all have to take an image', () => {
    const both = [...tags('v*').tag_selectors, ...tags('*1').tag_selectors]
    expect(kept([rule('latestPushedK', 9, { tag_selectors: both })], images)).toEqual(['v1', ''])
  })
})

describe('repositories', () => {
  const one = [image('v1', 4)]
  const none = tags('nothing')

  test('the pattern is matched against the name inside the namespace', () => {
    expect(verdict([rule('latestPushedK', 1, { ...none, ...repositories('team/*') })], one)).toEqual([null])
    expect(verdict([rule('latestPushedK', 1, { ...none, ...repositories('payments/team/*') })], one)).toBe('untouched')
    expect(verdict([rule('latestPushedK', 1, { ...none, ...repositories('api') })], one)).toBe('untouched')
    expect(verdict([rule('latestPushedK', 1, { ...none, ...repositories('{api,web}') })], one, 'web')).toEqual([null])
  })

  test('without a selector every repository is concerned', () => {
    expect(verdict([rule('latestPushedK', 1, { ...none, scope_selectors: undefined })], one)).toEqual([null])
  })

  test('some may be left out', () => {
    const spared = repositories('team/**', 'repoExcludes')
    expect(verdict([rule('latestPushedK', 1, { ...none, ...spared })], one)).toBe('untouched')
    expect(verdict([rule('latestPushedK', 1, { ...none, ...spared })], one, 'web')).toEqual([null])
  })

  test('a repository without images is concerned and loses nothing', () => {
    expect(verdict([rule('latestPushedK', 1)], [])).toEqual([])
  })
})

describe('rules', () => {
  test('what any rule keeps stays, and the first one that does is named', () => {
    const rules = [rule('latestPushedK', 1), rule('latestPulledN', 1), rule('latestPushedK', 2)]
    expect(verdict(rules, five)).toEqual([1, null, null, 2, 0])
  })

  test('a disabled rule keeps nothing and concerns nothing', () => {
    const off = rule('latestPushedK', 99, { disabled: true })
    expect(verdict([off], five)).toBe('untouched')
    expect(kept([off, rule('latestPushedK', 1)], five)).toEqual(['v5'])
  })

  test('a rule of other repositories neither keeps nor deletes here', () => {
    const other = rule('latestPushedK', 99, repositories('web'))
    expect(verdict([other], five)).toBe('untouched')
    expect(kept([other, rule('latestPushedK', 1)], five)).toEqual(['v5'])
  })

  test('a policy without rules touches nothing', () => {
    expect(verdict([], five)).toBe('untouched')
  })
})

describe('what cannot be told', () => {
  test.each([
    ['a template that is not known', rule('nothing', 1)],
    ['no template', rule('latestPushedK', 1, { template: undefined })],
    ['another action', rule('latestPushedK', 1, { action: 'delete' })],
    ['no selector of tags', rule('latestPushedK', 1, { tag_selectors: [] })],
    ['an unknown decoration of tags', rule('latestPushedK', 1, tags('**', 'resembles'))],
    ['an unknown decoration of repositories', rule('latestPushedK', 1, repositories('**', 'nsMatches'))],
    ['another kind', rule('latestPushedK', 1, { tag_selectors: [{ kind: 'label', decoration: 'matches' }] })],
    ['a pattern that the engine refuses', rule('latestPushedK', 1, tags('v[1'))],
    ['a repository pattern that the engine refuses', rule('latestPushedK', 1, repositories('{team'))],
  ])('%s', (_, odd) => {
    expect(verdict([odd], five)).toBe('unclear')
    expect(verdict([rule('latestPushedK', 1), odd], five)).toBe('unclear')
  })

  test('another algorithm', () => {
    expect(retentionVerdict({ algorithm: 'and', rules: [rule('latestPushedK', 1)] }, 'api', five, now)).toBe('unclear')
  })

  test('a disabled rule may say what it likes', () => {
    const odd = rule('nothing', 1, { disabled: true })
    expect(kept([odd, rule('latestPushedK', 1)], five)).toEqual(['v5'])
  })
})
