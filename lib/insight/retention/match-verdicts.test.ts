import { describe, expect, test } from 'vitest'
import type { Decision } from '../../contract/console/retention-vocabulary'
import type { DecidedRow } from './decided'
import { matchVerdicts } from './match-verdicts'

const image = (
  digest: string,
  tags: string[],
  decision: Decision = 'keep',
  repository = 'payments/api',
): DecidedRow => ({
  repository,
  digest,
  tags,
  size: 10,
  pushed: 1_000,
  pulled: 0,
  decision,
  rule: decision === 'keep' ? 0 : null,
  because: null,
  immutable: null,
})

interface Row {
  readonly tag?: string
  readonly digest?: string
  readonly action?: string
}
const task = (rows: readonly Row[], more: object = {}) => ({
  repository: 'payments/api',
  failed: false,
  whole: true,
  subtasks: rows.map((row, id) => ({ id, ...row })),
  ...more,
})

const verdicts = (images: readonly DecidedRow[], rows: readonly Row[], more: object = {}) =>
  matchVerdicts(images, [task(rows, more)]).map(({ digest, swr, differs }) => [digest, swr, differs])

describe('verdicts of SWR beside the console’s own', () => {
  test('what is not named is kept where only deletions are', () => {
    expect(
      verdicts([image('a', ['v1'], 'delete'), image('b', ['v2'])], [{ digest: 'a', tag: 'v1', action: 'DEL' }]),
    ).toEqual([
      ['a', 'delete', false],
      ['b', 'keep', false],
    ])
  })

  test('what is not named is unknown where all are', () => {
    const rows = [
      { digest: 'a', tag: 'v1', action: 'DEL' },
      { digest: 'b', tag: 'v2', action: 'RETAIN' },
      { digest: 'c', tag: 'v3', action: 'IMMUTABLE' },
      { digest: 'd', tag: 'v4', action: 'ERR' },
    ]
    const images = ['a', 'b', 'c', 'd', 'e'].map((digest, at) => image(digest, [`v${at + 1}`]))
    expect(verdicts(images, rows)).toEqual([
      ['a', 'delete', true],
      ['b', 'keep', false],
      ['c', 'immutable', false],
      ['d', 'error', false],
      ['e', 'unknown', false],
    ])
  })

  test('by digest first, so that a tag that has moved meanwhile condemns nobody else', () => {
    expect(
      verdicts([image('new', ['v1']), image('old', [], 'delete')], [{ digest: 'old', tag: 'v1', action: 'DEL' }]),
    ).toEqual([
      ['old', 'delete', false],
      ['new', 'keep', false],
    ])
  })

  test('by tag where rows name no digest', () => {
    expect(
      verdicts([image('a', ['v1', 'latest'], 'delete'), image('b', ['v2'])], [{ tag: 'latest', action: 'DEL' }]),
    ).toEqual([
      ['a', 'delete', false],
      ['b', 'keep', false],
    ])
  })

  test('any image without a tag may be what a row deletes that names nothing', () => {
    expect(verdicts([image('a', []), image('b', ['v2'])], [{ action: 'DEL' }]).toSorted()).toEqual([
      ['', 'delete', true],
      ['a', 'unknown', false],
      ['b', 'keep', false],
    ])
  })

  test('differences are told both ways; what nobody could tell beforehand is none', () => {
    const rows = [
      { digest: 'a', action: 'DEL' },
      { digest: 'c', action: 'DEL' },
    ]
    expect(
      verdicts([image('a', ['v1']), image('b', ['v2'], 'delete'), image('c', ['v3'], 'unsure')], rows).toSorted(),
    ).toEqual([
      ['a', 'delete', true],
      ['b', 'keep', true],
      ['c', 'delete', false],
    ])
  })

  test('what SWR names and the listing does not hold has a row of its own', () => {
    const rows = [
      { digest: 'x', tag: 'v8', action: 'DEL' },
      { digest: 'x', tag: 'v9', action: 'DEL' },
    ]
    expect(matchVerdicts([image('a', ['v1'])], [task(rows)])).toMatchObject([
      { index: 0, digest: 'x', tags: ['v8', 'v9'], swr: 'delete', ours: 'unsure', differs: true },
      { index: 1, digest: 'a', swr: 'keep' },
    ])
  })

  test('of several tasks of a repository each counts, and one that is not whole says of nothing that it is kept', () => {
    const images = [image('a', ['v1'], 'delete'), image('b', ['v2'], 'delete'), image('c', ['v3'])]
    const [first, second] = [task([{ digest: 'a', action: 'DEL' }]), task([{ digest: 'b', action: 'DEL' }])]
    const said = (...tasks: (typeof first)[]) => matchVerdicts(images, tasks).map(({ digest, swr }) => [digest, swr])
    expect(said(first, second)).toEqual([
      ['a', 'delete'],
      ['b', 'delete'],
      ['c', 'keep'],
    ])
    expect(said(first, { ...second, whole: false })).toEqual([
      ['a', 'delete'],
      ['b', 'delete'],
      ['c', 'unknown'],
    ])
  })

  test('an image with several tags goes when any row says so', () => {
    const rows = [
      { digest: 'a', tag: 'v1', action: 'RETAIN' },
      { digest: 'a', tag: 'v2', action: 'DEL' },
    ]
    expect(verdicts([image('a', ['v1', 'v2'], 'delete')], rows)).toEqual([['a', 'delete', false]])
  })

  test('of a repository that failed nothing is known, and one without a task keeps everything', () => {
    expect(verdicts([image('a', ['v1'])], [], { failed: true, whole: false })).toEqual([['a', 'unknown', false]])
    expect(verdicts([image('a', ['v1'], 'untouched', 'payments/web')], [])).toEqual([['a', 'keep', false]])
  })
})
