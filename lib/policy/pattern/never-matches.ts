import type { FieldCode } from '../validation-codes'
import { matchesClass, parseCharacterClass } from './glob-class'
import { splitBrace } from './glob-text'
import { checkPattern, type PatternError, trimPattern } from './pattern'

/*
 * Patterns that the engine reads without a complaint and that no name can ever match, because they ask for a sign that no tag
 * and no repository holds (docs/swr-api.md section 12). In a retention rule such a pattern keeps nothing.
 */

/** What a pattern is compared with. */
export type PatternKind = 'tag' | 'repository'

/** Why a part of a pattern matches nothing. `at` is the place of the sign in the text as it is sent. */
export interface NeverFlaw {
  readonly code: Extract<
    FieldCode,
    | 'pattern_list'
    | 'pattern_regex'
    | 'pattern_not'
    | 'pattern_range'
    | 'pattern_blank'
    | 'pattern_upper'
    | 'pattern_sign'
    | 'pattern_slash'
  >
  readonly at: number
}

const alphabet = {
  tag: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-',
  repository: 'abcdefghijklmnopqrstuvwxyz0123456789_.-/',
} as const
const allowed = { tag: new Set(alphabet.tag), repository: new Set(alphabet.repository) }
const codePoints = {
  tag: Array.from(alphabet.tag, (sign) => sign.charCodeAt(0)),
  repository: Array.from(alphabet.repository, (sign) => sign.charCodeAt(0)),
}

/** A slash is no sign of a tag, but `**` may stand for no part at all, and then the slash beside it is none either. */
const holds = (sign: string, kind: PatternKind, whole: string) =>
  allowed[kind].has(sign) || (sign === '/' && kind === 'tag' && whole.includes('**'))

function codeOf(sign: string, kind: PatternKind, depth: number): NeverFlaw['code'] {
  if ('|;，；、'.includes(sign) || (sign === ',' && depth === 0)) return 'pattern_list'
  if ('^$+()'.includes(sign)) return 'pattern_regex'
  if (sign === '!') return 'pattern_not'
  if (/[\s\p{Z}\p{C}]/u.test(sign)) return 'pattern_blank'
  if (kind === 'repository' && /[A-Z]/.test(sign)) return 'pattern_upper'
  return sign === '/' ? 'pattern_slash' : 'pattern_sign'
}

const range = /\{\w+\.\.\w+\}/y
const classText = /\[\^?(?:\\.|[^\]\\])*\]/y

function endOf(expression: RegExp, text: string, from: number): number {
  expression.lastIndex = from
  return expression.test(text) ? expression.lastIndex : -1
}

function takesAny(text: string, kind: PatternKind): boolean {
  const signs = parseCharacterClass(text)
  return signs === 'bad' || codePoints[kind].some((sign) => matchesClass(signs, sign))
}

/** Slashes that leave a part of the path empty. */
function emptyPart(text: string, kind: PatternKind): number {
  if (kind === 'tag') return -1
  const double = text.indexOf('//')
  return text.startsWith('/') ? 0 : text.endsWith('/') ? text.length - 1 : double
}

/**
 * The first sign of a pattern that no name can hold, wherever it stands. The pattern is one that the engine reads. Null for
 * a pattern that is all right, though none of the present names may match it.
 */
export function neverFlaw(text: string, kind: PatternKind): NeverFlaw | null {
  let depth = 0
  for (let at = 0; at < text.length; ) {
    const sign = String.fromCodePoint(text.codePointAt(at) ?? 0)
    if (sign === '\\') {
      const next = text.charAt(at + 1)
      // Nobody escapes a letter in a pattern: `\d` is a digit in a regular expression, and here a "d".
      if (/[A-Za-z0-9]/.test(next)) return { code: 'pattern_regex', at }
      if (next !== '' && !holds(next, kind, text)) return { code: codeOf(next, kind, depth), at: at + 1 }
      at += 2
    } else if (sign === '[') {
      const end = endOf(classText, text, at)
      if (end < 0) return null
      if (text[at + 1] === '!') return { code: 'pattern_not', at: at + 1 }
      if (!takesAny(text.slice(at + 1, end - 1), kind)) return { code: 'pattern_sign', at }
      at = end
    } else {
      if (sign === '{' && endOf(range, text, at) > 0) return { code: 'pattern_range', at }
      if (text.startsWith('.*', at) && (at === 0 || text[at - 1] === '/')) return { code: 'pattern_regex', at }
      const isGlob = '*?{'.includes(sign) || (depth > 0 && '},'.includes(sign))
      if (!isGlob && !holds(sign, kind, text)) return { code: codeOf(sign, kind, depth), at }
      if (sign === '{') depth += 1
      if (sign === '}') depth -= 1
      at += sign.length
    }
  }
  if (kind === 'tag' && /^[.-]/.test(text)) return { code: 'pattern_sign', at: 0 }
  const at = emptyPart(text, kind)
  return at < 0 ? null : { code: 'pattern_slash', at }
}

/** Everything that is wrong with a pattern that somebody types, in the order in which it has to be mended. */
export const checkTyped = (text: string, kind: PatternKind): PatternError | NeverFlaw | null =>
  checkPattern(text) ?? neverFlaw(trimPattern(text), kind)

const [longest, deepest] = [4_096, 50]

/**
 * Whether a name could match at all, whatever names there are: false only when every alternative asks for a sign that no
 * name holds. What is too long to be looked at is not accused.
 */
export const canMatch = (text: string, kind: PatternKind): boolean =>
  text === '' ||
  text.length > longest ||
  (emptyPart(text, kind) < 0 && !(kind === 'tag' && /^[.-]/.test(text)) && isPossible(text, kind, text, 0))

function isPossible(text: string, kind: PatternKind, whole: string, depth: number): boolean {
  if (depth > deepest) return true
  for (let at = 0; at < text.length; ) {
    const sign = String.fromCodePoint(text.codePointAt(at) ?? 0)
    if (sign === '\\') {
      const next = text.charAt(at + 1)
      if (next !== '' && !holds(next, kind, whole)) return false
      at += 2
    } else if (sign === '[') {
      const end = endOf(classText, text, at)
      if (end < 0) return true
      if (!takesAny(text.slice(at + 1, end - 1), kind)) return false
      at = end
    } else if (sign === '{') {
      const brace = splitBrace(text, at + 1)
      if (!brace) return true
      if (!brace.parts.some((part) => isPossible(part, kind, whole, depth + 1))) return false
      at = brace.end
    } else {
      if (!'*?'.includes(sign) && !holds(sign, kind, whole)) return false
      at += sign.length
    }
  }
  return true
}
