/** Signs that a class such as `[a-z]` takes. */
export interface CharacterClass {
  readonly negated: boolean
  readonly ranges: readonly (readonly [number, number])[]
}

const [dash, backslash, caret] = [0x2d, 0x5c, 0x5e]

/** Reads what stands between the brackets. The engine reads all of it before it compares, so one flaw spoils the class. */
export function parseCharacterClass(text: string): CharacterClass | 'bad' {
  const signs = Array.from(text, (sign) => sign.codePointAt(0) ?? 0)
  if (signs.length === 0) return 'bad'
  const negated = signs[0] === caret
  const ranges: [number, number][] = []
  let at = negated ? 1 : 0
  const read = () => {
    const sign = signs[at++]
    return sign === backslash ? signs[at++] : sign === dash ? undefined : sign
  }
  while (at < signs.length) {
    const low = read()
    let high = low
    if (signs[at] === dash) {
      at += 1
      high = read()
    }
    if (low === undefined || high === undefined) return 'bad'
    ranges.push([low, high])
  }
  return { negated, ranges }
}

export function matchesClass({ negated, ranges }: CharacterClass, sign: number): boolean {
  for (const [low, high] of ranges) if (low <= sign && sign <= high) return !negated
  return negated
}
