import type { NearMiss } from '../../contract/console/matches'
import { Glob } from './glob'
import { checkPattern, trimPattern } from './pattern'
import { type Edit, oneDeeper, oneShallower, withWholeStars } from './suggestions'

type Kind = NearMiss['kind']
type FilterType = NearMiss['filter']

/** Names that are looked at; a hint does not need all of them. */
export const mostNames = 5_000
const mostExamples = 3

interface Found {
  readonly hits: readonly string[]
  readonly suggestion: string | null
}

/** Takes the pattern and finds what it leaves out that was probably meant. Stops looking when `isLate` says so. */
class Search {
  private readonly missed: readonly string[]
  private readonly taken: readonly string[]

  constructor(
    readonly pattern: string,
    names: readonly string[],
    readonly isLate: () => boolean,
  ) {
    const glob = new Glob(pattern)
    const [missed, taken]: [string[], string[]] = [[], []]
    for (const name of names.slice(0, mostNames)) {
      if (isLate()) break
      const side = glob.match(name) === true ? taken : missed
      side.push(name)
    }
    this.missed = missed
    this.taken = taken.slice(0, 50)
  }

  hits(pattern: string): readonly string[] {
    if (pattern === this.pattern || checkPattern(pattern) !== null || this.isLate()) return []
    const glob = new Glob(pattern)
    return this.missed.filter((name) => !this.isLate() && glob.match(name) === true)
  }

  /** The first that is valid, takes the names, and still takes what the pattern takes now. */
  suggestion(patterns: readonly string[], names: readonly string[]): string | null {
    const examples = [...names.slice(0, 50), ...this.taken]
    return patterns.find((pattern) => this.takesAll(pattern, examples)) ?? null
  }

  private takesAll(pattern: string, names: readonly string[]) {
    if (checkPattern(pattern) !== null) return false
    const glob = new Glob(pattern)
    return names.every((name) => !this.isLate() && glob.match(name) === true)
  }

  /** Of several edits the one that finds most. */
  byEdits(edits: readonly Edit[]): Found | null {
    const found = edits.map(({ finds, suggestions }) => ({ hits: this.hits(finds), suggestions }))
    const best = found.reduce<(typeof found)[number] | null>(
      (most, each) => (each.hits.length > (most?.hits.length ?? 0) ? each : most),
      null,
    )
    return best && { hits: best.hits, suggestion: this.suggestion(best.suggestions, best.hits) }
  }

  byPatterns(patterns: readonly string[]): Found | null {
    return this.byEdits(
      patterns
        .map((pattern) => ({ finds: pattern, suggestions: [pattern] }))
        .filter(({ finds }) => this.takesAll(finds, this.taken)),
    )
  }

  byCase(): Found | null {
    const lower = this.pattern.toLowerCase()
    if (checkPattern(lower) !== null || this.isLate()) return null
    const glob = new Glob(lower)
    const hits = this.missed.filter((name) => !this.isLate() && glob.match(name.toLowerCase()) === true)
    if (hits.length === 0) return null
    const variants = [lower, this.pattern.toUpperCase()]
    return {
      hits,
      suggestion: this.suggestion([...variants, ...variants.map((each) => `{${this.pattern},${each}}`)], hits),
    }
  }
}

/**
 * What a filter leaves out although it was probably meant, judged by the names that there are. Every suggestion was tried: it
 * takes the names and what the filter takes already. `isLate` bounds the time.
 */
export function nearMisses(
  filter: FilterType,
  pattern: string,
  names: readonly string[],
  isLate: () => boolean = () => false,
): NearMiss[] {
  if (pattern === '' || checkPattern(pattern) !== null) return []
  const search = new Search(pattern, names, isLate)
  const levels = filter === 'name'
  const found: [Kind, Found | null][] = [
    ['space', search.byPatterns([trimPattern(pattern)])],
    ['lone_stars', levels ? search.byPatterns(withWholeStars(pattern)) : null],
    ['case', search.byCase()],
    ['deeper', levels ? search.byEdits(oneDeeper(pattern)) : null],
    ['shallower', levels ? search.byEdits(oneShallower(pattern)) : null],
  ]
  // One name has one reason: what an earlier one explains is not said again.
  const said = new Set<string>()
  return found.flatMap(([kind, each]) => {
    const hits = each?.hits.filter((name) => !said.has(name)) ?? []
    for (const name of hits) said.add(name)
    if (!each || hits.length === 0) return []
    return [{ kind, filter, examples: hits.slice(0, mostExamples), count: hits.length, suggestion: each.suggestion }]
  })
}

/** A pattern that also takes tags like those that are there; verified. */
export function tagsTaken(pattern: string, tags: readonly string[]): string | null {
  const stem = /^[A-Za-z]+[-_.]?/.exec(tags[0] ?? '')?.[0]
  const candidates = [...(stem ? [`{${pattern},${stem}*}`] : []), '**']
  return (
    candidates.find((each) => checkPattern(each) === null && tags.some((tag) => new Glob(each).match(tag) === true)) ??
    null
  )
}
