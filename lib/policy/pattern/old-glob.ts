import { matchesClass, parseCharacterClass } from './glob-class'
import { signAt, TooCostly } from './glob-text'

const maxSteps = 20_000

/** `unknown`: not worth finding out, or releases of that engine differ among themselves. */
export type OldVerdict = boolean | 'bad' | 'unknown'

/** Signs without which both engines read a pattern alike (a property test says so). */
const differing = /[{[\\]/

/** Whether an older engine could read a pattern in another way at all. */
export const mayReadDifferently = (pattern: string): boolean => differing.test(pattern)

/**
 * A pattern with the meaning that it had for doublestar v1.1.1, which Harbor up to 2.9.4 and 2.10.2 has: it knows neither "/"
 * nor braces inside of braces, and takes nothing for the end of a name but stars (docs/retention-engine.md "Versions").
 */
export class OldGlob {
  private readonly parts: readonly string[]
  private steps = 0
  private spent = 0

  /** `effort`: steps for all names together, after which nothing is known. */
  constructor(
    private readonly pattern: string,
    private readonly effort = Number.POSITIVE_INFINITY,
  ) {
    this.parts = splitAt(pattern, '/', true)
  }

  match(name: string): OldVerdict {
    if (this.pattern === '') return true
    this.spent += this.steps
    if (this.spent > this.effort) return 'unknown'
    this.steps = 0
    try {
      return this.path(0, name.split('/'), 0)
    } catch (error) {
      if (error instanceof TooCostly) return 'unknown'
      throw error
    }
  }

  private path(part: number, names: readonly string[], at: number): OldVerdict {
    let [here, name] = [part, at]
    for (; here < this.parts.length && name < names.length; here++, name++) {
      const text = this.parts[here] ?? ''
      if (text === '**') return this.behindStars(here + 1, names, name)
      const verdict = this.component(text, names[name] ?? '')
      if (verdict !== true) return verdict
    }
    return here >= this.parts.length && name >= names.length
  }

  /** What is wrong with the pattern behind `**` is not noticed. */
  private behindStars(part: number, names: readonly string[], from: number): OldVerdict {
    if (part >= this.parts.length) return true
    const verdicts = names.slice(from).map((_, index) => this.path(part, names, from + index))
    return verdicts.includes(true) || (verdicts.includes('unknown') ? 'unknown' : false)
  }

  private component(pattern: string, name: string): OldVerdict {
    this.steps += 1 + pattern.length / 16
    if (this.steps > maxSteps) throw new TooCostly()
    if (name === '') return pattern === '' || pattern === '*'
    let [at, from] = [0, 0]
    for (; at < pattern.length && from < name.length; at++, from++) {
      const sign = pattern[at]
      if (sign === '*') return this.star(pattern.slice(at + 1), name.slice(from))
      if (sign === '{') return this.brace(pattern, at + 1, name.slice(from))
      if (sign === '[') {
        const end = signAt(pattern, ']', at + 1)
        const signs = end < 0 ? 'bad' : parseCharacterClass(pattern.slice(at + 1, end))
        if (signs === 'bad') return 'bad'
        if (!matchesClass(signs, name.charCodeAt(from))) return false
        at = end
      } else if (sign === '\\') {
        at += 1
        if (at >= pattern.length) return 'bad'
        if (pattern[at] !== name[from]) return false
      } else if (sign !== '?' && sign !== name[from]) return false
    }
    const left = pattern.slice(at)
    return from >= name.length && (left === '' || left === '*' || left === '**')
  }

  private star(behind: string, name: string): OldVerdict {
    if (behind === '') return true
    let isUnknown = false
    for (let from = 0; from < name.length; from++) {
      const verdict = this.component(behind, name.slice(from))
      if (verdict === true) return true
      isUnknown ||= verdict === 'unknown'
    }
    return isUnknown ? 'unknown' : false
  }

  private brace(pattern: string, from: number, name: string): OldVerdict {
    const end = signAt(pattern, '}', from)
    if (end < 0) return 'bad'
    const behind = pattern.slice(end + 1)
    const inside = pattern.slice(from, end)
    for (const option of splitAt(inside, ',', false)) {
      const verdict = this.component(option + behind, name)
      if (verdict !== false) return verdict
    }
    // Whether the empty text behind a last comma is an alternative, releases do not agree on.
    return inside.endsWith(',') && this.component(behind, name) !== false ? 'unknown' : false
  }
}

/** Split where the sign stands unescaped; `last`: also an empty text at the end counts. */
function splitAt(text: string, sign: string, last: boolean): string[] {
  const parts: string[] = []
  let start = 0
  while (start < text.length) {
    const end = signAt(text, sign, start)
    if (end < 0) return [...parts, text.slice(start)]
    parts.push(text.slice(start, end))
    start = end + 1
  }
  return last || parts.length === 0 ? [...parts, ''] : parts
}
