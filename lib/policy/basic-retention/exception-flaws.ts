import type { BasicRule } from '../../contract/console/basic-retention'
import { imageTag } from '../image-reference'
import type { FieldCode } from '../validation-codes'

/*
 * Exceptions that keep nothing although SWR takes them: a tag is compared as a whole, so a list or a pattern is no tag, and a
 * regular expression that asks for a sign which no tag holds finds none. Whoever types one loses what was meant to be kept.
 */

export type Exception = BasicRule['exceptions'][number]

const separators = /[\s,;|，；、]+/
const patternSigns = /[*?[\]{}()^$+\\]/
const longestTag = 128

/** The tags that a list names, which are an exception each; null where the text is one tag, or names something else. */
export function listedTags(text: string): string[] | null {
  if (imageTag.test(text)) return null
  const inner = /^\{(.*)\}$/s.exec(text)?.[1] ?? text
  const parts = inner.split(separators).filter((part) => part !== '')
  return parts.length > 0 && parts.every((part) => imageTag.test(part)) ? [...new Set(parts)] : null
}

function tagFlaw(text: string): FieldCode | null {
  if (imageTag.test(text)) return null
  if (listedTags(text)) return 'tag_list'
  if (patternSigns.test(text)) return 'tag_pattern'
  if (separators.test(text)) return 'tag_list'
  return text.length > longestTag && /^\w[\w.-]*$/.test(text) ? 'too_long' : 'tag_characters'
}

/** A piece of a regular expression that stands for other signs than its own: its end, wherever it begins. */
const pieces = [
  // A class, in which a bracket that comes first is no end.
  /\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]/suy,
  /\\(?:[pPx]\{[^}]*\}|p.|P.|x[\da-fA-F]{2}|[A-Za-z0-9])/suy,
  /\(\?(?:P?<\w+>|[imsU-]*[:)])/suy,
  /\{\d+(?:,\d*)?\}/suy,
  /[.^$|()*+?]/suy,
]

function endOfPiece(text: string, from: number): number {
  for (const piece of pieces) {
    piece.lastIndex = from
    if (piece.test(text)) return piece.lastIndex
  }
  return -1
}

/** Whether a regular expression asks for a sign that no tag holds. What else is wrong with it is told by what reads it. */
function asksForNoTag(text: string): boolean {
  // Quoted text, and groups that RE2 does not know, are not looked into.
  if (text.includes('\\Q') || /\((?=\?(?!P?<\w|[imsU-]*[:)]))/.test(text)) return false
  for (let at = 0; at < text.length; ) {
    const end = endOfPiece(text, at)
    if (end > 0) {
      at = end
      continue
    }
    // An open class, or an escape of nothing.
    if (text[at] === '[' || text.slice(at) === '\\') return false
    if (text[at] === '\\') at += 1
    const sign = String.fromCodePoint(text.codePointAt(at) ?? 0)
    at += sign.length
    const isOptional = /^(?:[?*]|\{0)/.test(text.slice(at, at + 2))
    if (!/[\w.-]/.test(sign) && !isOptional) return true
  }
  return false
}

/** Why an exception keeps nothing, or a part of it does; null for one that may keep a tag. */
export const exceptionFlaw = ({ kind, pattern }: Exception): FieldCode | null =>
  kind === 'label' ? tagFlaw(pattern) : asksForNoTag(pattern) ? 'regexp_sign' : null

/** Whether SWR holds an exception already: nobody has typed it here. */
export const isHeldException = (held: readonly Exception[], { kind, pattern }: Exception): boolean =>
  held.some((each) => each.kind === kind && each.pattern === pattern)
