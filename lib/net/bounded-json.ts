import 'server-only'

/** Nothing that SWR documents is nested more than ten levels. */
const maxLevels = 64

/** How deep brackets are nested outside of strings, looked at without recursion. */
function isTooDeep(json: string): boolean {
  let level = 0
  let inString = false
  for (let at = 0; at < json.length; at++) {
    // Codes, not letters: an answer has millions.
    const sign = json.charCodeAt(at)
    if (sign === 0x5c) at++
    else if (sign === 0x22) inString = !inString
    else if (inString) continue
    else if (sign === 0x7b || sign === 0x5b) {
      if (++level > maxLevels) return true
    } else if (sign === 0x7d || sign === 0x5d) level--
  }
  return false
}

/** Undefined when it is no JSON, or nested so deep that whatever walks through it would run out of stack. */
export function parseBounded(json: string): unknown {
  try {
    return isTooDeep(json) ? undefined : JSON.parse(json)
  } catch {
    return undefined
  }
}
