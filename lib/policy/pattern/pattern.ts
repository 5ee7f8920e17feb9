import type { FieldCode } from '../validation-codes'

/** Where reading a pattern stops and why. `at` is the position of the sign that is never closed. */
export interface PatternError {
  code: Extract<FieldCode, 'required' | 'pattern_brace' | 'pattern_bracket' | 'pattern_escape'>
  at: number
}

/** A class as that engine reads it: not empty, a bare "-" only between two signs, and no "/", which would end a component. */
const wholeClass = /\[(?!\])\^?(?:(?:\\[^/]|[^\]\\/-])(?:-(?:\\[^/]|[^\]\\/-]))?)*\]/y

/** Position behind the `]` that closes the class opened at `from`, or -1. Braces and commas mean nothing inside. */
function classEnd(text: string, from: number): number {
  wholeClass.lastIndex = from
  return wholeClass.test(text) ? wholeClass.lastIndex : -1
}

/** Finds what the glob engine would refuse (docs/swr-api.md section 10); an empty pattern is refused so that nobody matches all by accident. */
export function checkPattern(text: string): PatternError | null {
  if (text.trim() === '') return { code: 'required', at: 0 }
  const open: number[] = []
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (sign === '\\') {
      if (at === text.length - 1) return { code: 'pattern_escape', at }
      at++
    } else if (sign === '[') {
      const end = classEnd(text, at)
      if (end === -1) return { code: 'pattern_bracket', at }
      at = end - 1
    } else if (sign === '{') open.push(at)
    else if (sign === '}') open.pop()
  }
  const at = open.at(-1)
  return at === undefined ? null : { code: 'pattern_brace', at }
}

/**
 * Removes spaces around the alternatives of braces and around the whole pattern: `{a, b}` would look for " b" (NOTES
 * section 1, rule 14), and no name of SWR holds a space. Escaped spaces and those of a class stay.
 */
export function trimPattern(text: string): string {
  const source = text.trim()
  // One element for each sign that counts for itself: an escaped space is none.
  const made: string[] = []
  let depth = 0
  for (let at = 0; at < source.length; at++) {
    const sign = source.charAt(at)
    if (sign === '\\') {
      made.push(source.slice(at, at + 2))
      at++
      continue
    }
    if (sign === '[') {
      const end = classEnd(source, at)
      made.push(source.slice(at, end === -1 ? undefined : end))
      if (end === -1) break
      at = end - 1
      continue
    }
    const separates = sign === '{' || (depth > 0 && (sign === ',' || sign === '}'))
    if (depth > 0 && sign !== '{' && separates) while (isSpace(made.at(-1))) made.pop()
    made.push(sign)
    if (sign === '{') depth += 1
    if (sign === '}' && depth > 0) depth -= 1
    if (depth > 0 && separates && sign !== '}') while (isSpace(source[at + 1])) at++
  }
  return made.join('')
}

const isSpace = (sign: string | undefined) => sign !== undefined && /^\s$/.test(sign)
