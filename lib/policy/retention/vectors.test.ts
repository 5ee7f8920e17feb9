import { describe, expect, test } from 'vitest'
import { immutableRuleOperations } from '../../contract/swr/immutable-rule'
import { retention } from '../../contract/swr/retention'
import { decideAtOnce, type ImageDecision } from './decide'
import { ImmutableRules } from './immutable'
import { NamespaceImages } from './namespace-images'
import engineAnswers from './retention-vectors.json'

interface Answer {
  readonly retained?: readonly string[] | undefined
  readonly deleted?: readonly string[] | undefined
  readonly undecided?: readonly string[] | undefined
}

interface EngineCase extends Answer {
  readonly name: string
  readonly now?: string | undefined
  readonly rules: unknown
  readonly immutable_rules?: readonly unknown[] | undefined
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
  readonly other_versions?:
    | Readonly<Record<string, (Answer & { dry_run?: Answer; run?: Answer }) | undefined>>
    | undefined
}
const vectors: { readonly now: string; readonly count: number; readonly cases: readonly EngineCase[] } = engineAnswers

const moment = (time: string) => Math.max(0, Date.parse(time))

/** The console's decisions by the labels of the artifacts. */
function decisionsOf({ now = vectors.now, rules, immutable_rules: immutable = [], artifacts }: EngineCase) {
  const names = [...new Set(artifacts.map(({ repository }) => repository))]
  const read = immutableRuleOperations.immutableRuleList.response.parse({
    immutable_rules: immutable.map((rule, index) => ({ ...Object(rule), id: index + 1 })),
  })
  const images = names.map((name) => ({
    name,
    images: artifacts
      .filter(({ repository }) => repository === name)
      .map(({ digest, tags, push_time, pull_time, tag_times = {} }) => {
        const times = [{ push_time, pull_time }, ...Object.values(tag_times).filter((time) => time !== undefined)]
        const pushed = Math.max(...times.map((time) => moment(time.push_time)))
        const pulled = Math.max(...times.map((time) => moment(time.pull_time)))
        return { digest, tags, pushed, pulled }
      }),
  }))
  const policy = { rules: retention.shape.rules.parse(rules) }
  const found = decideAtOnce(
    policy,
    new NamespaceImages(images),
    new ImmutableRules(read.immutable_rules),
    new Date(now),
  )
  const decisions = new Map<string, ImageDecision>()
  for (const each of found.repositories)
    for (const [index, { digest }] of each.repository.images.entries()) decisions.set(digest, each.at(index))
  return { decisions, refused: found.refused }
}

type Word = 'keep' | 'delete' | 'untouched' | 'unsure'

function answered(each: EngineCase, digest: string): Word {
  if (each.retained.includes(digest)) return 'keep'
  if (each.deleted.includes(digest)) return 'delete'
  return each.untouched.includes(digest) ? 'untouched' : 'unsure'
}

/** Whether an older engine does something else with an image than the answer says. */
function isVersioned({ other_versions: others = {}, ...each }: EngineCase, digest: string): boolean {
  const stays = (answer: Answer) => !answer.deleted?.includes(digest)
  return Object.values(others)
    .flatMap((other) => (other ? [other.dry_run ?? other, other.run ?? other] : []))
    .some((other) => stays(other) !== stays(each))
}

const reasons: Readonly<Record<string, readonly string[]>> = {
  ties: ['tie'],
  refused: ['run_fails', 'rule_unreadable'],
  race: ['pattern_error'],
}

describe('what the engine of Harbor answered', () => {
  test.each(vectors.cases.map((each): [string, EngineCase] => [each.name, each]))('%s', (_, each) => {
    const { decisions, refused } = decisionsOf(each)
    expect(refused).toBe(each.run_refused === true)
    for (const { digest, repository } of each.artifacts) {
      const found = decisions.get(digest)
      const expected = answered(each, digest)
      if (expected === 'unsure') {
        expect([digest, found?.decision]).toEqual([digest, 'unsure'])
        expect(reasons[each.why?.[repository] ?? '']).toContain(found?.because)
      } else if (isVersioned(each, digest)) expect([digest, found?.decision]).toEqual([digest, 'unsure'])
      else if (found?.decision !== 'unsure') expect([digest, found?.decision]).toEqual([digest, expected])
      if (found?.decision === 'keep')
        expect([digest, found.immutable !== null]).toEqual([digest, each.immutable?.includes(digest) ?? false])
    }
  })

  test('is never contradicted, and left open where it has to be and in at most 2 % of the rest', () => {
    const count = { wrong: 0, versions: 0, tie: 0, refused: 0, rest: 0, openOfRest: 0 }
    for (const each of vectors.cases) {
      const { decisions } = decisionsOf(each)
      for (const { digest, repository } of each.artifacts) {
        const [found, expected] = [decisions.get(digest)?.decision, answered(each, digest)]
        const open = found === 'unsure'
        if (!open && found !== expected) count.wrong += 1
        if (expected === 'unsure') count[each.why?.[repository] === 'ties' ? 'tie' : 'refused'] += 1
        else if (isVersioned(each, digest)) count.versions += 1
        else {
          count.rest += 1
          if (open) count.openOfRest += 1
        }
      }
    }
    console.info(`Retention vectors: ${JSON.stringify(count)}`)
    expect(count.wrong).toBe(0)
    expect(count.openOfRest / count.rest).toBeLessThanOrEqual(0.02)
  })

  test('are all of them, none left out', () => {
    expect(vectors.cases).toHaveLength(vectors.count)
    expect(vectors.count).toBe(90)
    expect(new Set(vectors.cases.map(({ name }) => name)).size).toBe(90)
  })
})
