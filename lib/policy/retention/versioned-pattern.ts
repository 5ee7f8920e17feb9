import { Glob } from '../pattern/glob'
import { mayReadDifferently, OldGlob } from '../pattern/old-glob'

/**
 * What an engine says of a name: `bad` fails the run, `unclear` nobody here can tell. Of several names, `torn`: one is taken,
 * another shows a flaw of the pattern, and the first that is looked at decides.
 */
export const answer = { no: 0, yes: 1, bad: 2, unclear: 3, torn: 4 } as const
export type Answer = (typeof answer)[keyof typeof answer]

/** The engine that SWR most probably has, and the one before. */
export const versions = ['now', 'old'] as const
export type EngineVersion = (typeof versions)[number]

/** Steps of one pattern for all names together, after which it is too costly: a fraction of a second. */
export const mostSteps = 5_000_000
const maxNames = 100_000

const answerOf = (verdict: boolean | 'bad' | 'costly' | 'unknown'): Answer =>
  typeof verdict === 'boolean' ? (verdict ? answer.yes : answer.no) : verdict === 'bad' ? answer.bad : answer.unclear

/** A pattern as both engines read it; what names were seen to give is remembered, since names repeat. */
export class VersionedPattern {
  private readonly glob: Glob
  private readonly old: OldGlob | null
  private known = new Map<string, number>()

  constructor(pattern: string, effort = mostSteps) {
    this.glob = new Glob(pattern, effort)
    // Its steps are larger.
    this.old = mayReadDifferently(pattern) ? new OldGlob(pattern, effort / 4) : null
  }

  /** Whether an older engine may say something else of some name. */
  get differs(): boolean {
    return this.old !== null
  }

  answer(name: string, version: EngineVersion): Answer {
    const both = this.known.get(name) ?? this.ask(name)
    // Two bits for each engine.
    return ((version === 'now' ? both : both >> 2) & 3) as Answer
  }

  private ask(name: string): number {
    if (this.known.size >= maxNames) this.known = new Map()
    const now = answerOf(this.glob.match(name))
    const both = now | ((this.old ? answerOf(this.old.match(name)) : now) << 2)
    this.known.set(name, both)
    return both
  }
}
