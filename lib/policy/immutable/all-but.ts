/**
 * A pattern that takes every tag but one. Patterns have no negation and immutable tag rules no "excluding": it says what can
 * differ from the name, sign by sign (docs/swr-api.md section 10). For names of letters, digits and "_".
 */
export function allBut(name: string): string {
  const signs = [...name]
  const parts = signs.flatMap((sign, place) => {
    const head = name.slice(0, place)
    // Another sign in this place; or, but for the first, nothing more.
    return place === 0 ? [`[^${sign}]*`] : [head, `${head}[^${sign}]*`]
  })
  return `{${[...parts, `${name}?*`].join(',')}}`
}
