/**
 * The part of SWR's patterns that the sandbox needs to decide what a run touches: `*`, `?`, `**` as a whole path component,
 * `{a,b}` with nesting, classes, and `\` escapes. Anchored, case-sensitive. What SWR's engine calls an error matches nothing.
 */
function translated(pattern: string): string {
  let out = ''
  let depth = 0
  for (let at = 0; at < pattern.length; at += 1) {
    const sign = pattern.charAt(at)
    // Behind `{` or `,` it is none for that engine, although it could be: `{**,x}` stops at a slash.
    const startsComponent = at === 0 || pattern.charAt(at - 1) === '/'
    if (sign === '\\' && at + 1 < pattern.length) {
      at += 1
      out += quoted(pattern.charAt(at))
    } else if (sign === '*' && pattern.charAt(at + 1) === '*') {
      while (pattern.charAt(at + 1) === '*') at += 1
      const next = pattern.charAt(at + 1)
      if (startsComponent && next === '/') {
        at += 1
        out += '(?:.*/)?'
      } else out += startsComponent && (next === '' || next === '}' || next === ',') ? '.*' : '[^/]*'
    } else if (sign === '*') out += '[^/]*'
    else if (sign === '?') out += '[^/]'
    else if (sign === '{') {
      depth += 1
      out += '(?:'
    } else if (sign === '}' && depth > 0) {
      depth -= 1
      out += ')'
    } else if (sign === ',' && depth > 0) out += '|'
    else if (sign === '[') {
      const found = classAt(pattern, at)
      if (found === null) return nothing
      out += found.translated
      at = found.end - 1
    } else out += quoted(sign)
  }
  return depth > 0 ? nothing : out
}

const nothing = '(?!)'

/** Not empty, only `^` negates, and a bare "-" stands between two signs. */
const wholeClass = /\[(?!\])(?<not>\^?)(?<signs>(?:(?:\\.|[^\]\\-])(?:-(?:\\.|[^\]\\-]))?)*)\]/suy

function classAt(pattern: string, index: number) {
  wholeClass.lastIndex = index
  const { not = '', signs = '' } = wholeClass.exec(pattern)?.groups ?? {}
  if (wholeClass.lastIndex === 0) return null
  const code = (sign: string) => `\\u{${sign.codePointAt(0)?.toString(16)}}`
  const inner = signs.replaceAll(/\\(.)|[^-]/gsu, (sign, escaped?: string) => code(escaped ?? sign))
  return { translated: `(?!/)[${not}${inner}]`, end: wholeClass.lastIndex }
}

const quoted = (sign: string) => sign.replace(/[.+^$()|[\]{}\\*?/]/, '\\$&')

/** An empty pattern is handled before the engine and matches everything. */
export function matcher(pattern: string): (name: string) => boolean {
  if (pattern === '') return () => true
  try {
    const expression = new RegExp(`^(?:${translated(pattern)})$`, 'su')
    return (name) => expression.test(name)
  } catch {
    // A range that runs backwards.
    return () => false
  }
}
