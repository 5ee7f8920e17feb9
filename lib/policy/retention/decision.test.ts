import { describe, expect, test } from 'vitest'
import { type Retention, retention } from '../../contract/swr/retention'
import type { DatedImage } from './dated-image'
import { decideRetention, refusesRun } from './decision'
import engineAnswers from './retention-vectors.json'

interface EngineCase {
  readonly name: string
  readonly now?: string | undefined
  readonly rules: unknown
  readonly artifacts: readonly {
    readonly repository: string
    readonly digest: string
    readonly tags: readonly string[]
    readonly push_time: string
    readonly pull_time: string
    readonly tag_times?: Readonly<Record<string, { push_time: string; pull_time: string } | undefined>> | undefined
  }[]
  readonly retained: readonly string[]
  readonly deleted: readonly string[]
  readonly untouched: readonly string[]
  readonly undecided: readonly string[]
  readonly immutable?: readonly string[] | undefined
  readonly why?: Readonly<Record<string, string | undefined>> | undefined
  readonly run_refused?: boolean | undefined
}
const vectors: { readonly now: string; readonly count: number; readonly cases: readonly EngineCase[] } = engineAnswers

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
  decideRetention({ rules: [...rules] }, name, images, now)
/** The tags of what is kept, one text for each image. */
function kept(rules: readonly Rule[], images: readonly DatedImage[], name?: string) {
  const found = verdict(rules, images, name)
  return typeof found === 'string'
    ? found
    : images.filter((_, index) => found[index] !== null).map((each) => each.tags.join())
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
    expect(verdict([missing], five)).toBe('refused')
    expect(verdict([rule('latestPulledN', 1), missing], five)).toBe('refused')
    expect(verdict([rule('latestPulledN', 1, { params: undefined })], five)).toBe('refused')
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

describe('what the engine gives up on', () => {
  test.each([
    ['a template that is not known', rule('nothing', 1)],
    ['no template', rule('latestPushedK', 1, { template: undefined })],
    ['another action', rule('latestPushedK', 1, { action: 'delete' })],
    ['an unknown decoration of tags', rule('latestPushedK', 1, tags('**', 'resembles'))],
    ['an unknown decoration of repositories', rule('latestPushedK', 1, repositories('**', 'nsMatches'))],
    ['another kind', rule('latestPushedK', 1, { tag_selectors: [{ kind: 'label', decoration: 'matches' }] })],
    ['a repository pattern that the engine refuses', rule('latestPushedK', 1, repositories('{team'))],
  ])('%s', (_, odd) => {
    expect(verdict([odd], five)).toBe('refused')
    expect(verdict([rule('latestPushedK', 1), odd], five)).toBe('refused')
  })

  test('a wrong tag pattern, which beside other rules may be overlooked', () => {
    const odd = rule('latestPushedK', 1, tags('v[1'))
    expect(verdict([odd], five)).toBe('refused')
    expect(verdict([rule('latestPushedK', 1), odd], five)).toBe('unclear')
    expect(verdict([rule('latestPushedK', 1, tags('v[1'))], [image('main', 1)])).toEqual([null])
  })

  test('a wrong repository pattern stops the run once any name reaches it', () => {
    const odd = { rules: [rule('latestPushedK', 1, repositories('{api,team/c[}'))] }
    expect(refusesRun(odd, ['api', 'web'])).toBe(false)
    expect(refusesRun(odd, ['api', 'team/core/db'])).toBe(true)
    expect(refusesRun({ rules: odd.rules.map((each) => ({ ...each, disabled: true })) }, ['team/core/db'])).toBe(false)
  })

  test('another algorithm', () => {
    expect(decideRetention({ algorithm: 'and', rules: [rule('latestPushedK', 1)] }, 'api', five, now)).toBe('refused')
  })

  test('a disabled rule may say what it likes', () => {
    const odd = rule('nothing', 1, { disabled: true })
    expect(kept([odd, rule('latestPushedK', 1)], five)).toEqual(['v5'])
  })
})

test('a rule without a tag selector keeps nothing beside others, and all by itself', () => {
  const bare = rule('latestPushedK', 1, { tag_selectors: [] })
  expect(kept([bare, rule('latestPushedK', 1)], five)).toEqual(['v5'])
  expect(kept([bare], five)).toHaveLength(5)
})

describe('what the engine of Harbor answered', () => {
  const moment = (time: string) => {
    const at = Date.parse(time)
    return at < 0 ? 0 : at
  }

  test.each(vectors.cases.map((each): [string, EngineCase] => [each.name, each]))('%s', (_, each) => {
    const at = new Date(each.now ?? vectors.now)
    const names = [...new Set(each.artifacts.map(({ repository }) => repository))]
    const policy = { rules: retention.shape.rules.parse(each.rules) }
    const refused = refusesRun(policy, names)
    expect(refused).toBe(each.run_refused === true)
    const said: Record<string, string[]> = { retained: [], deleted: [], untouched: [], undecided: [] }
    for (const name of names) {
      const artifacts = each.artifacts.filter(({ repository }) => repository === name)
      const images = artifacts.map(({ tags, push_time, pull_time, tag_times = {} }) => {
        const times = [{ push_time, pull_time }, ...Object.values(tag_times).filter((time) => time !== undefined)]
        return {
          tags,
          pushed: Math.max(...times.map((time) => moment(time.push_time))),
          pulled: Math.max(...times.map((time) => moment(time.pull_time))),
        }
      })
      const found = refused ? 'refused' : decideRetention(policy, name, images, at)
      const why = { refused: 'refused', unclear: 'race', untouched: undefined }
      expect([name, typeof found === 'string' ? why[found] : found.includes('tie') ? 'ties' : undefined]).toEqual([
        name,
        each.why?.[name],
      ])
      artifacts.forEach(({ digest }, place) => {
        const verdict = typeof found === 'string' ? found : found[place]
        const list = verdict === 'untouched' ? 'untouched' : typeof verdict === 'string' ? 'undecided' : undefined
        said[list ?? (verdict === null ? 'deleted' : 'retained')]?.push(digest)
      })
    }
    // Out of scope: immutability rules, which the console does not read. What they alone spare is deleted by the rules.
    const spared = each.immutable ?? []
    const sorted = (list: readonly string[] = []) => list.toSorted()
    expect(sorted(said.retained)).toEqual(sorted(each.retained.filter((digest) => !spared.includes(digest))))
    expect(sorted(said.deleted)).toEqual(sorted([...each.deleted, ...spared]))
    expect(sorted(said.untouched)).toEqual(sorted(each.untouched))
    expect(sorted(said.undecided)).toEqual(sorted(each.undecided))
  })

  test('are all 90 of them, none left out', () => {
    expect(vectors.cases).toHaveLength(vectors.count)
  })
})
