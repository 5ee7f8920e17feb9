/*
 * JSON of many megabytes, of which `JSON.parse` would hold up everybody and make ten times as much memory: it is cut into the
 * elements of its arrays, which are read one by one.
 */

/** Nothing that a cluster tells is nested deeper. */
const mostLevels = 100
/** Letters of one element, and of all that is outside of them. */
const longestElement = 4 * 1024 * 1024
const longestShell = 2 * 1024 * 1024
/** Letters between two steps. */
const stride = 256 * 1024

export type Elements =
  | { readonly state: 'whole'; readonly shell: unknown }
  | { readonly state: 'cut' | 'broken' | 'too_large' }

const sign = { quote: 0x22, escape: 0x5c, comma: 0x2c, open: 0x5b, close: 0x5d, begin: 0x7b, end: 0x7d }

/**
 * Gives each element of the arrays that stand at the top, or directly in the object at the top, to `take`, with the place of
 * its array, from 0. In the answer's `shell` that place stands instead of each. Other arrays stay what they are.
 */
export function* elementsOf(
  json: string,
  take: (element: string, array: number) => boolean,
): Generator<void, Elements> {
  let [shell, copied, begin, level, array, arrayLevel] = ['', 0, 0, 0, -1, 0]
  let inString = false
  let isFull = false
  const place = (end: number) => {
    if (end - begin > longestElement) isFull = true
    else if (!take(json.slice(begin, end), array)) return false
    shell += array
    return true
  }
  for (let at = 0; at < json.length; at++) {
    if (at % stride === 0) yield
    // Codes, not letters: there are millions.
    const code = json.charCodeAt(at)
    if (inString) {
      if (code === sign.escape) at++
      else if (code === sign.quote) inString = false
    } else if (code === sign.quote) inString = true
    else if (code === sign.open || code === sign.begin) {
      // A comma list in the top array, or in one that the top object holds.
      const isOuter = code === sign.open && arrayLevel === 0 && level <= 1
      if (++level > mostLevels) return { state: 'broken' }
      if (!isOuter) continue
      shell += json.slice(copied, at + 1)
      ;[array, arrayLevel, begin] = [array + 1, level, at + 1]
    } else if (code === sign.comma && level === arrayLevel && level > 0) {
      if (!place(at)) return { state: 'broken' }
      shell += ','
      begin = at + 1
    } else if (code === sign.close || code === sign.end) {
      if (level === arrayLevel && level > 0) {
        // Without one there is nothing between the brackets, or a comma too many, which the shell shows.
        if (json.slice(begin, at).trim() !== '' && !place(at)) return { state: 'broken' }
        ;[arrayLevel, copied] = [0, at]
      }
      level--
    }
    if (isFull || shell.length > longestShell) return { state: 'too_large' }
  }
  if (level > 0 || inString) return { state: 'cut' }
  if (shell.length + json.length - copied > longestShell) return { state: 'too_large' }
  try {
    return { state: 'whole', shell: JSON.parse(shell + json.slice(copied)) }
  } catch {
    return { state: 'broken' }
  }
}
