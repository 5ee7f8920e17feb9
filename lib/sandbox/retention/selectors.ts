import { fits } from '../glob'
import { isRaw, listField, rawField, textField } from '../json-fields'

/* Selectors of retention and of immutable tag rules, as Harbor's engine reads them (docs/retention-engine.md). */

export class EngineError extends Error {}

/** Of a tag pattern it may get lost (docs/retention-engine.md "Failures"). */
export class PatternError extends EngineError {}

const known = (selector: unknown, decorations: readonly string[]) => {
  const [kind, decoration] = [textField(selector, 'kind'), textField(selector, 'decoration')]
  if (kind !== 'doublestar') throw new EngineError(`selector with kind ${kind} is not supported`)
  if (!decorations.includes(decoration)) throw new EngineError(`decoration ${decoration} is not supported`)
  return decoration
}

export function patternTakes(selector: unknown, name: string): boolean {
  const pattern = textField(selector, 'pattern')
  const verdict = fits(pattern, name)
  if (verdict === 'bad') throw new PatternError(`syntax error in pattern: ${pattern}`)
  return verdict
}

/**
 * What `extras` says of untagged images; undefined when it says nothing. A JSON text that is no object of booleans does not,
 * one that lacks the word says no.
 */
function untaggedOf(selector: unknown): boolean | undefined {
  let extras: unknown
  try {
    extras = JSON.parse(textField(selector, 'extras'))
  } catch {
    return undefined
  }
  if (extras === null) return false
  if (!isRaw(extras)) return undefined
  const words = Object.entries(extras)
    .filter(([key, value]) => key.toLowerCase() === 'untagged' && value !== null)
    .map(([, value]) => value)
  if (words.some((value) => typeof value !== 'boolean')) return undefined
  return words.at(-1) === true
}

/** The images that one tag selector leaves. */
export function selectImages<Image extends { readonly tags: readonly string[] }>(
  selector: unknown,
  images: readonly Image[],
): Image[] {
  const excludes = known(selector, ['matches', 'excludes']) === 'excludes'
  const untagged = untaggedOf(selector)
  const takesUntagged = excludes ? untagged !== true : untagged !== false
  return images.filter(({ tags }) =>
    tags.length === 0 ? takesUntagged : tags.some((tag) => patternTakes(selector, tag) !== excludes),
  )
}

/** The repositories, by their names inside the namespace, that a rule concerns: all when it has no selector. */
export function selectRepositories(rule: unknown, names: readonly string[]): readonly string[] {
  return listField(rawField(rule, 'scope_selectors'), 'repository').reduce((left: readonly string[], selector) => {
    const excludes = known(selector, ['repoMatches', 'repoExcludes']) === 'repoExcludes'
    return left.filter((name) => patternTakes(selector, name) !== excludes)
  }, names)
}
