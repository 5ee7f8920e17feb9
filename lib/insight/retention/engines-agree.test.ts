import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { immutableRuleOperations } from '../../contract/swr/immutable-rule'
import { retention } from '../../contract/swr/retention'
import { candidatesOf } from '../../policy/retention/accessories'
import { decideAtOnce } from '../../policy/retention/decide'
import { ImmutableRules } from '../../policy/retention/immutable'
import { NamespaceImages } from '../../policy/retention/namespace-images'
import { type Candidate, keptOf, planRun } from '../../sandbox/retention/engine'
import { askedAs, isImmutable } from '../../sandbox/retention/immutable'
import { EngineError } from '../../sandbox/retention/selectors'
import { anyRetention } from '../../testing/any-retention'

/* The console's verdicts beside those of the sandbox's engine, which was written apart from them after the same facts. */

// Many cases, on a machine that has other work.
vi.setConfig({ testTimeout: 120_000 })

const now = new Date('2026-05-20T12:00:00.400Z')
const { image, repositories, rules: anyRules, immutableRules } = anyRetention(now)

type Word = 'keep' | 'delete' | 'untouched' | 'fails'

/** What the sandbox says of one image, with either way to match immutable tags. */
function sandboxWords(
  rules: readonly unknown[],
  immutable: readonly unknown[],
  listed: readonly { name: string; images: readonly Candidate[] }[],
): (matching: 'old' | 'new') => Map<Candidate, Word> {
  const words = new Map<Candidate, Word>()
  const all = (word: Word, images: readonly Candidate[]) => images.map((each) => words.set(each, word))
  try {
    const plan = planRun(
      rules,
      listed.map(({ name }) => name),
    )
    for (const { name, images } of listed) {
      const concerning = plan.get(name)
      if (!concerning) all('untouched', images)
      else
        try {
          const kept = keptOf(concerning, images, now.getTime())
          for (const each of images) words.set(each, kept.has(each) ? 'keep' : 'delete')
        } catch (error) {
          if (!(error instanceof EngineError)) throw error
          all('fails', images)
        }
    }
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    for (const { images } of listed) all('fails', images)
  }
  return (matching) => {
    const spared = new Map(words)
    for (const { name, images } of listed)
      for (const each of images)
        if (words.get(each) === 'delete' && isImmutable(immutable, askedAs(name, matching), each.tags))
          spared.set(each, 'keep')
    return spared
  }
}

const turned = ({ tags, ...more }: Candidate, by: number): Candidate => ({
  ...more,
  tags: [...tags.slice(by), ...tags.slice(0, by)],
})

/** Whether the run fails, or the verdict on the image differs, in some order of the tags, three at most, or of the immutable rules. */
function mayFail(
  rules: readonly unknown[],
  immutable: readonly unknown[],
  listed: readonly { name: string; images: readonly Candidate[] }[],
  image: Candidate,
): boolean {
  const words = [0, 1, 2].flatMap((by) => {
    const others = new Map(listed.flatMap(({ images }) => images.map((each) => [each, turned(each, by)] as const)))
    const asTurned = listed.map(({ name, images }) => ({
      name,
      images: images.map((each) => others.get(each) ?? each),
    }))
    return [immutable, immutable.toReversed()].flatMap((spares) => {
      const said = sandboxWords(rules, spares, asTurned)
      return (['old', 'new'] as const).map((matching) => said(matching).get(others.get(image) ?? image))
    })
  })
  return words.includes('fails') || new Set(words).size > 1
}

test('what is not unsure is what the engine does, whichever way it matches immutable tags', () => {
  const seen: Record<string, number> = {}
  fc.assert(
    fc.property(repositories, anyRules, immutableRules, (listed, rules, immutable) => {
      const words = sandboxWords(rules, immutable, listed)
      const [older, newer] = [words('old'), words('new')]
      const read = immutableRuleOperations.immutableRuleList.response.parse({ immutable_rules: immutable })
      const decided = decideAtOnce(
        { rules: retention.shape.rules.parse(rules) },
        new NamespaceImages(listed.map(({ name, images }) => ({ name, images: candidatesOf(images) }))),
        new ImmutableRules(read.immutable_rules),
        now,
      )
      for (const [place, found] of decided.repositories.entries()) {
        // Whatever the tags of an image are called, it is a candidate.
        expect(found.repository.images).toEqual(listed[place]?.images)
        for (const [index, each] of found.repository.images.entries()) {
          const { decision, because, immutable: spared } = found.at(index)
          const said = [older.get(each), newer.get(each)]
          seen[because ?? decision] = (seen[because ?? decision] ?? 0) + 1
          // Held by an immutable tag, it stays even where the run fails.
          const stays = spared === null ? said : said.map((word) => (word === 'fails' ? 'keep' : word))
          if (decision !== 'unsure') expect(stays).toEqual([decision, decision])
          else if (because === 'run_fails') expect(said).toEqual(['fails', 'fails'])
          else if (because === 'pattern_error') expect(mayFail(rules, immutable, listed, each)).toBe(true)
          else expect(['tie', 'immutable_versions', 'engine_versions']).toContain(because)
        }
      }
    }),
    { numRuns: 3000 },
  )
  // Every kind of verdict was met.
  for (const word of [
    'keep',
    'delete',
    'untouched',
    'tie',
    'immutable_versions',
    'engine_versions',
    'run_fails',
    'pattern_error',
  ])
    expect([word, (seen[word] ?? 0) > 0]).toEqual([word, true])
})

test('a tie is one: in some order of the list the engine keeps the image, in another it does not', () => {
  const one = fc.record({
    template: fc.constantFrom('latestPushedK', 'latestPulledN'),
    keep: fc.integer({ min: 1, max: 5 }),
  })
  fc.assert(
    fc.property(fc.array(image, { minLength: 2, maxLength: 8 }), one, (images, { template: name, keep }) => {
      const rules = [
        {
          action: 'retain',
          template: name,
          params: { [name]: keep },
          tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: '**' }],
          scope_selectors: { repository: [] },
        },
      ]
      const [found] = decideAtOnce(
        { rules: retention.shape.rules.parse(rules) },
        new NamespaceImages([{ name: 'api', images }]),
        new ImmutableRules([]),
        now,
      ).repositories
      for (const [index, each] of images.entries()) {
        const first = [each, ...images.filter((other) => other !== each)]
        const kept = [first, first.toReversed()].map((order) => keptOf(rules, order, now.getTime()).has(each))
        expect(found?.decisionOf(index) === 'unsure').toBe(kept[0] !== kept[1])
      }
    }),
    { numRuns: 500 },
  )
})
