import { describe, expect, test } from 'vitest'
import type { Retention } from '../../../contract/swr/retention'
import { decideAtOnce } from '../decide'
import { ImmutableRules } from '../immutable'
import { NamespaceImages } from '../namespace-images'
import { axisOf } from './axis'
import { ImageRow, type StoredImage } from './images'
import { isMoving } from './moving'
import { type TableView, tablePage } from './table'
import { byLoss, countDecisions } from './totals'
import { warningsOf } from './warnings'

const now = new Date('2026-05-20T12:00:00Z')
const [hour, day] = [3_600_000, 86_400_000]

const image = (days: number, tags: string, more: Partial<StoredImage> = {}): StoredImage => ({
  digest: `sha256:${days}${'0'.repeat(20)}`,
  size: 10,
  pushed: now.getTime() - days * day - hour,
  pulled: 0,
  tags: tags === '' ? [] : tags.split(' '),
  ...more,
})
const listed = [
  { name: 'web', images: [image(1, 'w3'), image(2, 'w2 latest'), image(3, 'w1')] },
  { name: 'api', images: [image(4, 'a2', { size: 50, pulled: now.getTime() - day }), image(5, ''), image(9, 'a1')] },
  { name: 'tool', images: [image(6, 't1')] },
]
const rule = (template: string, amount: unknown, repository = '**', pattern = '**'): Retention['rules'][number] => ({
  template,
  action: 'retain',
  params: { [template]: amount },
  tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern }],
  scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: repository }] },
})

const images = new NamespaceImages(listed)
const row = new ImageRow(images)
const decide = (...rules: Retention['rules']) => decideAtOnce({ rules }, images, new ImmutableRules([]), now)
const source = (
  after: Retention['rules'],
  before: Retention['rules'] | null = null,
  inUse = new Map<number, string[]>(),
) => ({
  after: decide(...after),
  before: before && decide(...before),
  row,
  inUse,
})
const view: TableView = { filter: 'all', search: '', sort: 'change', order: 'desc', offset: 0, limit: 100 }
function names(from: ReturnType<typeof source>, change: Partial<TableView> = {}): string[] {
  const { numbers } = tablePage(from, { ...view, ...change })
  return numbers.map((number) => row.image(number)?.tags.join('+') || '-')
}

describe('totals', () => {
  test('are those of each repository and of all, bytes included', () => {
    const totals = countDecisions(source([rule('latestPushedK', 1, '{web,api}')]))
    expect(totals.amounts).toEqual({
      keep: { images: 2, tags: 2, bytes: 60 },
      delete: { images: 4, tags: 4, bytes: 40 },
      untouched: { images: 1, tags: 1, bytes: 10 },
      unsure: { images: 0, tags: 0, bytes: 0 },
    })
    expect(byLoss(totals.repositories).map(({ name, amounts }) => [name, amounts.delete.images])).toEqual([
      ['api', 2],
      ['web', 2],
      ['tool', 0],
    ])
    expect(totals.newlyDeleted.images + totals.newlyKept.images).toBe(0)
  })

  test('say what an edit newly deletes and newly keeps', () => {
    const totals = countDecisions(
      source([rule('latestPushedK', 1, 'web'), rule('latestPushedK', 9, 'api')], [rule('latestPushedK', 2)]),
    )
    expect(totals.newlyDeleted).toEqual({ images: 1, tags: 2, bytes: 10 })
    expect(totals.newlyKept).toEqual({ images: 1, tags: 1, bytes: 10 })
    // Of the last repository nothing is said any more: it stays as it did.
    expect(totals.amounts.untouched.images).toBe(1)
  })
})

describe('the table', () => {
  const edit = source([rule('latestPushedK', 1, 'web'), rule('latestPushedK', 9, 'api')], [rule('latestPushedK', 2)])

  test('has the changes first: what is newly deleted, then what is newly kept', () => {
    expect(names(edit)).toEqual(['w2+latest', 'a1', 't1', 'w1', 'a2', '-', 'w3'])
    expect(names(edit, { filter: 'changed' })).toEqual(['w2+latest', 'a1', 't1'])
  })

  test.each<[Partial<TableView>, string[]]>([
    [{ filter: 'delete' }, ['w2+latest', 'w1']],
    [{ filter: 'keep' }, ['a1', 'a2', '-', 'w3']],
    [{ filter: 'untouched' }, ['t1']],
    [{ filter: 'unsure' }, []],
    [{ filter: 'moving' }, ['w2+latest']],
    [{ search: ' LATEST ' }, ['w2+latest']],
    [{ search: 'ap' }, ['a1', 'a2', '-']],
    [{ search: 'sha256:9' }, ['a1']],
    [{ search: '90000' }, ['a1']],
    [{ repository: 'tool' }, ['t1']],
    [{ repository: 'nothing' }, []],
    [{ sort: 'pushed', order: 'asc' }, ['a1', 't1', '-', 'a2', 'w1', 'w2+latest', 'w3']],
    [{ sort: 'size', order: 'desc', limit: 1 }, ['a2']],
    [{ sort: 'pulled', order: 'desc', limit: 1 }, ['a2']],
    [{ sort: 'repository', order: 'asc' }, ['a2', '-', 'a1', 't1', 'w3', 'w2+latest', 'w1']],
    [{ offset: 1, limit: 2 }, ['a1', 't1']],
  ])('%o', (change, expected) => {
    expect(names(edit, change)).toEqual(expected)
  })

  test('counts all that pass, whatever the page', () => {
    expect(tablePage(edit, { ...view, limit: 1 })).toMatchObject({ total: 7, numbers: [expect.any(Number)] })
  })

  test.each([1, 2, 3, 7, 8])('pages of %i say together what one page says', (limit) => {
    for (const change of [{}, { filter: 'delete' }, { repository: 'api' }] satisfies Partial<TableView>[]) {
      const pages = Array.from({ length: 8 }, (_, page) => names(edit, { ...change, offset: page * limit, limit }))
      expect(pages.flat()).toEqual(names(edit, change))
    }
  })

  test('knows what runs somewhere', () => {
    expect(names(source([], null, new Map([[2, ['prod']]])), { filter: 'in_use' })).toEqual(['w1'])
  })
})

describe('the axis', () => {
  const of = (after: Retention['rules'], before: Retention['rules'] | null = null, at = now) =>
    axisOf({ rules: after }, before && { rules: before }, images, at)
  const bar = (from: number, count: number, to = from + 1) => ({ from, to, images: count })

  test('has a bin for each place in the order of a repository', () => {
    expect(of([rule('latestPushedK', 2)], [rule('latestPushedK', 1)])).toEqual({
      unit: 'images',
      by: 'pushed',
      bins: [bar(0, 3), bar(1, 2), bar(2, 2)],
      cut: 2,
      before: 1,
      never: 0,
    })
    expect(of([rule('latestPushedK', 2, 'api')])?.bins).toEqual([bar(0, 1), bar(1, 1), bar(2, 1)])
  })

  test('has a bin for each day of age, and the time that passes moves them', () => {
    const bins = (at: Date) => of([rule('nDaysSinceLastPush', 2)], null, at)?.bins
    expect(bins(now)).toEqual([0, 1, 1, 1, 1, 1, 1, 0, 0, 1].map((count, age) => bar(age, count)))
    expect(bins(new Date(now.getTime() + day))).toEqual([
      ...[0, 0, 1, 1, 1, 1, 1, 1, 0, 0].map((count, age) => bar(age, count)),
      bar(10, 1, 11),
    ])
  })

  test('what was never pulled has no place', () => {
    expect(of([rule('latestPulledN', 2)], [rule('latestPushedK', 1)])).toMatchObject({
      by: 'pulled',
      bins: [bar(0, 1)],
      before: null,
      never: 6,
    })
  })

  test('many places are put together, and the last bin holds the rest', () => {
    const many = Array.from({ length: 700 }, (_, index) => image(index, `v${index}`))
    const axis = axisOf(
      { rules: [rule('latestPushedK', 250)] },
      null,
      new NamespaceImages([{ name: 'api', images: many }]),
      now,
    )
    expect(axis?.bins.at(0)).toEqual(bar(0, 5, 5))
    expect(axis?.bins.at(-1)).toEqual(bar(500, 200, 700))
    expect(axis?.bins.reduce((sum, each) => sum + each.images, 0)).toBe(700)
  })

  test('is none where the first rule says no number that can be read', () => {
    expect(of([])).toBeNull()
    expect(of([{ ...rule('latestPushedK', 2), disabled: true }])).toBeNull()
    expect(of([rule('always', 2)])).toBeNull()
    expect(of([{ ...rule('latestPushedK', 2), params: {} }])).toBeNull()
  })
})

describe('warnings', () => {
  const warned = (...rules: Retention['rules']) =>
    warningsOf('payments', rules, source(rules)).map(({ code, count, examples }) => [code, count, examples])

  test('name what stands out', () => {
    expect(warned(rule('latestPushedK', 1, '{web,api}'))).toEqual([
      ['half', 2, ['payments/web', 'payments/api']],
      ['moving_tag', 1, ['payments/web:latest']],
    ])
    expect(warned(rule('nDaysSinceLastPush', 3))).toEqual([
      ['whole_repository', 2, ['payments/api', 'payments/tool']],
      ['newest', 2, ['payments/api:a2', 'payments/tool:t1']],
    ])
    expect(warned(rule('latestPushedK', 9))).toEqual([])
  })

  test('a rule that keeps nothing is told by its place', () => {
    expect(warned(rule('latestPushedK', 9), rule('latestPushedK', 9, '**', 'a,b'))).toEqual([
      ['keeps_nothing', 1, ['2']],
    ])
  })

  test('times of pulls are doubted where a rule counts them', () => {
    expect(warned(rule('latestPulledN', 9))).toEqual([['never_pulled', 6, []]])
    const scanned = Array.from({ length: 6 }, (_, index) =>
      image(index, `v${index}`, { pulled: now.getTime() - index }),
    )
    const all = new NamespaceImages([{ name: 'api', images: scanned }])
    const rules = [rule('latestPulledN', 9)]
    const after = decideAtOnce({ rules }, all, new ImmutableRules([]), now)
    expect(warningsOf('payments', rules, { after, before: null, row: new ImageRow(all), inUse: new Map() })).toEqual([
      { code: 'pulled_at_once', count: 6, examples: [] },
    ])
  })

  test('what runs somewhere and goes', () => {
    const rules = [rule('latestPushedK', 1, 'web')]
    const running = source(
      rules,
      null,
      new Map([
        [0, ['prod']],
        [2, ['prod']],
      ]),
    )
    expect(warningsOf('payments', rules, running)).toContainEqual({
      code: 'in_use',
      count: 1,
      examples: ['payments/web:w1'],
    })
  })
})

test.each([
  ['latest', true],
  ['prod', true],
  ['Main', true],
  ['v1-latest', true],
  ['v1.2', false],
  ['production-7', false],
])('%s moves: %s', (tag, expected) => {
  expect(isMoving(tag)).toBe(expected)
})
