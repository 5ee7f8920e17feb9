import type { Retention } from '../../contract/swr/retention'
import { Glob } from '../pattern/glob'
import type { DatedImage } from './dated-image'
import { Refused, Unclear } from './refusal'

type Rule = Retention['rules'][number]
type Selector = Rule['tag_selectors'][number]

/** Steps for the tags of one repository; a decision that costs more than that is unclear. */
const maxSteps = 500_000

function matcherOf({ kind = 'doublestar', pattern = '' }: Selector): (name: string) => boolean {
  if (kind !== 'doublestar') throw new Refused()
  const glob = new Glob(pattern, maxSteps)
  return (name) => {
    const verdict = glob.match(name)
    if (verdict === 'bad') throw new Refused('pattern')
    if (verdict === 'costly') throw new Unclear()
    return verdict
  }
}

/** Whether `extras` says anything of untagged images. What is no such JSON says nothing. */
function untaggedBy(extras: string | undefined): boolean | undefined {
  if (!extras) return undefined
  try {
    const said: unknown = JSON.parse(extras)
    if (typeof said !== 'object' || Array.isArray(said)) return undefined
    // The engine reads the word in any case, and takes null for nothing said: it was false before.
    const words = Object.entries(said ?? {}).flatMap(([name, value]: [string, unknown]) =>
      name.toLowerCase() === 'untagged' && value !== null ? [value] : [],
    )
    const flags = words.filter((word) => typeof word === 'boolean')
    return flags.length < words.length ? undefined : (flags.at(-1) ?? false)
  } catch {
    return undefined
  }
}

/**
 * `matches` takes an image of which any tag fits, `excludes` one of which any tag does not. Both take untagged images unless
 * `extras` turns that round (docs/swr-api.md section 9).
 */
export function imageSelector(selector: Selector): (image: DatedImage) => boolean {
  const { decoration, extras } = selector
  if (decoration !== 'matches' && decoration !== 'excludes') throw new Refused()
  const takes = matcherOf(selector)
  const wanted = decoration === 'matches'
  const untagged = untaggedBy(extras)
  const bare = untagged === undefined || untagged === wanted
  return ({ tags }) => (tags.length === 0 ? bare : tags.some((tag) => takes(tag) === wanted))
}

/** Whether all repository selectors of a rule take the repository; without any, the rule concerns every repository. */
export function concerns({ scope_selectors: scope }: Rule, repository: string): boolean {
  return (scope?.repository ?? []).every((selector) => {
    const { decoration } = selector
    if (decoration !== 'repoMatches' && decoration !== 'repoExcludes') throw new Refused()
    return matcherOf(selector)(repository) === (decoration === 'repoMatches')
  })
}
