import 'server-only'
import type { Filter } from '../../contract/console/matches'
import { ProblemError } from '../../contract/problem'
import { Glob, type Verdict } from '../../policy/pattern/glob'
import { checkPattern } from '../../policy/pattern/pattern'
import type { FieldCode } from '../../policy/validation-codes'
import type { ListedImage, ListedRepository } from './state'

/** A pattern and what it was seen to take: while one filter is typed the others stay, and names repeat. */
class Pattern {
  private readonly glob: Glob
  private verdicts = new Map<string, Verdict>()

  constructor(text: string) {
    this.glob = new Glob(text)
  }

  takes(name: string): Verdict {
    const known = this.verdicts.get(name)
    if (known !== undefined) return known
    if (this.verdicts.size > mostVerdicts) this.verdicts = new Map()
    const verdict = this.glob.match(name)
    this.verdicts.set(name, verdict)
    return verdict
  }
}

const mostVerdicts = 100_000
const mostPatterns = 16
const key = Symbol.for('console.patterns')

/** The last used stay. */
function patternOf(text: string): Pattern {
  const all = globalThis as { [key]?: Map<string, Pattern> }
  all[key] ??= new Map()
  const found = all[key].get(text) ?? new Pattern(text)
  all[key].delete(text)
  all[key].set(text, found)
  for (const oldest of all[key].keys()) {
    if (all[key].size <= mostPatterns) break
    all[key].delete(oldest)
  }
  return found
}

export const refusal = (at: number, code: FieldCode) =>
  new ProblemError({ status: 422, code: 'invalid_request', fields: { [`body.filters.${at}.value`]: code } })

/**
 * Filters as a run applies them (NOTES section 10): a repository has to pass all of names, then each tag all of tags; an
 * image without tags is tried with an empty name. An empty filter takes everything. Throws what is wrong with a pattern as a
 * 422 of its field.
 */
export class Selection {
  private readonly patterns: { type: Filter['type']; at: number; pattern: Pattern; excludes: boolean }[]

  constructor(filters: readonly Filter[]) {
    this.patterns = filters.flatMap(({ type, value, excludes = false }, at) => {
      if (value === '') return []
      const flaw = checkPattern(value)
      if (flaw) throw refusal(at, flaw.code)
      return [{ type, at, pattern: patternOf(value), excludes }]
    })
  }

  takes(type: Filter['type'], name: string, except?: number): boolean {
    for (const { type: own, at, pattern, excludes } of this.patterns) {
      if (own !== type || at === except) continue
      const verdict = pattern.takes(name)
      if (verdict === 'bad') throw refusal(at, 'pattern_refused')
      if (verdict === 'costly') throw refusal(at, 'pattern_costly')
      if (verdict === excludes) return false
    }
    return true
  }

  repository({ name }: Pick<ListedRepository, 'name'>): boolean {
    return this.takes('name', name)
  }

  /** Tags of an image that are copied; null: the image is not. Without tags of its own it may be copied all the same. */
  tags({ tags }: Pick<ListedImage, 'tags'>): readonly string[] | null {
    if (tags.length === 0) return this.takes('tag', '') ? [] : null
    const taken = tags.filter((tag) => this.takes('tag', tag))
    return taken.length > 0 ? taken : null
  }
}
