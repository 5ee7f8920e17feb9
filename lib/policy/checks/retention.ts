import type { Finding } from '../../contract/console/checks'
import type { Retention } from '../../contract/swr/retention'
import { candidatesOf } from '../retention/accessories'
import { decideNamespaceImages } from '../retention/decide'
import { ImmutableRules } from '../retention/immutable'
import { deletesAllTags } from '../retention/keeps-nothing'
import { NamespaceImages } from '../retention/namespace-images'
import type { Steps } from '../retention/steps'
import { pullSource } from './pull-source'
import type { Selections } from './selection'
import { type CheckedPolicy, maxExamples, type Subject, toFinding } from './subject'

/** Policies that select the same. */
interface Selected {
  readonly policies: CheckedPolicy[]
  readonly takesRepository: (place: number) => boolean
  readonly takesTag: (tag: string) => boolean
}

function* pushedBy(enabled: readonly CheckedPolicy[], selections: Selections): Steps<Selected[]> {
  const byKey = new Map<string, Selected>()
  for (const push of enabled.filter(({ direction }) => direction === 'push')) {
    const key = selections.keyOf(push.policy)
    const known = byKey.get(key)
    if (known) known.policies.push(push)
    else {
      yield
      const repositories = new Set(yield* selections.repositoriesOf(push.policy))
      const takesRepository = (place: number) => repositories.has(place)
      byKey.set(key, { policies: [push], takesRepository, takesTag: selections.takesTag(push.policy) })
    }
  }
  return [...byKey.values()]
}

/** What pull policies that run by themselves write here. */
const pulledBy = (enabled: readonly CheckedPolicy[], selections: Selections): Selected[] =>
  enabled
    .filter(({ direction, policy }) => direction === 'pull' && policy.trigger?.type === 'scheduled')
    .map((pull) => {
      const writes = pullSource(pull.policy)
      return {
        policies: [pull],
        takesRepository: (place) => writes(selections.nameAt(place)),
        takesTag: selections.takesTag(pull.policy),
      }
    })

function placesByNamespace(selections: Selections): Map<string, number[]> {
  const places = new Map<string, number[]>()
  for (const [at, { name }] of selections.repositories.entries()) {
    const namespace = name.slice(0, name.indexOf('/'))
    const known = places.get(namespace)
    if (known) known.push(at)
    else places.set(namespace, [at])
  }
  return places
}

/** What a run would do in one namespace. */
interface Going {
  readonly retention: NonNullable<Finding['retention']>
  /** By the place of its repository. */
  readonly tags: readonly (readonly [place: number, tag: string])[]
  /** Of the images that the policy concerns. */
  readonly share: number
}

function* goingBy(
  policy: Retention,
  retention: Going['retention'],
  places: readonly number[],
  immutable: ImmutableRules,
  selections: Selections,
  now: Date,
): Steps<Going> {
  const inside = (place: number) => selections.nameAt(place).slice(retention.namespace.length + 1)
  const listed = places.map((place) => ({
    name: inside(place),
    images: candidatesOf(selections.repositories[place]?.images ?? []),
  }))
  const { repositories } = yield* decideNamespaceImages(policy, new NamespaceImages(listed), immutable, now)
  const tags: (readonly [number, string])[] = []
  const count = { gone: 0, concerned: 0 }
  for (const [index, decided] of repositories.entries()) {
    yield
    for (const [image, { tags: names }] of decided.repository.images.entries()) {
      if (decided.decisionOf(image) !== 'untouched') count.concerned += 1
      if (!decided.mayGo(image)) continue
      count.gone += 1
      for (const name of names) tags.push([places[index] ?? 0, name])
    }
  }
  return { retention, tags, share: count.concerned === 0 ? 0 : count.gone / count.concerned }
}

/** Policies that select what would go, and what of it. */
function* hitBy({ tags }: Going, all: readonly Selected[], selections: Selections) {
  const hit = new Set<Selected>()
  const examples: string[] = []
  let count = 0
  const takers = new Map<number, Selected[]>()
  for (const [place, tag] of tags) {
    yield
    const here = takers.get(place) ?? all.filter(({ takesRepository }) => takesRepository(place))
    takers.set(place, here)
    const taking = here.filter(({ takesTag }) => takesTag(tag))
    if (taking.length === 0) continue
    for (const taker of taking) hit.add(taker)
    count += 1
    if (examples.length < maxExamples) examples.push(`${selections.nameAt(place)}:${tag}`)
  }
  const policies = all
    .flatMap((each) => (hit.has(each) ? each.policies : []))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  return { policies, count, examples }
}

const half = 0.5

/**
 * Enabled retention policies that would delete, if they ran now, what push policies select, what pull policies copy back, or
 * more than half of what they concern.
 */
export function* checkRetentions(
  enabled: readonly CheckedPolicy[],
  { retentions, immutable, now }: Pick<Subject, 'retentions' | 'immutable' | 'now'>,
  selections: Selections,
  only?: number,
): Steps<Finding[]> {
  const concerned = enabled.filter(({ id }) => only === undefined || id === only)
  const [pushes, pulls] = [yield* pushedBy(concerned, selections), pulledBy(concerned, selections)]
  const places = placesByNamespace(selections)
  const found: Finding[] = []
  for (const policy of retentions) {
    const { id, name, namespace_name: namespace, enabled: isOn } = policy
    if (id === undefined || !namespace || isOn !== true) continue
    yield
    const retention = { namespace, id, name: name ?? `#${id}` }
    const rules = new ImmutableRules(immutable.get(namespace) ?? [])
    const going = yield* goingBy(policy, retention, places.get(namespace) ?? [], rules, selections, now)
    const kinds = [
      ['retention_deletes', pushes],
      ['retention_copied_back', pulls],
    ] as const
    for (const [kind, all] of kinds) {
      const { policies, count, examples } = yield* hitBy(going, all, selections)
      if (count > 0) found.push(toFinding(kind, policies, { retention, count, examples }))
    }
    // One that keeps nothing is another finding, and says more.
    if (only !== undefined || going.share <= half || deletesAllTags(policy)) continue
    const examples = going.tags.slice(0, maxExamples).map(([place, tag]) => `${selections.nameAt(place)}:${tag}`)
    found.push(toFinding('retention_most', [], { retention, count: going.tags.length, examples }))
  }
  return found
}
