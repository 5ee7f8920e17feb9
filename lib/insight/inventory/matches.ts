import 'server-only'
import type { Filter, MatchedRepository, Matches, NearMiss } from '../../contract/console/matches'
import { mostNames, nearMisses, tagsTaken } from '../../policy/pattern/near-miss'
import type { AskedOwn } from '../handler'
import { Slices } from '../time-slice'
import { refusal, Selection } from './filter'
import { type Looked, listing } from './inventory'
import type { ListedRepository } from './state'

const examples = 5
/** Milliseconds for the hints; the numbers come first. */
const hintTime = 40

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
async function sumOf(repository: ListedRepository, selection: Selection, slices: Slices): Promise<Sum | null> {
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

function shown(repository: ListedRepository, sum: Sum, selection: Selection): MatchedRepository {
  const newest = repository.images.toSorted((a, b) => b.pushed - a.pushed)
  const tags: string[] = []
  for (const image of newest) {
    if (tags.length >= examples) break
    tags.push(...(selection.tags(image) ?? []))
  }
  return {
    name: repository.name,
    tags: sum.tags,
    size: sum.size,
    newest: momentOrNull(sum.newest),
    oldest: momentOrNull(sum.oldest),
    examples: tags.slice(0, examples),
  }
}

/** Hints for each filter, by the names that the others let pass. */
function hints(filters: readonly Filter[], selection: Selection, looked: Looked, empty: readonly ListedRepository[]) {
  // Work, not time: on a busy machine the same question is to have the same hints.
  const before = process.cpuUsage()
  const isLate = () => process.cpuUsage(before).user > hintTime * 1000
  const near: NearMiss[] = []
  const passing = looked.repositories.filter((repository) => selection.repository(repository))
  const tagNames = () => new Set(passing.flatMap(({ images }) => images.flatMap(({ tags }) => tags)))
  const leftBy = (names: Iterable<string>, type: Filter['type'], at: number) => {
    const left: string[] = []
    for (const name of names) {
      if (left.length >= mostNames || isLate()) break
      if (selection.takes(type, name, at)) left.push(name)
    }
    return left
  }
  filters.forEach(({ type, value, excludes }, at) => {
    // What a pattern leaves out was hardly meant to be in it.
    if (value === '' || excludes || isLate()) return
    const names = type === 'name' ? looked.repositories.map(({ name }) => name) : tagNames()
    near.push(...nearMisses(type, value, leftBy(names, type, at), isLate))
  })
  const [first] = empty
  const tagFilters = filters.filter(({ type, value }) => type === 'tag' && value !== '')
  const [only] = tagFilters
  if (!first || !only || only.excludes) return near
  const suggestion =
    tagFilters.length === 1
      ? tagsTaken(
          only.value,
          first.images.flatMap(({ tags }) => tags),
        )
      : null
  const named = empty.slice(0, 3).map(({ name }) => name)
  return [...near, { kind: 'tags_none', filter: 'tag', examples: named, count: empty.length, suggestion } as const]
}

/** Where the pattern stands that takes the time. */
const longestOf = (filters: readonly Filter[]) =>
  filters.reduce((most, { value }, at) => (value.length > (filters[most]?.value.length ?? 0) ? at : most), 0)

/** What the filters would take of what is listed now. */
export async function matchesIn(looked: Looked, filters: readonly Filter[], most: number): Promise<Matches> {
  const selection = new Selection(filters)
  const slices = new Slices(() => refusal(longestOf(filters), 'pattern_costly'))
  const found: [ListedRepository, Sum][] = []
  const empty: ListedRepository[] = []
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
    near: hints(filters, selection, looked, empty),
  }
}

export async function matchPreview({ actor, params, body }: AskedOwn<'matchPreview'>): Promise<Matches> {
  // A flaw is told without waiting for a listing.
  new Selection(body.filters)
  const looked = await listing(actor, { connection: params.connection, instance: params.instance_id })
  return matchesIn(looked, body.filters, body.most)
}
