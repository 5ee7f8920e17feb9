import type { Finding } from '../../contract/console/checks'
import type { Retention } from '../../contract/swr/retention'
import { decideRetention, refusesRun } from '../retention/decision'
import type { Selections } from './selection'
import { type CheckedPolicy, maxExamples, type Steps, toFinding } from './subject'

/** Push policies that select the same. */
interface Selected {
  readonly policies: CheckedPolicy[]
  readonly repositories: ReadonlySet<number>
  readonly takes: (tag: string) => boolean
}

function* selectedBy(pushes: readonly CheckedPolicy[], selections: Selections): Steps<Selected[]> {
  const byKey = new Map<string, Selected>()
  for (const push of pushes) {
    const key = selections.keyOf(push.policy)
    const known = byKey.get(key)
    if (known) known.policies.push(push)
    else {
      yield
      const repositories = new Set(yield* selections.repositoriesOf(push.policy))
      byKey.set(key, { policies: [push], repositories, takes: selections.takesTag(push.policy) })
    }
  }
  return [...byKey.values()]
}

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

/** Tags of a repository that a run of the policy would delete. */
function deletedOf(retention: Retention, namespace: string, place: number, selections: Selections, now: Date) {
  const images = selections.repositories[place]?.images ?? []
  const verdict = decideRetention(retention, selections.nameAt(place).slice(namespace.length + 1), images, now)
  return typeof verdict === 'string'
    ? []
    : images.flatMap((image, index) => (verdict[index] === null ? image.tags : []))
}

/** Enabled retention policies that would delete, if they ran now, what push policies select. */
export function* checkRetentions(
  enabled: readonly CheckedPolicy[],
  retentions: readonly Retention[],
  selections: Selections,
  now: Date,
  only?: number,
): Steps<Finding[]> {
  const pushes = enabled.filter(({ direction, id }) => direction === 'push' && (only === undefined || id === only))
  const all = yield* selectedBy(pushes, selections)
  const places = placesByNamespace(selections)
  const found: Finding[] = []
  for (const retention of retentions) {
    const { id, name, namespace_name: namespace, enabled: isOn } = retention
    if (id === undefined || !namespace || isOn !== true) continue
    const inside = (place: number) => selections.nameAt(place).slice(namespace.length + 1)
    const stopped = refusesRun(retention, (places.get(namespace) ?? []).map(inside))
    yield
    if (stopped) continue
    const hit = new Set<Selected>()
    const examples: string[] = []
    let count = 0
    for (const place of places.get(namespace) ?? []) {
      yield
      const here = all.filter(({ repositories }) => repositories.has(place))
      if (here.length === 0) continue
      for (const tag of deletedOf(retention, namespace, place, selections, now)) {
        yield
        const takers = here.filter(({ takes }) => takes(tag))
        if (takers.length === 0) continue
        for (const taker of takers) hit.add(taker)
        count += 1
        if (examples.length < maxExamples) examples.push(`${selections.nameAt(place)}:${tag}`)
      }
    }
    if (count === 0) continue
    const policies = all
      .flatMap((each) => (hit.has(each) ? each.policies : []))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
    const policy = { namespace, id, name: name ?? `#${id}` }
    found.push(toFinding('retention_deletes', policies, { retention: policy, count, examples }))
  }
  return found
}
