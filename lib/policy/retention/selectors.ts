import type { Retention } from '../../contract/swr/retention'
import { type Answer, answer, type EngineVersion, VersionedPattern } from './versioned-pattern'

export type Selector = Retention['rules'][number]['tag_selectors'][number]

/** Whether `extras` says anything of untagged images. What is no such JSON says nothing. */
function untaggedBy(extras: string | undefined): boolean | undefined {
  if (!extras) return undefined
  try {
    const said: unknown = JSON.parse(extras)
    if (typeof said !== 'object' || Array.isArray(said)) return undefined
    // The engine reads the word in any case, and takes null for nothing said: it was false before.
    const words = Object.entries(said ?? {}).flatMap(([name, value]: [string, unknown]) =>
      name.toLowerCase() === 'untagged' && value !== null ? [value] : [],
    )
    const flags = words.filter((word) => typeof word === 'boolean')
    return flags.length < words.length ? undefined : (flags.at(-1) ?? false)
  } catch {
    return undefined
  }
}

/** `Answer` turned round where a name is wanted not to fit. */
const wanting = (said: Answer, fitting: boolean): Answer =>
  said === answer.bad || said === answer.unclear || fitting ? said : said === answer.yes ? answer.no : answer.yes

/**
 * Which images a selector takes: `matches` one of which any tag fits, `excludes` one of which any tag does not. Both take
 * untagged images unless `extras` turns that round (docs/swr-api.md section 9).
 */
export class TagSelector {
  private readonly pattern: VersionedPattern
  private readonly fitting: boolean
  private readonly untagged: Answer

  private constructor(
    { decoration, pattern = '', extras }: Selector,
    { untagged, effort }: { untagged?: boolean | undefined; effort?: number | undefined },
  ) {
    this.pattern = new VersionedPattern(pattern, effort)
    this.fitting = decoration === 'matches'
    const bare = untagged ?? untaggedBy(extras)
    this.untagged = bare === undefined || bare === this.fitting ? answer.yes : answer.no
  }

  /** Null for one that the engine does not read. `untagged`: what counts in place of its `extras`; `effort`: steps. */
  static read(
    selector: Selector,
    given: { untagged?: boolean | undefined; effort?: number | undefined } = {},
  ): TagSelector | null {
    const { kind = 'doublestar', decoration } = selector
    const isKnown = kind === 'doublestar' && (decoration === 'matches' || decoration === 'excludes')
    return isKnown ? new TagSelector(selector, given) : null
  }

  get differs(): boolean {
    return this.pattern.differs
  }

  takes(tags: readonly string[], version: EngineVersion): Answer {
    if (tags.length === 0) return this.untagged
    let [isTaken, isFlawed] = [false, false]
    for (const tag of tags) {
      const said = wanting(this.pattern.answer(tag, version), this.fitting)
      if (said === answer.unclear) return said
      if (said === answer.yes) isTaken = true
      if (said === answer.bad) isFlawed = true
    }
    // The engine stops at the first tag that takes the image, or that shows a flaw: in an order which is the service's.
    if (isFlawed) return isTaken ? answer.torn : answer.bad
    return isTaken ? answer.yes : answer.no
  }
}

/** Which repositories a selector takes, by their names inside the namespace. */
export class RepositorySelector {
  private readonly pattern: VersionedPattern
  private readonly fitting: boolean

  private constructor({ decoration, pattern = '' }: Selector, effort: number | undefined) {
    this.pattern = new VersionedPattern(pattern, effort)
    this.fitting = decoration === 'repoMatches'
  }

  static read(selector: Selector, effort?: number): RepositorySelector | null {
    const { kind = 'doublestar', decoration } = selector
    const isKnown = kind === 'doublestar' && (decoration === 'repoMatches' || decoration === 'repoExcludes')
    return isKnown ? new RepositorySelector(selector, effort) : null
  }

  get differs(): boolean {
    return this.pattern.differs
  }

  takes(name: string, version: EngineVersion): Answer {
    return wanting(this.pattern.answer(name, version), this.fitting)
  }
}

/** Whether all take it, asked one after the other: the second never sees what the first leaves out. */
export function allTake<Taker>(takers: readonly Taker[], ask: (taker: Taker) => Answer): Answer {
  let said: Answer = answer.yes
  for (const taker of takers) {
    const each = ask(taker)
    // Before the second is asked, the first may have met the flaw.
    if (each === answer.no) return said === answer.torn ? said : each
    if (each === answer.bad) return said === answer.unclear ? said : each
    if (each === answer.unclear || (each === answer.torn && said !== answer.unclear)) said = each
  }
  return said
}
