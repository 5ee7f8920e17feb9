import type { NearMiss } from '../../contract/console/matches'
import { Glob } from './glob'
import { canMatch, neverFlaw, type PatternKind } from './never-matches'
import { checkPattern, trimPattern } from './pattern'
import { spelledLike } from './spelling'
import { type Edit, oneDeeper, oneShallower, variantsOf, withWholeStars } from './suggestions'

type Kind = NearMiss['kind']
type FilterType = NearMiss['filter']

/** Names that are looked at; a hint does not need all of them. */
export const maxNearMisses = 5_000
/** Longer patterns get no hints: SWR takes 512 signs in a selector, and Harbor keeps all filters of a policy in 1,024. */
export const maxHintedLength = 1_024
const maxExamples = 3

/** Steps of the matching engine that all hints of one question may take, so that equal questions get equal hints. */
export class HintBudget {
  private left: number

  constructor(steps = 400_000) {
    this.left = steps
  }

  spend(steps: number) {
    this.left -= steps
  }

  get isSpent(): boolean {
    return this.left <= 0
  }
}

/** Work in steps, between which others are served. */
type Steps<Result> = Generator<undefined, Result, void>

interface Found {
  readonly hits: readonly string[]
  readonly suggestion: string | null
}

/** What of the names a pattern takes; less than all of it once the budget is spent. */
export function* namesTaken(pattern: string, names: Iterable<string>, budget: HintBudget): Steps<string[]> {
  const glob = new Glob(pattern)
  const found: string[] = []
  let cost = 0
  for (const name of names) {
    if (budget.isSpent) break
    if (glob.match(name) === true) found.push(name)
    budget.spend(glob.cost - cost + 5)
    cost = glob.cost
    yield
  }
  return found
}

/** Takes the pattern and finds what it leaves out that was probably meant. */
class Search {
  constructor(
    readonly pattern: string,
    readonly missed: readonly string[],
    readonly taken: readonly string[],
    readonly budget: HintBudget,
  ) {}

  *hits(pattern: string): Steps<readonly string[]> {
    if (pattern === this.pattern || checkPattern(pattern) !== null) return []
    return yield* namesTaken(pattern, this.missed, this.budget)
  }

  /** The first that is valid, says no less than what was typed, takes the names, and still takes what the pattern takes. */
  *suggestion(patterns: readonly string[], names: readonly string[]): Steps<string | null> {
    const examples = [...names.slice(0, 50), ...this.taken.slice(0, 50)]
    for (const pattern of patterns)
      if (!this.saysLess(pattern) && (yield* this.takesAll(pattern, examples))) return pattern
    return null
  }

  *takesAll(pattern: string, names: readonly string[]): Steps<boolean> {
    if (checkPattern(pattern) !== null) return false
    return (yield* namesTaken(pattern, names, this.budget)).length === names.length
  }

  /** Without a letter left of what was typed, it would take everything: only who typed that for a part means it. */
  private saysLess(pattern: string): boolean {
    const says = (text: string) => /[^*?/{},]/.test(text)
    return !says(pattern) && variantsOf(this.pattern).every(says)
  }

  /** Of several edits the one that finds most. */
  *byEdits(edits: readonly Edit[]): Steps<Found | null> {
    let best: { hits: readonly string[]; suggestions: readonly string[] } | null = null
    for (const { finds, suggestions } of edits) {
      const hits = yield* this.hits(finds)
      if (hits.length > (best?.hits.length ?? 0)) best = { hits, suggestions }
    }
    return best && { hits: best.hits, suggestion: yield* this.suggestion(best.suggestions, best.hits) }
  }

  *byPatterns(patterns: readonly string[]): Steps<Found | null> {
    const edits: Edit[] = []
    for (const pattern of patterns)
      if (yield* this.takesAll(pattern, this.taken.slice(0, 50))) edits.push({ finds: pattern, suggestions: [pattern] })
    return yield* this.byEdits(edits)
  }

  *byCase(): Steps<Found | null> {
    const lower = this.pattern.toLowerCase()
    if (checkPattern(lower) !== null) return null
    const taken = new Set(yield* namesTaken(lower, new Set(this.missed.map((name) => name.toLowerCase())), this.budget))
    const hits = this.missed.filter((name) => taken.has(name.toLowerCase()))
    if (hits.length === 0) return null
    const variants = [lower, this.pattern.toUpperCase()]
    const both = variants.map((each) => `{${this.pattern},${each}}`)
    return { hits, suggestion: yield* this.suggestion([...variants, ...both], hits) }
  }
}

/** Signs that have a hint of their own here; for all others the typed text has to be repaired first. */
const hinted: readonly string[] = ['pattern_blank', 'pattern_upper']

/**
 * What a filter leaves out although it was probably meant, judged by the names that there are. Every suggestion was tried: it
 * takes the names and what the filter takes already. `budget` bounds the work; it is done in steps.
 */
export function* nearMisses(
  filter: FilterType,
  pattern: string,
  names: readonly string[],
  budget = new HintBudget(),
): Steps<NearMiss[]> {
  if (pattern === '' || pattern.length > maxHintedLength || checkPattern(pattern) !== null) return []
  const flaw = neverFlaw(pattern, kindOf(filter))
  if (flaw && !hinted.includes(flaw.code)) return []
  const some = names.slice(0, maxNearMisses)
  const taken = new Set(yield* namesTaken(pattern, some, budget))
  const search = new Search(
    pattern,
    some.filter((name) => !taken.has(name)),
    [...taken],
    budget,
  )
  const levels = filter === 'name'
  const found: [Kind, Found | null][] = [
    ['space', yield* search.byPatterns([trimPattern(pattern)])],
    ['lone_stars', levels ? yield* search.byPatterns(withWholeStars(pattern)) : null],
    ['case', yield* search.byCase()],
    ['deeper', levels ? yield* search.byEdits(oneDeeper(pattern)) : null],
    ['shallower', levels ? yield* search.byEdits(oneShallower(pattern)) : null],
  ]
  // One name has one reason: what an earlier one explains is not said again.
  const said = new Set<string>()
  const near = found.flatMap(([kind, each]): NearMiss[] => {
    const hits = each?.hits.filter((name) => !said.has(name)) ?? []
    for (const name of hits) said.add(name)
    if (!each || hits.length === 0) return []
    return [{ kind, filter, examples: hits.slice(0, maxExamples), count: hits.length, suggestion: each.suggestion }]
  })
  return [...near, ...(near.length === 0 ? yield* idleParts(filter, search) : [])]
}

const kindOf = (filter: FilterType): PatternKind => (filter === 'tag' ? 'tag' : 'repository')

/**
 * Alternatives that take nothing while others do, and whole patterns whose word is a slip for a name that there is: each part
 * is judged by itself, since what one finds hides that another finds nothing.
 */
function* idleParts(filter: FilterType, search: Search): Steps<NearMiss[]> {
  const { pattern, missed, taken, budget } = search
  const variants = variantsOf(trimPattern(pattern))
  const idle: string[] = []
  for (const variant of variants)
    if (canMatch(variant, kindOf(filter)) && (yield* namesTaken(variant, taken, budget)).length === 0)
      idle.push(variant)
  if (budget.isSpent || idle.length === 0) return []
  const fixed = new Map<string, string>()
  for (const variant of idle) {
    if (/[*?[\]{}\\]/.test(variant)) continue
    const meant = spelledLike(variant, missed)
    budget.spend(missed.length)
    yield
    if (meant !== null) fixed.set(variant, meant)
  }
  // Nothing at all matches: that is said elsewhere, and only a likely slip is worth a word here.
  if (idle.length === variants.length && fixed.size === 0) return []
  const meant = variants.map((variant) => fixed.get(variant) ?? variant)
  const mended = meant.length > 1 ? `{${meant.join()}}` : (meant[0] ?? '')
  const suggestion = fixed.size > 0 ? yield* search.suggestion([mended], [...fixed.values()]) : null
  return [{ kind: 'part', filter, examples: idle.slice(0, maxExamples), count: idle.length, suggestion }]
}
