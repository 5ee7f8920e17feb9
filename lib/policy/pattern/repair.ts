import { checkTyped, type PatternKind } from './never-matches'
import { checkPattern, trimPattern } from './pattern'

/*
 * What somebody meant who wrote a list, a range or a regular expression. A repair takes nothing that the typed text could not
 * mean: where no pattern says the same, there is none.
 */

/** Thrown where a pattern cannot say it. */
class Inexact extends Error {}

const maxAlternatives = 50
const separators = '|,;，；、'

/** Parts between separators that stand outside of braces, brackets and parentheses. */
function listed(text: string, isSeparator: (sign: string) => boolean): string[] {
  const parts: string[] = []
  let [start, depth] = [0, 0]
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at)
    if (sign === '\\') at += 1
    else if ('{[('.includes(sign)) depth += 1
    else if ('}])'.includes(sign)) depth = Math.max(0, depth - 1)
    else if (depth === 0 && isSeparator(sign)) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  return [...parts, text.slice(start)].map((part) => part.trim()).filter((part) => part !== '')
}

const alternatives = (parts: readonly string[]) => {
  const all = [...new Set(parts)]
  return all.length === 1 ? (all[0] ?? '') : `{${all.join()}}`
}

/** `{0..9}` as a shell has it: a class where one sign is enough, alternatives otherwise. */
function ranged(whole: string, low: string, high: string): string {
  if (/^(?:\d\D|[a-z]\d|[A-Z]\d)/.test(low + high)) throw new Inexact()
  if (low.length === 1 && high.length === 1 && low < high && !/[A-Z][a-z]/.test(low + high)) return `[${low}-${high}]`
  const [from, to] = [Number(low), Number(high)]
  if (!/^(?:0|[1-9]\d*)$/.test(low) || !(from < to) || to - from >= maxAlternatives) throw new Inexact()
  return whole && `{${Array.from({ length: to - from + 1 }, (_, index) => from + index).join()}}`
}
const withoutRanges = (text: string) => text.replaceAll(/\{(\w+)\.\.(\w+)\}/g, ranged)

/** Position behind the parenthesis that closes the one opened before `from`. */
function closing(text: string, from: number): number {
  let depth = 1
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '(') depth += 1
    else if (text[at] === ')') depth -= 1
    if (depth === 0) return at + 1
  }
  throw new Inexact()
}

const classes: Readonly<Record<string, Readonly<Record<PatternKind, string>>>> = {
  d: { tag: '[0-9]', repository: '[0-9]' },
  w: { tag: '[A-Za-z0-9_]', repository: '[a-z0-9_]' },
}

/** One piece of a regular expression and what it is as a pattern. */
function piece(text: string, index: number, kind: PatternKind, depth: number): { made: string; end: number } {
  const sign = text.charAt(index)
  if (sign === '(') {
    const end = closing(text, index + 1)
    const inner = text.slice(index + 1, end - 1)
    if (inner.startsWith('?')) throw new Inexact()
    return { made: alternatives(fromRegex(inner, kind, depth + 1)), end }
  }
  if (sign === '[') {
    const end = text.indexOf(']', index + 2) + 1
    if (end === 0 || text.slice(index, end).includes('\\')) throw new Inexact()
    return { made: text.slice(index, end), end }
  }
  if (sign === '\\') {
    const next = text.charAt(index + 1)
    const made = classes[next]?.[kind] ?? (/[A-Za-z0-9]/.test(next) ? undefined : next)
    if (!made) throw new Inexact()
    return { made, end: index + 2 }
  }
  if ('^$)+'.includes(sign)) throw new Inexact()
  return { made: sign, end: index + 1 }
}

/** Alternatives of a regular expression, each as a pattern. */
function fromRegex(text: string, kind: PatternKind, depth = 0): string[] {
  if (depth > 5) throw new Inexact()
  return listed(text, (sign) => sign === '|').map((source) => {
    const part = source.replace(/^\^/, '').replace(/(?<!\\)\$$/, '')
    let made = ''
    for (let at = 0; at < part.length; ) {
      // Whatever comes, also across slashes where it is a whole part of the path.
      const anything = /^\.([*+])/.exec(part.slice(at))
      if (anything) {
        const isWhole =
          kind === 'repository' && (made === '' || made.endsWith('/')) && /^$|^\//.test(part.slice(at + 2))
        made += isWhole ? '**' : anything[1] === '+' ? '?*' : '*'
        at += 2
        continue
      }
      const next = piece(part, at, kind, depth)
      const quantifier = part.charAt(next.end)
      const isPlain = next.end === at + 1
      if (quantifier === '+' || (quantifier === '*' && !isPlain) || /^\{\d/.test(part.slice(next.end)))
        throw new Inexact()
      made += quantifier === '?' && !'*?/'.includes(next.made) ? `{${next.made},}` : next.made
      at = next.end + (quantifier === '?' ? 1 : 0)
    }
    return made
  })
}

function repaired(text: string, kind: PatternKind): string {
  const visible = trimPattern(text.replaceAll(/\p{Cf}/gu, ''))
  const code = checkPattern(visible) === null ? checkTyped(visible, kind)?.code : undefined
  if (code === 'pattern_upper') return visible.toLowerCase()
  if (code === 'pattern_range') return withoutRanges(visible)
  if (code === 'pattern_regex') return alternatives(fromRegex(visible, kind))
  if (code !== 'pattern_list' && code !== 'pattern_blank') return visible
  const parts = listed(visible, (sign) => separators.includes(sign) || /\s/.test(sign))
  return parts.length > 1 ? alternatives(parts) : visible.replaceAll(/(?<=\{[^{}]*)[|;，；、]/gu, ',')
}

const maxRounds = 4

/** The pattern that says what was typed, or null when nothing is wrong with it or no pattern says the same. */
export function repairOf(text: string, kind: PatternKind): string | null {
  if (text.length > 1_024 || text.trim() === '' || checkTyped(text, kind) === null) return null
  try {
    let made = text
    // One repair may uncover the next: a list of ranges.
    for (let round = 0; round < maxRounds && checkTyped(made, kind) !== null; round++) made = repaired(made, kind)
    return made !== text && checkTyped(made, kind) === null ? trimPattern(made) : null
  } catch (error) {
    if (error instanceof Inexact) return null
    throw error
  }
}
