/*
 * Words that were probably mistyped.
 */

/** Letters that may differ: none in the shortest words, where every other word is near. */
const maxEdits = (word: string) => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2)

/** Whether two words differ by at most `most` letters added, left out, changed or changed over; in time of their length. */
function isNear(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false
  let [before, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)]
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      next.push(cost)
    }
    if (Math.min(...next) > most) return false
    ;[before, row] = [row, next]
  }
  return (row[b.length] ?? 0) <= most
}

const maxLength = 128

/** The name among those there are that a word was probably meant for; null when none is near, or several are as near. */
export function spelledLike(word: string, names: readonly string[]): string | null {
  if (word.length > maxLength) return null
  for (let edits = 1; edits <= maxEdits(word); edits++) {
    const near = names.filter((name) => name !== word && isNear(word, name, edits))
    // Versions look alike: `v1.2.3` is no slip for `v1.2.4`.
    const meant = near.filter((name) => name.replaceAll(/\D/g, '') === word.replaceAll(/\D/g, ''))
    if (meant.length > 0) return meant.length === 1 ? (meant[0] ?? null) : null
  }
  return null
}
