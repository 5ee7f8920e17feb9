import { describe, expect, test } from 'vitest'
import { keepNewest, pushedAgo, retentionBench } from '../../testing/retention-bench'

/* What Harbor's engine leaves to chance (docs/retention-engine.md "Ties", "Failures"). */

const tied = (count: number) => Array.from({ length: count }, (_, index) => pushedAgo(`v${index + 1}`, 3))
const namesOf = (images: readonly { readonly name: string }[]) => images.map(({ name }) => name).toSorted()

/** Tags that are left, by a real run that keeps so many. */
function left(images: readonly { readonly name: string }[], keep: number): string[] {
  const at = retentionBench([{ name: 'api', tags: images }])
  at.start(at.policy(keepNewest(keep)), false)
  at.pass(60)
  return at.tags('api')
}

describe('images with equal times', () => {
  test('stay in the order of the list up to twelve: of one time the youngest stands first', () => {
    expect(left(tied(12), 5)).toEqual(namesOf(tied(12).slice(-5)))
  })

  test('above twelve have an order of their own, the same each time', () => {
    const kept = left(tied(13), 5)
    expect(kept).toHaveLength(5)
    expect(kept).not.toEqual(namesOf(tied(13).slice(-5)))
    expect(kept).not.toEqual(namesOf(tied(13).slice(0, 5)))
    expect(left(tied(13), 5)).toEqual(kept)
  })

  test('do not disturb those with other times', () => {
    const newer = [1, 2].map((days) => pushedAgo(`new-${days}`, days))
    expect(left([...tied(20), ...newer], 2)).toEqual(['new-1', 'new-2'])
    expect(left([...tied(20), ...newer], 3)).toEqual(expect.arrayContaining(['new-1', 'new-2']))
  })
})

describe('the error of a wrong tag pattern', () => {
  const images = [30, 20, 10].map((days, index) => pushedAgo(`v${index + 1}`, days))
  function outcome(patternErrors: 'told' | 'lost', ...tags: readonly string[]) {
    const policy = {
      id: 7,
      name: 'under-test',
      namespace_name: 'shop',
      rules: tags.map((pattern) => keepNewest(1, { tags: pattern })),
    }
    const at = retentionBench([{ name: 'api', tags: images }], {
      retentions: [policy],
      retentionMood: { patternErrors },
    })
    const run = at.start('7', false)
    at.pass(60)
    return [at.tasks('7', run)[0], at.tags('api')]
  }

  test.each([
    ['told, fails the task', 'told', ['v[']],
    ['told, fails the task of another rule as well', 'told', ['v[', 'v*']],
  ] as const)('%s', (_, mood, tags) => {
    expect(outcome(mood, ...tags)).toMatchObject([{ status: 'Failed' }, ['v1', 'v2', 'v3']])
  })

  test('lost, lets the task succeed and keep everything', () => {
    const kept = [{ status: 'Succeed', total: 3, retained: 3 }, ['v1', 'v2', 'v3']]
    expect(outcome('lost', 'v[')).toMatchObject(kept)
    expect(outcome('lost', 'v[', 'v[1')).toMatchObject(kept)
  })

  test('lost, lets another rule decide alone', () => {
    expect(outcome('lost', 'v[', 'v2')).toMatchObject([{ status: 'Succeed', total: 3, retained: 1 }, ['v2']])
  })
})
