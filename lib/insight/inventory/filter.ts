import 'server-only'
import { LRUCache } from 'lru-cache'
import type { Filter } from '../../contract/console/matches'
import { ProblemError } from '../../contract/problem'
import { globalSlot } from '../../global-slot'
import { Glob, type Verdict } from '../../policy/pattern/glob'
import { checkPattern } from '../../policy/pattern/pattern'
import type { FieldCode } from '../../policy/validation-codes'
import type { InventoryImage, InventoryRepository } from './state'

/** A pattern and what it was seen to take: while one filter is typed the others stay, and names repeat. */
class Pattern {
  private readonly glob: Glob
  private verdicts = new Map<string, Verdict>()

  constructor(text: string) {
    this.glob = new Glob(text)
  }

  /** Steps that names have taken so far. */
  get cost(): number {
    return this.glob.cost
  }

  takes(name: string): Verdict {
    const known = this.verdicts.get(name)
    if (known !== undefined) return known
    if (this.verdicts.size > maxVerdicts) this.verdicts = new Map()
    const verdict = this.glob.match(name)
    this.verdicts.set(name, verdict)
    return verdict
  }
}

const maxVerdicts = 100_000
const maxPatterns = 16
/** For one name, all filters together: nobody else is served meanwhile. */
const maxStepsPerName = 100_000

const patterns = globalSlot('patterns', () => new LRUCache<string, Pattern>({ max: maxPatterns }))

function patternOf(text: string): Pattern {
  const pattern = patterns().get(text) ?? new Pattern(text)
  patterns().set(text, pattern)
  return pattern
}

export const patternError = (index: number, code: FieldCode) =>
  new ProblemError({ status: 422, code: 'invalid_request', fields: { [`body.filters.${index}.value`]: code } })

/**
 * Filters as a run applies them (docs/swr-api.md section 10): a repository has to pass all of names, then each tag all of tags; an
 * image without tags is tried with an empty name. An empty filter takes everything. Throws what is wrong with a pattern as a
 * 422 of its field.
 */
export class PolicyFilter {
  private readonly patterns: { type: Filter['type']; at: number; pattern: Pattern; excludes: boolean }[]

  constructor(filters: readonly Filter[]) {
    this.patterns = filters.flatMap(({ type, value, excludes = false }, index) => {
      if (value === '') return []
      const flaw = checkPattern(value)
      if (flaw) throw patternError(index, flaw.code)
      return [{ type, at: index, pattern: patternOf(value), excludes }]
    })
  }

  takes(type: Filter['type'], name: string, except?: number): boolean {
    let left = maxStepsPerName
    for (const { type: own, at, pattern, excludes } of this.patterns) {
      if (own !== type || at === except) continue
      const before = pattern.cost
      const verdict = pattern.takes(name)
      left -= pattern.cost - before
      if (left < 0) throw patternError(at, 'pattern_costly')
      if (verdict === 'bad') throw patternError(at, 'pattern_refused')
      if (verdict === 'costly') throw patternError(at, 'pattern_costly')
      if (verdict === excludes) return false
    }
    return true
  }

  repository({ name }: Pick<InventoryRepository, 'name'>): boolean {
    return this.takes('name', name)
  }

  /** Tags of an image that are copied; null: the image is not. Without tags of its own it may be copied all the same. */
  tags({ tags }: Pick<InventoryImage, 'tags'>): readonly string[] | null {
    if (tags.length === 0) return this.takes('tag', '') ? [] : null
    const taken = tags.filter((tag) => this.takes('tag', tag))
    return taken.length > 0 ? taken : null
  }
}
