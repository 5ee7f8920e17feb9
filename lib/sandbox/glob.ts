/*
 * SWR's patterns, in the way in which the engine that Harbor pins (doublestar v1.3.4) goes through them: one part of the
 * name after the other, and what is wrong with a pattern is noticed only where a name leads there. Naive on purpose: what it
 * does is to be seen, and what is asked of it is short.
 */

export type Fit = boolean | 'bad'

/** Patterns that remain for the rest of the name; none = nothing is left of the pattern; null = it does not fit. */
type Rests = readonly string[] | 'bad' | null

/** Where a sign stands that no backslash precedes. */
function indexOf(text: string, sign: string, from = 0): number {
  const at = text.indexOf(sign, from)
  return at > from && text[at - 1] === '\\' ? indexOf(text, sign, at + 1) : at
}

/** What an opened brace holds, and what stands behind it; null when it is never closed. */
function braceOf(text: string): { alternatives: string[]; behind: string } | null {
  const alternatives: string[] = []
  let [depth, start] = [0, 0]
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '\\') at += 1
    else if (sign === '{') depth += 1
    else if ((sign === ',' || sign === '}') && depth === 0) {
      alternatives.push(text.slice(start, at))
      if (sign === '}') return { alternatives, behind: text.slice(at + 1) }
      start = at + 1
    } else if (sign === '}') depth -= 1
  }
  return null
}

/** Only `^` negates, and a bare "-" stands between two signs. */
function classTakes(inner: string, sign: string): Fit {
  const negated = inner.startsWith('^')
  const ranges = [...inner.slice(negated ? 1 : 0).matchAll(/(\\.|[^\\-])(?:-(\\.|[^\\-]))?/gsu)]
  const isWhole = ranges.reduce((length, [text]) => length + text.length, negated ? 1 : 0) === inner.length
  if (inner === '' || !isWhole) return 'bad'
  const code = (text: string) => text.replace(/^\\(?=.)/su, '').codePointAt(0) ?? 0
  const wanted = code(sign)
  return ranges.some(([, low = '', high = low]) => code(low) <= wanted && wanted <= code(high)) !== negated
}

/** A star before other signs leaves them at least one sign of the name; the first place where they fit decides. */
function afterStar(pattern: string, name: readonly string[], from: number): Rests {
  if (pattern === '') return []
  if (pattern.startsWith('/')) return [pattern.slice(1)]
  for (let at = from; at < name.length; at += 1) {
    const rests = rest(pattern, name, at)
    if (rests !== null) return rests
  }
  return null
}

function afterBrace(pattern: string, name: readonly string[], at: number): Rests {
  const brace = braceOf(pattern)
  if (!brace) return 'bad'
  let all: readonly string[] | null = null
  for (const alternative of brace.alternatives) {
    const rests = rest(alternative + brace.behind, name, at)
    if (rests === 'bad') return rests
    if (rests !== null) all = [...(all ?? []), ...rests]
  }
  return all
}

/** Whether one part of a pattern fits where the name has ended. */
function fitsNothing(part: string): Fit {
  if (part === '' || part === '*' || part === '**') return true
  if (!part.startsWith('{')) return false
  const brace = braceOf(part.slice(1))
  if (!brace) return 'bad'
  // What stands behind is looked at first.
  const behind = fitsNothing(brace.behind)
  if (behind !== true) return behind
  return brace.alternatives.map(fitsNothing).find((fit) => fit !== false) ?? false
}

/** What is left of a pattern behind one part of the name, of which the signs from `at` on are still there. */
function rest(pattern: string, name: readonly string[], at: number): Rests {
  const sign = name[at]
  if (sign === undefined) return restOfNothing(pattern)
  const [first, second] = pattern
  if (first === undefined || first === '/') return null
  if (first === '*') return afterStar(pattern.slice(1), name, at)
  if (first === '{') return afterBrace(pattern.slice(1), name, at)
  if (first === '[') {
    const end = indexOf(pattern, ']', 1)
    const takes = end < 0 ? 'bad' : classTakes(pattern.slice(1, end), sign)
    return takes === true ? rest(pattern.slice(end + 1), name, at + 1) : takes || null
  }
  if (first !== '\\') return first === '?' || first === sign ? rest(pattern.slice(first.length), name, at + 1) : null
  if (second === undefined) return 'bad'
  return second === sign ? rest(pattern.slice(1 + second.length), name, at + 1) : null
}

function restOfNothing(pattern: string): Rests {
  const end = indexOf(pattern, '/')
  const takes = fitsNothing(end < 0 ? pattern : pattern.slice(0, end))
  if (takes !== true) return takes || null
  return end < 0 ? [] : [pattern.slice(end + 1)]
}

function fitsParts(pattern: string, parts: readonly (readonly string[])[]): Fit {
  if (pattern === '**') return true
  if (pattern.startsWith('**/'))
    // What is wrong behind `**` is not noticed.
    return parts.some((_, at) => fitsParts(pattern.slice(3), parts.slice(at)) === true)
  const [part = [], ...more] = parts
  const rests = rest(pattern, part, 0)
  if (rests === null || rests === 'bad') return rests ?? false
  if (more.length === 0) return rests.length === 0
  return rests.map((each) => fitsParts(each, more)).find((fit) => fit !== false) ?? false
}

/** Whether a pattern takes a name, or is found to be wrong on the way. An empty one never reaches the engine. */
export const fits = (pattern: string, name: string): Fit =>
  pattern === '' ||
  fitsParts(
    pattern,
    name.split('/').map((part) => Array.from(part)),
  )

/** For replication: a wrong pattern takes nothing. */
export const matcher =
  (pattern: string): ((name: string) => boolean) =>
  (name) =>
    fits(pattern, name) === true
