import type { Finding } from '../../contract/console/checks'
import { destinationOf } from '../replication/destination'
import type { Steps } from '../retention/steps'
import type { Selections } from './selection'
import { type CheckedPolicy, isByEvent, maxExamples, type ReversePolicy, toFinding } from './subject'

type Way = Pick<CheckedPolicy['policy'], 'filters' | 'dest_namespace'>

/** Names of a repository here, there and here again; one name when it never changes. */
const chain = (names: readonly string[]) => ([...new Set(names)].length === 1 ? (names[0] ?? '') : names.join(' → '))

/**
 * Repositories that are copied out, come back under a name that is copied out again, and come back once more. Names settle
 * after one round: only their last part or all of them is kept each time.
 */
function* goingRound(out: Way, back: Way, selections: Selections): Steps<{ count: number; examples: string[] }> {
  const [leaves, returns] = [selections.takesName(out), selections.takesName(back)]
  const [leavesTag, returnsTag] = [selections.takesTag(out), selections.takesTag(back)]
  const examples: string[] = []
  let count = 0
  for (const repository of yield* selections.repositoriesOf(out)) {
    yield
    const here = selections.nameAt(repository)
    const there = destinationOf(out, here)
    if (!returns(there)) continue
    const again = destinationOf(back, there)
    if (!leaves(again) || !returns(destinationOf(out, again))) continue
    let goes = false
    for (const tag of selections.tagsOf(repository)) {
      goes = leavesTag(tag) && returnsTag(tag)
      if (goes) break
      yield
    }
    if (!goes) continue
    count += 1
    if (examples.length < maxExamples) examples.push(chain([here, there, again]))
  }
  return { count, examples }
}

/**
 * A push policy by event whose repositories come back: by a pull policy from the same registry, each run of which is a push
 * here, or by a push policy by event of the instance behind the registry.
 */
export function* checkCircles(
  enabled: readonly CheckedPolicy[],
  back: ReadonlyMap<number, readonly ReversePolicy[]>,
  selections: Selections,
  only?: number,
): Steps<Finding[]> {
  const concerns = (...ids: number[]) => only === undefined || ids.includes(only)
  const found: Finding[] = []
  for (const out of enabled.filter((each) => each.direction === 'push' && isByEvent(each))) {
    for (const pull of enabled) {
      if (pull.direction !== 'pull' || pull.registry.id !== out.registry.id || !concerns(out.id, pull.id)) continue
      const { count, examples } = yield* goingRound(out.policy, pull.policy, selections)
      if (count > 0) found.push(toFinding('event_circle', [out, pull], { registry: out.registry, count, examples }))
    }
    for (const { connection, instance, policy } of concerns(out.id) ? (back.get(out.registry.id) ?? []) : []) {
      const { count, examples } = yield* goingRound(out.policy, policy, selections)
      const { id = 0, name = `#${id}` } = policy
      const elsewhere = { connection, instance, id, name }
      if (count > 0)
        found.push(toFinding('event_circle', [out], { registry: out.registry, elsewhere, count, examples }))
    }
  }
  return found
}
