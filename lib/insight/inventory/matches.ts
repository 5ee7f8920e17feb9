import 'server-only'
import type { Filter, MatchedRepository, Matches, NearMiss } from '../../contract/console/matches'
import { HintBudget, maxHintedLength, maxNearMisses, nearMisses } from '../../policy/pattern/near-miss'
import { neverFlaw } from '../../policy/pattern/never-matches'
import { remoteEndpointOf } from '../copy-plan/remote-endpoint'
import type { ConsoleRequest } from '../handler'
import { TimeSlicer } from '../time-slice'
import { PolicyFilter, patternError } from './filter'
import { type InventoryState, inventoryOf } from './inventory'
import type { InventoryRepository } from './state'

const maxExamples = 5
/** Milliseconds after which there are no hints; the numbers come first. */
const hintMs = 250
interface Sum {
  tags: number
  untagged: number
  size: number
  newest: number
  /** 0 when no time is known. */
  oldest: number
}

const nothing = (): Sum => ({ tags: 0, untagged: 0, size: 0, newest: 0, oldest: 0 })
const earlier = (a: number, b: number) => (a === 0 || b === 0 ? a + b : Math.min(a, b))
const momentOrNull = (time: number) => (time === 0 ? null : new Date(time).toISOString())

/** What of a repository is copied; null when nothing is. An image with several tags is counted once. */
async function sumOf(
  repository: InventoryRepository,
  selection: PolicyFilter,
  slices: TimeSlicer,
): Promise<Sum | null> {
  const sum = nothing()
  let any = false
  for (const image of repository.images) {
    if (slices.isOver()) await slices.breathe()
    const tags = selection.tags(image)
    if (!tags) continue
    any = true
    sum.tags += tags.length
    if (tags.length === 0) sum.untagged += 1
    sum.size += image.size
    sum.newest = Math.max(sum.newest, image.pushed)
    sum.oldest = earlier(sum.oldest, image.pushed)
  }
  return any ? sum : null
}

function shown(repository: InventoryRepository, sum: Sum, selection: PolicyFilter): MatchedRepository {
  const newest = repository.images.toSorted((a, b) => b.pushed - a.pushed)
  const tags: string[] = []
  for (const image of newest) {
    if (tags.length >= maxExamples) break
    tags.push(...(selection.tags(image) ?? []))
  }
  return {
    name: repository.name,
    tags: sum.tags,
    size: sum.size,
    newest: momentOrNull(sum.newest),
    oldest: momentOrNull(sum.oldest),
    examples: tags.slice(0, maxExamples),
  }
}

/** Names that a filter is judged by: those that the others let pass. */
function* namesFor(
  index: number,
  { type }: Filter,
  selection: PolicyFilter,
  repositories: readonly InventoryRepository[],
) {
  const names = new Set<string>()
  for (const { name, images } of repositories) {
    if (type === 'tag' && !selection.takes('name', name)) continue
    for (const each of type === 'name' ? [name] : images.flatMap(({ tags }) => tags)) {
      if (names.size >= maxNearMisses) return names
      if (!names.has(each) && selection.takes(type, each, index)) names.add(each)
      yield
    }
  }
  return names
}

/** Hints for each filter; the work for them is bounded by steps, so that the same question always has the same hints. */
function* hints(
  filters: readonly Filter[],
  selection: PolicyFilter,
  looked: InventoryState,
  empty: readonly InventoryRepository[],
) {
  const budget = new HintBudget()
  const near: NearMiss[] = []
  for (const [at, filter] of filters.entries()) {
    const { type, value, excludes } = filter
    // What a pattern leaves out was hardly meant to be in it.
    if (value === '' || excludes || value.length > maxHintedLength || budget.isSpent) continue
    near.push(
      ...(yield* nearMisses(type, value, [...(yield* namesFor(at, filter, selection, looked.repositories))], budget)),
    )
  }
  const typed = filters.filter(({ type, value, excludes }) => type === 'tag' && value !== '' && !excludes)
  // What is wrong with the text itself is said by whoever typed it.
  if (empty.length === 0 || typed.length === 0 || typed.some(({ value }) => neverFlaw(value, 'tag'))) return near
  const examples = empty.slice(0, 3).map(({ name }) => name)
  return [...near, { kind: 'tags_none', filter: 'tag', examples, count: empty.length, suggestion: null } as const]
}

/** Where the pattern stands that takes the time. */
const longestOf = (filters: readonly Filter[]) =>
  filters.reduce((most, { value }, index) => (value.length > (filters[most]?.value.length ?? 0) ? index : most), 0)

/** What the filters would take of what is listed now. */
export async function matchesIn(looked: InventoryState, filters: readonly Filter[], most: number): Promise<Matches> {
  const selection = new PolicyFilter(filters)
  const late = () => patternError(longestOf(filters), 'pattern_costly')
  const slices = new TimeSlicer(late)
  const found: [InventoryRepository, Sum][] = []
  const empty: InventoryRepository[] = []
  for (const repository of looked.repositories) {
    if (slices.isOver()) await slices.breathe()
    if (!selection.repository(repository)) continue
    const sum = await sumOf(repository, selection, slices)
    if (sum) found.push([repository, sum])
    else if (repository.images.some(({ tags }) => tags.length > 0)) empty.push(repository)
  }
  const repositories: MatchedRepository[] = []
  for (const [repository, sum] of found.slice(0, most)) {
    if (slices.isOver()) await slices.breathe()
    repositories.push(shown(repository, sum, selection))
  }
  const total = nothing()
  for (const [, sum] of found) {
    total.tags += sum.tags
    total.untagged += sum.untagged
    total.size += sum.size
    total.newest = Math.max(total.newest, sum.newest)
    total.oldest = earlier(total.oldest, sum.oldest)
  }
  return {
    seen: true,
    at: looked.at.toISOString(),
    complete: looked.complete,
    refreshing: looked.refreshing,
    capped: looked.capped,
    problem: looked.problem?.code ?? null,
    listed: { repositories: looked.repositories.length, tags: looked.tags },
    total: { repositories: found.length, tags: total.tags, size: total.size },
    untagged: total.untagged,
    newest: momentOrNull(total.newest),
    oldest: momentOrNull(total.oldest),
    repositories,
    near: await new TimeSlicer(late, hintMs).through<NearMiss[]>(hints(filters, selection, looked, empty), []),
  }
}

const unseen = (): Matches => ({
  seen: false,
  at: new Date().toISOString(),
  complete: false,
  refreshing: false,
  capped: false,
  problem: null,
  listed: { repositories: 0, tags: 0 },
  total: { repositories: 0, tags: 0, size: 0 },
  untagged: 0,
  newest: null,
  oldest: null,
  repositories: [],
  near: [],
})

export async function matchPreview({ actor, params, body }: ConsoleRequest<'matchPreview'>): Promise<Matches> {
  // A flaw is told without waiting for a listing.
  new PolicyFilter(body.filters)
  const here = { connection: params.connection, instance: params.instance_id }
  const source = body.source === undefined ? here : await remoteEndpointOf(actor, here, body.source)
  // A Basic Edition source is listed repository by repository: too dear for what is typed.
  if (!source || ('kind' in source && source.kind === 'basic')) return unseen()
  const looked = await inventoryOf(actor, source)
  return matchesIn(looked, body.filters, body.most)
}
