/*
 * Patterns that somebody may have meant: the pattern with one thing about it changed. Whether one is valid and takes what it
 * should is for the caller to try.
 */

import { signAt, splitBrace } from './glob-text'

/** Whole parts of the path; a slash inside of braces or a class does not part them. */
export function partsOf(pattern: string): string[] {
  const parts: string[] = []
  let start = 0
  let depth = 0
  let inClass = false
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern[at]
    if (sign === '\\') at += 1
    else if (inClass) inClass = sign !== ']'
    else if (sign === '[') inClass = true
    else if (sign === '{') depth += 1
    else if (sign === '}') depth = Math.max(0, depth - 1)
    else if (sign === '/' && depth === 0) {
      parts.push(pattern.slice(start, at))
      start = at + 1
    }
  }
  return [...parts, pattern.slice(start)]
}

/** A pattern for exactly what is looked for, and patterns that would take it, the most natural one first. */
export interface Edit {
  readonly finds: string
  readonly suggestions: readonly string[]
}

const withPart = (parts: readonly string[], index: number, ...more: string[]) => [
  ...parts.slice(0, index),
  ...more,
  ...parts.slice(index),
]
const both = (pattern: string, deeper: string) => [deeper, `{${pattern},${deeper}}`]

/** One part more, at each place where one could be missing. */
export function oneDeeper(pattern: string): Edit[] {
  const parts = partsOf(pattern)
  const edits: Edit[] = []
  for (let at = parts.length; at >= 0; at--) {
    const [before, behind] = [parts[at - 1], parts[at]]
    if (before === '**' || behind === '**') continue
    const suggestions =
      before === '*'
        ? [parts.toSpliced(at - 1, 1, '**').join('/')]
        : behind === undefined
          ? both(pattern, `${pattern}/**`)
          : [withPart(parts, at, '**').join('/')]
    edits.push({ finds: withPart(parts, at, '*').join('/'), suggestions })
  }
  return edits
}

/** One part less: only such as say nothing, because whoever wrote a word meant it. */
export function oneShallower(pattern: string): Edit[] {
  const parts = partsOf(pattern)
  if (parts.length < 2) return []
  return parts.flatMap((part, index) => {
    if (part !== '*' && part !== '**') return []
    const finds = parts.toSpliced(index, 1).join('/')
    if (part === '**') return index === parts.length - 1 ? [{ finds, suggestions: [`{${finds},${pattern}}`] }] : []
    const loose = parts.toSpliced(index, 1, '**')
    const suggestions =
      index < parts.length - 1 ? [loose.join('/'), loose.slice(0, index + 1).join('/')] : [loose.join('/')]
    return [{ finds, suggestions: [...suggestions, `{${finds},${pattern}}`] }]
  })
}

const maxVariants = 50

/**
 * The patterns that the first brace stands for: `v{1,2}.*` is `v1.*` and `v2.*`. A pattern without one, or with too many, is
 * itself.
 */
export function variantsOf(pattern: string): string[] {
  const open = signAt(pattern, '{', 0)
  const brace = open < 0 ? null : splitBrace(pattern, open + 1)
  if (!brace || brace.parts.length > maxVariants) return [pattern]
  return brace.parts.map((part) => pattern.slice(0, open) + part + pattern.slice(brace.end))
}

/** The first `**` that is not a whole part of the path and so stops at a slash, as `*` does. */
export function withWholeStars(pattern: string): string[] {
  const found = loneStars(pattern)
  if (!found) return []
  const [before, behind] = [pattern.slice(0, found.start), pattern.slice(found.end)]
  if (/[{,]$/.test(before)) return /^\{(?:[^{}]*,)?\*\*(?:,[^{}]*)?\}$/.test(pattern) ? ['**'] : []
  if (before === '' || before.endsWith('/')) return [`${before}**/${behind}`, `${before}**/*${behind}`]
  if (behind !== '' && !behind.startsWith('/'))
    return [`${before}*/**/*${behind}`, `{${before}*${behind},${before}*/**/*${behind}}`]
  if (behind !== '') return [`${before}/**${behind}`, `${before}*/**${behind}`]
  return [`${before}/**`, `${before}*/**`, `{${before}*,${before}*/**}`]
}

function loneStars(pattern: string): { start: number; end: number } | null {
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === '\\') at += 1
    else if (pattern.startsWith('**', at)) {
      let end = at
      while (pattern[end] === '*') end += 1
      const opens = at === 0 || pattern[at - 1] === '/'
      if (!opens || end - at > 2 || !/^(?:$|[/,}])/.test(pattern.slice(end, end + 1))) return { start: at, end }
      at = end
    }
  }
  return null
}
