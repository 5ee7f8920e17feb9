import type { Finding } from '../../contract/console/checks'
import { destinationOf } from '../replication/destination'
import type { Steps } from '../retention/steps'
import { type Example, type Group, Groups } from './groups'
import type { Selections } from './selection'
import { type CheckedPolicy, maxExamples, toFinding } from './subject'

/** Policies that select the same and put it in the same place. */
interface Copying {
  readonly policies: CheckedPolicy[]
  readonly policy: CheckedPolicy['policy']
  readonly registry: number
}

interface Writer {
  readonly copying: Copying
  /** By its place. */
  readonly repository: number
}

function* copyingsOf(pushes: readonly CheckedPolicy[], selections: Selections): Steps<Copying[]> {
  const byKey = new Map<string, Copying>()
  for (const push of pushes) {
    yield
    const { policy, registry } = push
    const key = JSON.stringify([registry.id, policy.dest_namespace || '', selections.keyOf(policy)])
    const known = byKey.get(key)
    if (known) known.policies.push(push)
    else byKey.set(key, { policies: [push], policy, registry: registry.id })
  }
  return [...byKey.values()]
}

/** Who writes which repository of which registry. */
function* writersOf(copyings: readonly Copying[], selections: Selections): Steps<Writer[][]> {
  const byRegistry = new Map<number, Map<string, Writer[]>>()
  for (const copying of copyings) {
    yield
    const byName = byRegistry.get(copying.registry) ?? new Map<string, Writer[]>()
    byRegistry.set(copying.registry, byName)
    for (const repository of yield* selections.repositoriesOf(copying.policy)) {
      const destination = destinationOf(copying.policy, selections.nameAt(repository))
      const writers = byName.get(destination)
      if (writers) writers.push({ copying, repository })
      else byName.set(destination, [{ copying, repository }])
    }
  }
  return [...byRegistry.values()].flatMap((byName) => [...byName.values()])
}

const overrides = ({ policy }: CheckedPolicy) => policy.override === true

/** Only what is written from two sources, or by policies of which some overwrite, is worth a look at its tags. */
function isContested(writers: readonly Writer[]): boolean {
  const sources = new Set(writers.map(({ repository }) => repository))
  const ways = new Set(writers.flatMap(({ copying }) => copying.policies.map(overrides)))
  return sources.size > 1 || ways.size > 1
}

/** Groups the tags of one destination by those who write them. */
function* group(
  groups: Groups,
  writers: readonly Writer[],
  numbers: Map<Copying, number>,
  selections: Selections,
): Steps<void> {
  const repositories = [...new Set(writers.map(({ repository }) => repository))].sort((a, b) => a - b)
  const [writer] = writers
  if (!writer) return
  const destination = destinationOf(writer.copying.policy, selections.nameAt(writer.repository))
  const sources = repositories.map((repository) => selections.nameAt(repository))
  const places = new Map(repositories.map((repository, index) => [repository, index]))
  const byTag = new Map<string, number>()
  for (const { copying, repository } of writers) {
    const takes = selections.takesTag(copying.policy)
    const member = { copying: numbers.get(copying) ?? 0, source: places.get(repository) ?? 0 }
    for (const tag of selections.tagsOf(repository)) {
      yield
      if (takes(tag)) byTag.set(tag, groups.with(byTag.get(tag) ?? 0, member))
    }
  }
  for (const [tag, at] of byTag) groups.add(at, { destination, tag, sources })
}

interface Pair {
  readonly policies: readonly CheckedPolicy[]
  count: number
  readonly examples: string[]
}

type Kind = 'same_destination' | 'different_override'

const maxSources = 3

/** Names of the sources that are used, the first few. */
function said(sources: readonly string[], used: ReadonlySet<number>): string {
  const names = [...used].flatMap((source) => sources[source] ?? [])
  return [...names.slice(0, maxSources), ...(names.length > maxSources ? ['…'] : [])].join(', ')
}
const different = ({ destination, tag, sources }: Example, used: ReadonlySet<number>) =>
  `${destination}:${tag} ← ${said(sources, used)}`
const same = ({ tag, sources }: Example, used: ReadonlySet<number>) => `${said(sources, used)}:${tag}`

/** What two policies, or one by itself, have in common, group by group. */
class Pairs {
  private readonly byKind = { same_destination: new Map<string, Pair>(), different_override: new Map<string, Pair>() }

  constructor(
    private readonly copyings: readonly Copying[],
    private readonly only: number | undefined,
  ) {}

  *take({ members, count, examples }: Group): Steps<void> {
    const sources = new Map<number, Set<number>>()
    for (const { copying, source } of members) sources.set(copying, (sources.get(copying) ?? new Set()).add(source))
    const list = [...sources].flatMap(([at, used]) =>
      (this.copyings[at]?.policies ?? []).map((policy) => ({ policy, used })),
    )
    for (const [at, a] of list.entries()) {
      yield
      for (const b of list.slice(at)) {
        if (this.only !== undefined && a.policy.id !== this.only && b.policy.id !== this.only) continue
        const policies = a === b ? [a.policy] : [a.policy, b.policy]
        const both = a.used === b.used ? a.used : new Set([...a.used, ...b.used])
        if (both.size > 1) this.note('same_destination', policies, count, () => examples.map((e) => different(e, both)))
        if (overrides(a.policy) === overrides(b.policy)) continue
        const shared = new Set([...a.used].filter((source) => b.used.has(source)))
        const overFirst = overrides(a.policy) ? policies : policies.toReversed()
        if (shared.size > 0)
          this.note('different_override', overFirst, count, () => examples.map((e) => same(e, shared)))
      }
    }
  }

  *findings(): Steps<Finding[]> {
    const found: Finding[] = []
    for (const kind of ['same_destination', 'different_override'] as const)
      for (const { policies, count, examples } of this.byKind[kind].values()) {
        yield
        found.push(toFinding(kind, policies, { registry: policies[0]?.registry ?? null, count, examples }))
      }
    return found
  }

  private note(kind: Kind, policies: readonly CheckedPolicy[], count: number, examples: () => string[]) {
    const key = policies.map(({ id }) => id).join()
    const pair = this.byKind[kind].get(key) ?? { policies, count: 0, examples: [] }
    this.byKind[kind].set(key, pair)
    pair.count += count
    if (pair.examples.length < maxExamples)
      pair.examples.push(...examples().slice(0, maxExamples - pair.examples.length))
  }
}

/**
 * Push policies that write the same tag of the same registry: from different sources, or from the same one where one
 * overwrites what is there and the other does not. Each count is one of tags at the destination.
 */
export function* checkWrites(
  enabled: readonly CheckedPolicy[],
  selections: Selections,
  only?: number,
): Steps<Finding[]> {
  const pushes = enabled.filter(({ direction }) => direction === 'push')
  const copyings = yield* copyingsOf(pushes, selections)
  const isMine = ({ copying }: Writer) => copying.policies.some(({ id }) => id === only)
  const numbers = new Map(copyings.map((copying, index) => [copying, index]))
  const groups = new Groups()
  for (const writers of yield* writersOf(copyings, selections)) {
    if ((only !== undefined && !writers.some(isMine)) || !isContested(writers)) continue
    yield* group(groups, writers, numbers, selections)
  }
  const pairs = new Pairs(copyings, only)
  for (const each of groups.all()) yield* pairs.take(each)
  return yield* pairs.findings()
}
