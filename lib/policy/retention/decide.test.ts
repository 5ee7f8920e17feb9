import { describe, expect, test } from 'vitest'
import type { Retention } from '../../contract/swr/retention'
import type { DatedImage } from './dated-image'
import { decideAtOnce } from './decide'
import { ImmutableRules, type ImmutableWords } from './immutable'
import { NamespaceImages } from './namespace-images'

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

interface Also {
  readonly name?: string
  readonly algorithm?: string
  readonly immutable?: readonly ImmutableWords[]
  /** Other repositories, without images. */
  readonly others?: readonly string[]
}

function decided(rules: readonly Rule[], images: readonly DatedImage[], also: Also = {}) {
  const { name = 'team/api', algorithm, immutable = [], others = [] } = also
  const repositories = [{ name, images }, ...others.map((other) => ({ name: other, images: [] }))]
  return decideAtOnce(
    { rules: [...rules], algorithm },
    new NamespaceImages(repositories),
    new ImmutableRules(immutable),
    now,
  )
}

type Verdict = number | string | null

/** The rule that keeps an image, null where it is deleted, or why neither; one word where it is the same for all. */
function verdict(rules: readonly Rule[], images: readonly DatedImage[], also: Also = {}): Verdict | Verdict[] {
  const [repository] = decided(rules, images, also).repositories
  const all = images.map((_, index): Verdict => {
    const at = repository?.at(index)
    if (at?.decision === 'keep') return at.immutable === null ? at.rule : `immutable ${at.immutable}`
    return at?.decision === 'delete' ? null : (at?.because ?? at?.decision ?? '')
  })
  const [first] = all
  return typeof first === 'string' && all.every((each) => each === first) ? first : all
}
/** The tags of what is kept, one text for each image. */
function kept(rules: readonly Rule[], images: readonly DatedImage[]) {
  const found = verdict(rules, images)
  return Array.isArray(found)
    ? images.filter((_, index) => typeof found[index] === 'number').map((each) => each.tags.join())
    : found
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

  test.each([0, 0.9, -0.5])('%j keeps nothing', (amount) => {
    expect(kept([rule('latestPushedK', amount)], five)).toEqual([])
  })

  test.each(['1', 'many', null, true, -5])('%j is not read: 10 images or 30 days count', (amount) => {
    const twelve = Array.from({ length: 12 }, (_, index) => image(`v${index}`, index + 1, index + 1))
    expect(kept([rule('latestPushedK', amount)], twelve)).toHaveLength(10)
    expect(kept([rule('latestPulledN', amount)], twelve)).toHaveLength(10)
    expect(kept([rule('nDaysSinceLastPush', amount)], five)).toEqual(['v3', 'v4', 'v5'])
    expect(kept([rule('nDaysSinceLastPull', amount)], five)).toEqual(['v1', 'v3', 'v4'])
  })

  test('of a fraction the whole number counts', () => {
    expect(kept([rule('latestPushedK', 1.5)], five)).toEqual(['v5'])
  })

  test('without its parameter a rule stops the task, whatever the others say', () => {
    const missing = rule('latestPushedK', 1, { params: { latestPulledN: 1 } })
    expect(verdict([missing], five)).toBe('run_fails')
    expect(verdict([rule('latestPulledN', 1), missing], five)).toBe('run_fails')
    expect(verdict([rule('latestPulledN', 1, { params: undefined })], five)).toBe('run_fails')
  })

  test('the last moment still counts, the second before does not', () => {
    const edge = now.getTime() - 7 * 86_400_000
    const images = [edge + 500, edge, edge - 500].map((pushed) => ({ pushed, pulled: 0, tags: [String(pushed)] }))
    expect(verdict([rule('nDaysSinceLastPush', 7)], images)).toEqual([0, 0, null])
  })

  test('which of several images of one second is kept at the cut, nobody can tell', () => {
    const at = Date.parse('2026-05-01T00:00:00Z')
    const images = [at, at + 900, at + 1000].map((pushed) => ({ pushed, pulled: 0, tags: [String(pushed - at)] }))
    expect(verdict([rule('latestPushedK', 2)], images)).toEqual(['tie', 'tie', 0])
    expect(verdict([rule('latestPushedK', 1)], images)).toEqual([null, null, 0])
    expect(verdict([rule('latestPushedK', 2), rule('latestPushedK', 3)], images)).toEqual([1, 1, 0])
  })

  test('an image whose push time is not known may stand before others, and is sure of nothing', () => {
    const images = [...five, { pushed: 0, pulled: 0, tags: ['odd'] }]
    const doubt = 'time_unknown'
    expect(verdict([rule('latestPushedK', 2)], images)).toEqual([null, null, null, doubt, 0, doubt])
    expect(verdict([rule('latestPushedK', 1)], images)).toEqual([null, null, null, null, doubt, doubt])
    expect(verdict([rule('latestPushedK', 0)], images)).toEqual([null, null, null, null, null, null])
    expect(verdict([rule('nDaysSinceLastPush', 20)], images)).toEqual([null, null, null, 0, 0, doubt])
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
    expect(
      verdict([rule('latestPushedK', 1, { ...none, ...repositories('{api,web}') })], one, { name: 'web' }),
    ).toEqual([null])
  })

  test('without a selector every repository is concerned', () => {
    expect(verdict([rule('latestPushedK', 1, { ...none, scope_selectors: undefined })], one)).toEqual([null])
  })

  test('some may be left out', () => {
    const spared = repositories('team/**', 'repoExcludes')
    expect(verdict([rule('latestPushedK', 1, { ...none, ...spared })], one)).toBe('untouched')
    expect(verdict([rule('latestPushedK', 1, { ...none, ...spared })], one, { name: 'web' })).toEqual([null])
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

describe('what the engine gives up on', () => {
  test.each([
    ['another action', rule('latestPushedK', 1, { action: 'delete' })],
    ['an unknown decoration of tags', rule('latestPushedK', 1, tags('**', 'resembles'))],
    ['an unknown decoration of repositories', rule('latestPushedK', 1, repositories('**', 'nsMatches'))],
    ['another kind', rule('latestPushedK', 1, { tag_selectors: [{ kind: 'label', decoration: 'matches' }] })],
    ['a repository pattern that the engine refuses', rule('latestPushedK', 1, repositories('{team'))],
  ])('%s', (_, odd) => {
    expect(verdict([odd], five)).toBe('run_fails')
    expect(verdict([rule('latestPushedK', 1), odd], five)).toBe('run_fails')
  })

  test.each([
    ['a template that is not known', rule('always', 1)],
    ['no template', rule('latestPushedK', 1, { template: undefined })],
  ])('%s: nobody here can tell', (_, odd) => {
    expect(verdict([odd], five)).toBe('rule_unreadable')
    expect(verdict([rule('latestPushedK', 1), odd], five)).toBe('rule_unreadable')
  })

  test('images of which nobody can tell may go, those of a run that fails do not', () => {
    const mayGo = (odd: Rule) => {
      const [repository] = decided([odd], five).repositories
      return five.map((_, index) => repository?.mayGo(index))
    }
    // A template that the engine has, and SWR's pages do not name, deletes.
    expect(mayGo(rule('lastXDays', 1))).toEqual(five.map(() => true))
    expect(mayGo(rule('latestPushedK', 1, { params: {} }))).toEqual(five.map(() => false))
  })

  test('a wrong tag pattern that one tag shows and another hides, whichever is looked at first', () => {
    const odd = rule('latestPushedK', 1, tags('v[1', 'excludes'))
    for (const both of ['v1 latest', 'latest v1']) {
      expect(verdict([odd], [image(both, 1), image('main', 2)])).toBe('pattern_error')
      const held = { id: 7, ...tags('v[1', 'excludes'), ...repositories('**') }
      expect(verdict([rule('latestPushedK', 0)], [image(both, 1)], { immutable: [held] })).toBe('pattern_error')
    }
  })

  test('a wrong tag pattern, which beside other rules may be overlooked', () => {
    const odd = rule('latestPushedK', 1, tags('v[1'))
    expect(verdict([odd], five)).toBe('run_fails')
    expect(verdict([rule('latestPushedK', 1), odd], five)).toBe('pattern_error')
    expect(verdict([rule('latestPushedK', 1, tags('v[1'))], [image('main', 1)])).toEqual([null])
  })

  test('a wrong repository pattern stops the run once any name reaches it', () => {
    const odd = rule('latestPushedK', 1, repositories('{api,team/c[}'))
    expect(decided([odd], five, { name: 'api', others: ['web'] }).refused).toBe(false)
    expect(decided([odd], five, { name: 'api', others: ['team/core/db'] }).refused).toBe(true)
    expect(verdict([odd], five, { name: 'api', others: ['team/core/db'] })).toBe('run_fails')
    expect(decided([{ ...odd, disabled: true }], five, { others: ['team/core/db'] }).refused).toBe(false)
  })

  test('another algorithm', () => {
    expect(verdict([rule('latestPushedK', 1)], five, { algorithm: 'and' })).toBe('run_fails')
  })

  test('a disabled rule may say what it likes', () => {
    const odd = rule('nothing', 1, { disabled: true })
    expect(kept([odd, rule('latestPushedK', 1)], five)).toEqual(['v5'])
  })

  test('a pattern that takes too long is said to', () => {
    const odd = rule('latestPushedK', 1, tags(`${'{a,*}'.repeat(80)}x`))
    const images = [image('a'.repeat(100), 1), image('b', 2)]
    expect(verdict([odd], images)).toBe('costly')
    expect(verdict([odd, rule('latestPushedK', 1)], images)).toEqual([1, 'costly'])
  })
})

describe('older engines', () => {
  const images = [image('6', 3), image('6.1', 2), image('7', 1)]
  const doubt = 'engine_versions'

  test('an image whose tag they read otherwise is unsure, the others are not', () => {
    const only = (pattern: string) => rule('nDaysSinceLastPush', 90, tags(pattern))
    expect(verdict([only('6{,.1}')], images)).toEqual([doubt, 0, null])
    // Another rule keeps it whatever the engine.
    expect(verdict([only('6{,.1}'), only('6*')], images)).toEqual([0, 0, null])
  })

  test('where they take fewer images, places go to others', () => {
    expect(verdict([rule('latestPushedK', 1, tags('{6.{1,2},7}'))], images)).toEqual([null, doubt, doubt])
  })

  test('where their run fails, only what would go is unsure', () => {
    const both = rule('latestPushedK', 1, repositories('{api,team/api}'))
    expect(verdict([both], images)).toEqual([doubt, doubt, 0])
    expect(verdict([both], images, { name: 'web' })).toBe('untouched')
  })
})

describe('immutable tag rules', () => {
  const images = [image('v1', 4), image('v2 latest', 3), image('main', 2), image('', 1)]
  const keepsNone = rule('latestPushedK', 1, tags('none', 'matches', '{"untagged":false}'))
  const immutable = (pattern: string, repository = '**', more: Partial<ImmutableWords> = {}): ImmutableWords => ({
    id: 7,
    disabled: false,
    tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern }],
    scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: repository }] },
    ...more,
  })
  const versions = 'immutable_versions'
  const by = (one: ImmutableWords, name = 'api') => verdict([keepsNone], images, { immutable: [one], name })

  test('one tag that is held spares the image, and the rule is named', () => {
    expect(by(immutable('v*'))).toEqual(['immutable 7', 'immutable 7', null, versions])
    expect(by(immutable('latest'))).toEqual([null, 'immutable 7', null, versions])
    expect(by(immutable('v*', '**', { disabled: true }))).toEqual([null, null, null, null])
  })

  test('what a rule keeps is the work of that rule, and spared images take no place', () => {
    const one = rule('latestPushedK', 1, tags('v*', 'matches', '{"untagged":false}'))
    expect(verdict([one], images, { immutable: [immutable('v*')], name: 'api' })).toEqual([
      'immutable 7',
      0,
      null,
      versions,
    ])
  })

  test('excludes spares untagged images, too', () => {
    const excluding = { tag_selectors: [{ kind: 'doublestar', decoration: 'excludes', pattern: 'v*' }] }
    expect(by(immutable('', '**', excluding))).toEqual([null, 'immutable 7', 'immutable 7', 'immutable 7'])
  })

  test('a nested repository is held in some versions only', () => {
    expect(by(immutable('v1', 'team/*'), 'team/api')).toEqual([versions, null, null, null])
    expect(by(immutable('v1', 'api'), 'team/api')).toEqual([versions, null, null, versions])
    expect(by(immutable('v1', '**'), 'team/api')).toEqual(['immutable 7', null, null, versions])
  })

  test('also where a pattern is read otherwise by an older engine', () => {
    expect(by(immutable('v1{,.1}'))).toEqual([versions, null, null, versions])
  })

  test('a tie, and a run that fails, cannot delete what is held', () => {
    const twins = [image('v1', 4), image('v2', 4)]
    expect(verdict([rule('latestPushedK', 1)], twins, { immutable: [immutable('v1')] })).toEqual(['immutable 7', 'tie'])
    expect(verdict([rule('latestPushedK', 1, { params: {} })], twins, { immutable: [immutable('v1')] })).toEqual([
      'immutable 7',
      'run_fails',
    ])
    const elsewhere = rule('latestPushedK', 1, repositories('web'))
    expect(verdict([elsewhere], twins, { immutable: [immutable('v1')] })).toBe('untouched')
  })

  test('one that nobody can read holds nothing for sure', () => {
    const odd = { tag_selectors: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: 'v*' }] }
    expect(by(immutable('', 'api', odd))).toBe('rule_unreadable')
    expect(by(immutable('', 'web', odd))).toEqual([null, null, null, null])
    expect(by(immutable('v*', 'api', { tag_selectors: [] }))).toEqual([null, null, null, null])
    expect(by(immutable('v[', 'api'))).toEqual([null, null, null, versions])
  })

  test('a wrong pattern of one rule ends the look at the others, in an order that nobody knows', () => {
    const all = (...rules: ImmutableWords[]) => verdict([keepsNone], images, { immutable: rules, name: 'api' })
    const good = immutable('v*')
    for (const wrong of [immutable('v[1'), immutable('**', 'a[p')])
      for (const rules of [
        [wrong, good],
        [good, wrong],
      ]) {
        const found = all(...rules)
        expect(found).toEqual(['pattern_error', 'pattern_error', null, versions])
      }
    // Where no name leads to the flaw, the other rule holds.
    expect(all(immutable('x['), good)).toEqual(['immutable 7', 'immutable 7', null, versions])
    expect(all(immutable('**', 'x['), good)).toEqual(['immutable 7', 'immutable 7', null, versions])
    const odd = immutable('v*', 'api', { tag_selectors: [{ decoration: 'likes', pattern: 'v*' }] })
    expect(all(good, odd)).toBe('rule_unreadable')
  })
})

test('a rule without a tag selector keeps nothing beside others, and all by itself', () => {
  const bare = rule('latestPushedK', 1, { tag_selectors: [] })
  expect(kept([bare, rule('latestPushedK', 1)], five)).toEqual(['v5'])
  expect(kept([bare], five)).toHaveLength(5)
})
