/**
 * The part of SWR's patterns that the sandbox needs to decide what a run touches: `*`, `?`, `**` as a whole path component,
 * `{a,b}` with nesting, and `\` escapes. Classes are not known and stand for themselves. Anchored, case-sensitive.
 */
function translated(pattern: string): string {
  let out = ''
  let depth = 0
  for (let at = 0; at < pattern.length; at += 1) {
    const sign = pattern.charAt(at)
    const startsComponent = at === 0 || '/{,'.includes(pattern.charAt(at - 1))
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
    else out += quoted(sign)
  }
  // An unclosed brace is an error in SWR's engine: it matches nothing.
  return depth > 0 ? '(?!)' : out
}

const quoted = (sign: string) => sign.replace(/[.+^$()|[\]{}\\*?/]/, '\\$&')

/** An empty pattern is handled before the engine and matches everything. */
export function matcher(pattern: string): (name: string) => boolean {
  if (pattern === '') return () => true
  const expression = new RegExp(`^(?:${translated(pattern)})$`, 'su')
  return (name) => expression.test(name)
}
