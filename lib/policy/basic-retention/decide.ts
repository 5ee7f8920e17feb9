import type { BasicRule } from '../../contract/console/basic-retention'
import { type Excepted, exceptionMatcher, type Matcher } from './exceptions'

/*
 * What a rule of the Basic Edition does to the tags of a repository. Its documentation leaves open whether an exception takes
 * a place among the newest, whether a regular expression has to match the whole tag, and how a day is counted: a tag for which
 * that decides is unsure.
 */

export interface BasicTag {
  readonly name: string
  /** Milliseconds; null where SWR says none. */
  readonly updated: number | null
}

export interface BasicVerdict {
  readonly decision: 'keep' | 'delete' | 'unsure'
  /** Place of the exception that keeps it, or may. */
  readonly exception: number | null
}

const dayMs = 86_400_000

interface Judged extends BasicTag {
  readonly excepted: Excepted | 'unknown'
  readonly exception: number | null
}

/** The exception that surely holds a tag; without one, the first that may. `unreadable` ones may hold any. */
function judge(tag: BasicTag, matchers: readonly (Matcher | undefined)[]): Judged {
  let maybe: Pick<Judged, 'excepted' | 'exception'> = { excepted: 'no', exception: null }
  for (const [index, matcher] of matchers.entries()) {
    const excepted = matcher ? matcher(tag.name) : 'unknown'
    if (excepted === 'whole') return { ...tag, excepted, exception: index }
    if (excepted !== 'no' && maybe.exception === null) maybe = { excepted, exception: index }
  }
  return { ...tag, ...maybe }
}

type ByItself = 'keep' | 'delete' | 'unsure'

function byAge(days: number, now: number) {
  return ({ updated }: Judged): ByItself => {
    if (updated === null) return 'unsure'
    const age = (now - updated) / dayMs
    if (age < days) return 'keep'
    return age >= days + 1 ? 'delete' : 'unsure'
  }
}

/** How many of `sorted`, newest first, are newer than `time`. */
function newerThan(sorted: readonly number[], time: number, orSame: boolean): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const other = sorted[middle] ?? 0
    if (orSame ? other >= time : other > time) low = middle + 1
    else high = middle
  }
  return low
}

function byCount(count: number, tags: readonly Judged[]) {
  const times = (of: readonly Judged[]) => of.flatMap(({ updated }) => updated ?? []).toSorted((a, b) => b - a)
  const all = times(tags)
  const counted = times(tags.filter(({ excepted }) => excepted === 'no'))
  const unknown = tags.length - all.length
  return ({ updated }: Judged): ByItself => {
    if (updated === null) return tags.length <= count ? 'keep' : 'unsure'
    // Its place if everything that may be before it is, and if only that is which must be.
    if (newerThan(all, updated, true) + unknown <= count) return 'keep'
    return newerThan(counted, updated, false) >= count ? 'delete' : 'unsure'
  }
}

/** One verdict for each tag, in their order. A step for each: a pattern takes its time. */
export function* decideBasic(rule: BasicRule, tags: readonly BasicTag[], now: number): Generator<void, BasicVerdict[]> {
  const matchers = rule.exceptions.map((exception) => {
    const matcher = exceptionMatcher(exception)
    return typeof matcher === 'string' ? undefined : matcher
  })
  const judged: Judged[] = []
  for (const tag of tags) {
    yield
    judged.push(judge(tag, matchers))
  }
  const decide = rule.template === 'date_rule' ? byAge(rule.amount, now) : byCount(rule.amount, judged)
  return judged.map((tag) => {
    if (tag.excepted === 'whole') return { decision: 'keep', exception: tag.exception }
    const decision = decide(tag)
    // Without the exception it would go.
    const isHeld = decision !== 'keep' && tag.exception !== null
    return isHeld ? { decision: 'unsure', exception: tag.exception } : { decision, exception: null }
  })
}
