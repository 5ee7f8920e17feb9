import { describe, expect, test } from 'vitest'
import type { Decision, SwrAction } from '../../../contract/console/retention-vocabulary'
import type { RetentionImageRow } from '../../../db/retention-images'
import type { DecidedRow } from '../decided'
import { canBeCopied, doomedNow, goesUncopied, isAboveCeiling, isOutdated } from './doomed'

const decided = (digest: string, decision: Decision, tags = [`tag-${digest}`]): DecidedRow => ({
  repository: 'payments/api',
  digest,
  tags,
  size: 1,
  pushed: 1,
  pulled: 0,
  decision,
  rule: null,
  because: null,
  immutable: null,
})

const shown = (digest: string, swr: SwrAction, ours: Decision, tags?: string[]): RetentionImageRow => ({
  ...decided(digest, ours, tags),
  job: 1,
  index: 0,
  pushed: null,
  pulled: null,
  swr,
  ours,
  differs: false,
  inUse: [],
  copy: 'none',
  copyText: '',
  copiedAt: null,
  place: '',
  restore: 'none',
  restoreText: '',
  version: 0,
})

const digests = (then: readonly RetentionImageRow[], now: readonly DecidedRow[]) =>
  doomedNow(then, now).images.map(({ digest }) => digest)

describe('what a real run would delete now', () => {
  test('is what SWR did not keep, and what the console does not keep for sure', () => {
    const then = [
      shown('a', 'delete', 'delete'),
      shown('b', 'keep', 'keep'),
      shown('c', 'delete', 'keep'),
      shown('d', 'immutable', 'delete'),
      shown('e', 'delete', 'unsure'),
      shown('f', 'unknown', 'keep'),
      shown('g', 'keep', 'unsure'),
      shown('h', 'keep', 'delete'),
    ]
    const now = then.map(({ digest, ours }) => decided(digest, ours))
    expect(digests(then, now)).toEqual(['a', 'c', 'd', 'e', 'f', 'g', 'h'])
    // None of them is a surprise.
    expect(doomedNow(then, now).changed).toBe(0)
  })

  test('is what the console decides where that has changed, and what is new', () => {
    const then = [shown('a', 'delete', 'delete'), shown('b', 'keep', 'keep')]
    const now = [
      decided('a', 'keep'),
      decided('b', 'delete'),
      decided('c', 'delete'),
      decided('d', 'unsure'),
      decided('e', 'keep'),
      decided('f', 'untouched'),
    ]
    expect(digests(then, now)).toEqual(['b', 'c', 'd'])
  })

  test('is what SWR named and no listing held, listed by now or not, and that is no surprise', () => {
    const named = { ...shown('x', 'delete', 'unsure'), because: 'not_listed' as const }
    const then = [shown('a', 'delete', 'delete'), named]
    const doomed = doomedNow(then, [decided('a', 'delete')])
    expect(doomed).toMatchObject({ changed: 0, planned: 2, images: [{ digest: 'a' }, { digest: 'x' }] })
    expect(doomed.images.map(canBeCopied)).toEqual([true, false])
    const listed = doomedNow(then, [decided('a', 'delete'), decided('x', 'keep')])
    expect(listed).toMatchObject({ changed: 0, images: [{ digest: 'a' }, { digest: 'x' }] })
    expect(listed.images.map(canBeCopied)).toEqual([true, true])
    // One that SWR kept, or that was listed and is gone, is not awaited.
    const kept = { ...named, swr: 'keep' as const }
    expect(digests([kept, shown('b', 'delete', 'unsure')], [])).toEqual([])
    expect([named, kept, shown('b', 'keep', 'unsure', [])].map(goesUncopied)).toEqual([true, false, true])
  })

  test('two that SWR names by a tag alone are two', () => {
    const then = ['v8', 'v9'].map((tag) => ({
      ...shown('', 'delete', 'unsure', [tag]),
      because: 'not_listed' as const,
    }))
    expect(doomedNow(then, []).images.map(({ tags }) => tags)).toEqual([['v8'], ['v9']])
  })

  test('changes by names: those that go now, those that do not go any more, those that moved', () => {
    const then = [
      shown('a', 'delete', 'delete', ['v1', 'v2']),
      shown('b', 'delete', 'delete', []),
      shown('c', 'keep', 'keep'),
    ]
    const count = (now: readonly DecidedRow[]) => doomedNow(then, now).changed
    expect(doomedNow(then, [])).toMatchObject({ planned: 3, changed: 3 })
    expect(count([decided('a', 'delete', ['v1', 'v2']), decided('b', 'delete', [])])).toBe(0)
    expect(count([decided('a', 'delete', ['v2', 'v1']), decided('b', 'delete', [])])).toBe(0)
    expect(count([decided('a', 'delete', ['v1']), decided('d', 'keep', ['v2']), decided('b', 'delete', [])])).toBe(1)
    expect(
      count([decided('a', 'delete', ['v1', 'v2']), decided('b', 'delete', []), decided('d', 'delete', ['v9'])]),
    ).toBe(1)
  })
})

test.each([
  [0, 100, 0.05, false],
  [5, 100, 0.05, false],
  [6, 100, 0.05, true],
  [1, 3, 0.05, false],
  [2, 3, 0.05, true],
  [1, 0, 0, false],
  [2, 0, 1, true],
])('%i changed names of %i planned ones, at a share of %d: outdated %s', (changed, planned, share, outdated) => {
  expect(isOutdated({ images: [], changed, planned }, share)).toBe(outdated)
})

test.each([
  [10, 100, null, null, false],
  [10, 100, 10, null, false],
  [11, 100, 10, null, true],
  [50, 100, null, 0.5, false],
  [51, 100, null, 0.5, true],
  [1, 100, 0, null, true],
  [0, 0, 0, 0, false],
])('%i of %i names at a ceiling of %s and %s: above %s', (deleted, all, ceilingTags, ceilingShare, above) => {
  expect(isAboveCeiling({ deleted, all }, { ceilingTags, ceilingShare })).toBe(above)
})
